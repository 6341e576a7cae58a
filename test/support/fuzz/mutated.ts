/** A stream of whole numbers below 2^32 that depends on the seed alone.  [xorshift32, Marsaglia 2003] */
export const wholeNumbers = (seed: number): (() => number) => {
  let state = (Math.imul(seed + 1, 2654435761) ^ 0x9e3779b9) >>> 0 || 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state;
  };
};

/** Bytes that mean something in one of the formats. */
const TELLING = [
  0, 1, 0x7f, 0x80, 0xff, 0x0a, 0x0d, 0x22, 0x2c, 0x3b, 0x09, 0x2e, 0x2d, 0x30, 0x39, 0x65, 0x5b, 0x7b, 0x7d, 0x5c,
  0x20,
];
const LENGTHS = [0, 1, 0x7fffffff, 0xffffffff, 0x80000000, 0xffff, 0x10000, 0x1000000];

/** One to eight changes: bytes changed, cut out, put in, doubled or moved, numbers made large, the end cut off. */
export const mutated = (bytes: Uint8Array, next: () => number): Uint8Array => {
  let out: Uint8Array<ArrayBuffer> = bytes.slice();
  for (let change = 0, changes = 1 + (next() % 8); change < changes && out.length > 0; change++) {
    const at = next() % out.length;
    const length = 1 + (next() % Math.min(out.length - at, next() % 4 === 0 ? 4096 : 16));
    switch (next() % 9) {
      case 0:
        out[at] ^= 1 << (next() % 8);
        break;
      case 1:
        out[at] = TELLING[next() % TELLING.length];
        break;
      case 2:
        out[at] = next();
        break;
      case 3:
        out = joined(out.subarray(0, at), out.subarray(at + length));
        break;
      case 4:
        out = joined(out.subarray(0, at), Uint8Array.from({ length }, next), out.subarray(at));
        break;
      case 5:
        out = joined(out.subarray(0, at + length), out.subarray(at));
        break;
      case 6:
        out = next() % 3 === 0 ? out.slice(0, at) : joined(out.subarray(at), out.subarray(0, at));
        break;
      case 7: {
        const value = LENGTHS[next() % LENGTHS.length];
        for (let i = 0; i < 4 && at + i < out.length; i++) out[at + i] = value >>> (8 * i);
        break;
      }
      default:
        out.copyWithin(at, next() % out.length, out.length);
    }
  }
  return out;
};

const joined = (...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> => {
  const out = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
};
