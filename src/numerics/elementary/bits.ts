const doubles = new Float64Array(1);
const words = new Uint32Array(doubles.buffer);
doubles[0] = 1;
/** Which of the two words holds sign, exponent and the top 20 bits of the fraction: 1 on little-endian machines. */
const HIGH = words[1] === 0x3ff00000 ? 1 : 0;

/** floor(log2 x) of a normal positive number. */
export const exponentOf = (x: number): number => {
  doubles[0] = x;
  return (words[HIGH] >>> 20) - 1023;
};

/** 2^k at index k + 1074 for every power of two there is, made by exact doublings. */
const powers = new Float64Array(2098);
powers[0] = 5e-324;
for (let i = 1; i < powers.length; i++) powers[i] = 2 * powers[i - 1];

/** 2^k, exact, for integers -1074 <= k <= 1023. */
export const powerOfTwo = (k: number): number => powers[k + 1074];

/**
 * y 2^k for |y| in [1/2, 2) and integers |k| <= 1100, rounded once: into the subnormals and zero below, to infinity above.
 */
export const scale = (y: number, k: number): number => {
  if (k >= -1021 && k <= 1022) return y * powers[k + 1074];
  return k > 0 ? y * powerOfTwo(k - 600) * powerOfTwo(600) : y * powerOfTwo(k + 600) * powerOfTwo(-600);
};
