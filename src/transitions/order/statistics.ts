import { invalid } from "../../errors.ts";

/** Elementary statistics of an order parameter. Moments are raw, about zero; none needs independent draws, all need finite ones. */

const rawMoment = (values: ArrayLike<number>, power: 2 | 4): number => {
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    const square = values[i] * values[i];
    sum += power === 2 ? square : square * square;
  }
  return sum / values.length;
};

/** Binder's cumulant U4 = 1 - <m^4> / (3 <m^2>^2); null when all values are zero. [Binder, Z. Phys. B 43 (1981) 119] */
export const binderCumulant = (values: ArrayLike<number>): number | null => {
  checkList("values", values, 1);
  const square = rawMoment(values, 2);
  return square === 0 ? null : 1 - rawMoment(values, 4) / (3 * square * square);
};

/**
 * Sarle's coefficient (skewness^2 + 1) / kurtosis of population moments, kurtosis 3 for a Gaussian; above 5/9 a sample looks
 * bimodal or skewed. Null when all values are equal.
 */
export const sarleCoefficient = (values: ArrayLike<number>): number | null => {
  checkList("values", values, 1);
  const n = values.length;
  let mean = 0;
  for (let i = 0; i < n; i++) mean += values[i] / n;
  let [m2, m3, m4] = [0, 0, 0];
  for (let i = 0; i < n; i++) {
    const d = values[i] - mean;
    m2 += (d * d) / n;
    m3 += (d * d * d) / n;
    m4 += (d * d * d * d) / n;
  }
  if (m2 === 0) return null;
  return ((m3 * m3) / (m2 * m2 * m2) + 1) / (m4 / (m2 * m2));
};

/** Trapezoid of |up - down| over ascending x. */
export const loopArea = (x: ArrayLike<number>, up: ArrayLike<number>, down: ArrayLike<number>): number => {
  checkList("x", x, 1);
  if (up.length !== x.length) throw invalid("up", [...Array.from(up)], `${x.length} values, as x has`);
  if (down.length !== x.length) throw invalid("down", [...Array.from(down)], `${x.length} values, as x has`);
  let area = 0;
  for (let i = 1; i < x.length; i++) {
    if (!(x[i] > x[i - 1])) throw invalid(`x[${i}]`, x[i], `more than the ${x[i - 1]} before`);
    area += 0.5 * (x[i] - x[i - 1]) * (Math.abs(up[i] - down[i]) + Math.abs(up[i - 1] - down[i - 1]));
  }
  return area;
};

/**
 * Depth of the energy cumulant 1 - <e^4> / (3 <e^2>^2) at a jump between e1 and e2: 1 - (e1^2 + e2^2)^2 / (12 e1^2 e2^2).
 * 2/3 when the two are equal. [Challa, Landau and Binder, Phys. Rev. B 34 (1986) 1841]
 */
export const jumpBinderMinimum = (e1: number, e2: number): number => {
  if (e1 === 0) throw invalid("e1", e1, "a number other than 0");
  if (e2 === 0) throw invalid("e2", e2, "a number other than 0");
  const [a, b] = [e1 * e1, e2 * e2];
  return 1 - ((a + b) * (a + b)) / (12 * a * b);
};

const checkList = (name: string, values: ArrayLike<number>, least: number): void => {
  if (values.length < least) throw invalid(`the length of ${name}`, values.length, `at least ${least}`);
  for (let i = 0; i < values.length; i++)
    if (!Number.isFinite(values[i])) throw invalid(`${name}[${i}]`, values[i], "a finite number");
};
