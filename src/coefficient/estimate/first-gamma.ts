import { LandauError } from "../../errors.ts";
import { stream } from "../../numerics/stream.ts";
import type { Problem } from "./problem.ts";

/** Message of the error for a loss without shape. */
export const CONSTANT = "the loss is constant around the point";

const FACTOR = 4;

/** Where nBeta <K> under the localiser alone is first as large as twice the number of parameters. */
export const firstGamma = (problem: Problem, nBeta: number, seed: number): number => {
  const { excess, size, at } = problem;
  const numbers = stream({ seed, purpose: "coefficient first gamma" });
  const w = new Float64Array(size);
  const xi = Array.from({ length: 8 }, () => {
    const direction = new Float64Array(size);
    numbers.normals(direction);
    return direction;
  });
  const energy = (gamma: number): number => {
    let sum = 0;
    for (const direction of xi) {
      for (let i = 0; i < size; i++) w[i] = at[i] + direction[i] / Math.sqrt(gamma);
      sum += excess.loss(w);
    }
    return (nBeta * sum) / xi.length;
  };
  const felt = (gamma: number): boolean => !(energy(gamma) < 2 * size);
  let gamma = 1;
  if (felt(gamma)) {
    for (let k = 0; k < 60 && felt(gamma); k++) gamma *= FACTOR;
    return gamma / FACTOR;
  }
  for (let k = 0; k < 60; k++) {
    gamma /= FACTOR;
    if (felt(gamma)) return gamma;
  }
  throw new LandauError("input", CONSTANT);
};
