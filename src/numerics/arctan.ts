/** arctan(x): halved three times by arctan x = 2 arctan(x / (1 + sqrt(1 + x^2))), then its series. Within 4 ulp. */
export const arctan = (x: number): number => {
  let y = x;
  for (let i = 0; i < 3; i++) y /= 1 + Math.sqrt(1 + y * y);
  const square = y * y;
  let sum = 0;
  // |y| < tan(pi/16) = 0.199: 13 terms leave less than 1e-19.
  for (let k = 12; k >= 0; k--) sum = 1 / (2 * k + 1) - square * sum;
  return 8 * y * sum;
};
