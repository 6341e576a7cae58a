import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect } from "vitest";
import type { Objective } from "../../../../src/contracts/objective.ts";
import { symmetricEigenvalues } from "../../../../src/numerics/linear-algebra.ts";
import { distance, evaluate, hessianOf } from "./numerical.ts";

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

export interface Derivatives {
  loss: number;
  gradW: number[][];
  gradB: number[];
  hessDiag: number[];
  hessEig?: number[];
}

type Differentiable = Objective &
  Required<Pick<Objective, "hessian">> & { hessianDiagonal(w: Float64Array, out: Float64Array): void };

/** Holds loss, gradient and Hessian of an objective at a point against the reference. */
export const expectDerivatives = (objective: Differentiable, w: Float64Array, expected: Derivatives): void => {
  const { loss, gradient } = evaluate(objective, w);
  expect(excess([loss], [expected.loss])).toBeLessThanOrEqual(1e-10);
  expect(excess(gradient, [...expected.gradW.flat(), ...expected.gradB])).toBeLessThanOrEqual(1e-10);
  expect(objective.loss(w)).toBe(loss);

  const hessian = hessianOf(objective, w);
  const onDiagonal = new Float64Array(w.length);
  objective.hessianDiagonal(w, onDiagonal);
  expect(excess(onDiagonal, expected.hessDiag)).toBeLessThanOrEqual(1e-10);
  const assembled = onDiagonal.map((_, i) => hessian[i * w.length + i]);
  expect(distance(onDiagonal, assembled)).toBeLessThan(1e-14);
  if (expected.hessEig) expect(distance(symmetricEigenvalues(hessian, w.length), expected.hessEig)).toBeLessThan(1e-8);
};
