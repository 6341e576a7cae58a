/** The real cube root of a number from 0, by Newton's method from above. */
export const cubeRoot = (value: number): number => {
  if (value === 0) return 0;
  let x = Math.max(1, value);
  for (;;) {
    const next = x - (x - value / (x * x)) / 3;
    if (!(next < x)) return x;
    x = next;
  }
};
