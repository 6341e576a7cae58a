/**
 * The high 32 bits of the product of two unsigned 32-bit words, by 16-bit halves: no sum on the way leaves 32 bits. Returned
 * as a signed word; `>>> 0` makes it unsigned.
 */
export const multiplyHigh = (a: number, b: number): number => {
  const aLow = a & 0xffff;
  const aHigh = a >>> 16;
  const bLow = b & 0xffff;
  const bHigh = b >>> 16;
  const cross = (Math.imul(aHigh, bLow) + (Math.imul(aLow, bLow) >>> 16)) | 0;
  const carry = ((cross & 0xffff) + Math.imul(aLow, bHigh)) | 0;
  return (Math.imul(aHigh, bHigh) + (cross >>> 16) + (carry >>> 16)) | 0;
};
