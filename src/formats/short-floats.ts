const word = new DataView(new ArrayBuffer(4));

/** The upper half of a float32. */
export const bfloatToNumber = (bits: number): number => {
  word.setUint32(0, bits * 65536);
  return word.getFloat32(0);
};

/** 2^-24, the smallest binary16. */
const HALF_UNIT = 1 / 16777216;

/** IEEE 754 binary16: 1 bit of sign, 5 of exponent, 10 of fraction. */
export const halfToNumber = (bits: number): number => {
  const sign = bits >>> 15 ? -1 : 1;
  const exponent = (bits >>> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction ? Number.NaN : sign * Infinity;
  if (exponent === 0) return sign * fraction * HALF_UNIT;
  // Exponents are counted from -15 there and from -127 here.
  word.setUint32(0, (exponent + 112) * 8388608 + fraction * 8192);
  return sign * word.getFloat32(0);
};
