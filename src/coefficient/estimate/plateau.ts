import { hypotenuse } from "./hypotenuse.ts";
import type { Row } from "./row.ts";

/** Relative steps from row to row, and from end to end, that a plateau may have besides its errors, and how many of these. */
const STEP = 0.012;
const DRIFT = 0.03;
const CHANCE = 2;

/** The longest run of neighbouring rows that agree, the later of two as long; empty when no two do. */
export const plateauOf = (rows: readonly Row[]): readonly Row[] => {
  let longest: readonly Row[] = [];
  for (let from = 0; from < rows.length; from++) {
    let to = from + 1;
    while (to < rows.length && agrees(rows[to - 1], rows[to], STEP) && agrees(rows[from], rows[to], DRIFT)) to++;
    if (to - from >= 2 && to - from >= longest.length) longest = rows.slice(from, to);
  }
  return longest;
};

const agrees = (before: Row, after: Row, share: number): boolean =>
  Math.abs(after.value - before.value) <= share * after.value + CHANCE * hypotenuse(before.error, after.error);

/** The mean of a plateau by the inverse variances of its rows, and its error. */
export const levelOf = (plateau: readonly Row[]): { value: number; error: number } => {
  let [total, sum] = [0, 0];
  for (const { value, error } of plateau) {
    const weight = 1 / (error * error + 1e-6 * value * value);
    total += weight;
    sum += weight * value;
  }
  const value = sum / total;
  return { value, error: hypotenuse(1 / Math.sqrt(total), 0.003 * value) };
};
