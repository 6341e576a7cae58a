import { readFileSync } from "node:fs";
import { resolve } from "node:path";

const file = resolve(import.meta.dirname, "../../../vectors/superposition.json");
const { cases } = JSON.parse(readFileSync(file, "utf8")) as {
  cases: { quantity: string; id?: string; input: unknown; expected: unknown }[];
};

/** The reference cases of one quantity; there must be some. */
export const golden = <Input, Expected>(quantity: string) => {
  const found = cases.filter(item => item.quantity === quantity);
  if (found.length === 0) throw new Error(`no reference case of ${quantity}`);
  return found.map(({ id, input, expected }, number) => ({
    name: id ?? `case ${number}`,
    input: input as Input,
    expected: expected as Expected,
  }));
};

/** Largest |actual - expected| - 1e-10 |expected|: at most 1e-10 for a pass. */
export const excess = (actual: ArrayLike<number>, expected: readonly number[]): number => {
  if (actual.length !== expected.length) return Infinity;
  return Math.max(...expected.map((value, i) => Math.abs(actual[i] - value) - 1e-10 * Math.abs(value)));
};
