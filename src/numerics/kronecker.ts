const PRIMES = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37];

/** Coordinate i of the n-th point of a Kronecker sequence, which fills the cube [-1, 1]^12 evenly. */
export const kronecker = (n: number, i: number): number => {
  const multiple = n * Math.sqrt(PRIMES[i]);
  return 2 * (multiple - Math.floor(multiple)) - 1;
};
