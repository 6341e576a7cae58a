import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import type { Objective } from "../../src/contracts/objective.ts";
import type { Prior } from "../../src/sampling/prior.ts";
import { sample } from "../../src/sampling/sample.ts";
import type { Sampler } from "../../src/sampling/sampler.ts";
import { posterior } from "../../src/sampling/target.ts";
import { expectMean, normalStart } from "./support.ts";

/*
 * Exact canonical averages t <K>_t of potentials without a scale, sampled: each sampler on what it is for, with the effective draws that its
 * chains have and at most five standard errors from the exact value.
 */

interface Case {
  readonly quantity: string;
  readonly id: string;
  readonly input: { readonly t: readonly number[]; readonly params: { readonly [name: string]: never } };
  readonly expected: { readonly tMeanK: readonly number[] };
}

const file = join(import.meta.dirname, "../vectors/coefficient.json");
const known = (JSON.parse(readFileSync(file, "utf8")) as { cases: Case[] }).cases
  .filter(({ quantity }) => quantity === "canonical-average")
  .flatMap(({ id, input, expected }) =>
    input.t.map((t, i) => ({ id, t, params: input.params as unknown as Params, value: expected.tMeanK[i] })),
  );

export interface Params {
  readonly halfExponents: readonly number[];
  readonly power: number;
  readonly localisation: number;
  readonly inputs: number;
  readonly hidden: number;
  readonly outputs: number;
}

const arrays = (...shapes: readonly (readonly number[])[]): Objective["parameters"] => {
  let offset = 0;
  return shapes.map((shape, i) => {
    const from = offset;
    offset += shape.reduce((a, b) => a * b, 1);
    return { name: `W${i}`, shape, offset: from };
  });
};

/** prod w_i^(2 k_i). */
export const crossing = (k: readonly number[]): Objective => {
  const product = (w: Float64Array, skipped: number): number => {
    let value = 1;
    for (let i = 0; i < k.length; i++) if (i !== skipped) for (let j = 0; j < 2 * k[i]; j++) value *= w[i];
    return value;
  };
  return {
    parameters: arrays([k.length]),
    size: k.length,
    loss: w => product(w, -1),
    lossAndGradient(w, gradient) {
      for (let i = 0; i < k.length; i++) gradient[i] = product(w, i) * 2 * k[i] * w[i] ** (2 * k[i] - 1);
      return product(w, -1);
    },
  };
};

/** sum |w_i|^p_i for even p_i. */
export const powers = (p: readonly number[]): Objective => ({
  parameters: arrays([p.length]),
  size: p.length,
  loss: w => p.reduce((sum, power, i) => sum + w[i] ** power, 0),
  lossAndGradient(w, gradient) {
    let sum = 0;
    for (let i = 0; i < p.length; i++) {
      const below = w[i] ** (p[i] - 1);
      gradient[i] = p[i] * below;
      sum += below * w[i];
    }
    return sum;
  },
});

/** |B A|_F^2, A hidden x inputs, B outputs x hidden. */
export const factored = ({ inputs, hidden, outputs }: Params): Objective => {
  const size = hidden * (inputs + outputs);
  const product = new Float64Array(outputs * inputs);
  const loss = (w: Float64Array): number => {
    const b = hidden * inputs;
    let sum = 0;
    for (let i = 0; i < outputs; i++)
      for (let j = 0; j < inputs; j++) {
        let entry = 0;
        for (let h = 0; h < hidden; h++) entry += w[b + i * hidden + h] * w[h * inputs + j];
        product[i * inputs + j] = entry;
        sum += entry * entry;
      }
    return sum;
  };
  return {
    parameters: arrays([hidden, inputs], [outputs, hidden]),
    size,
    loss,
    lossAndGradient(w, gradient) {
      const value = loss(w);
      const b = hidden * inputs;
      gradient.fill(0);
      for (let i = 0; i < outputs; i++)
        for (let j = 0; j < inputs; j++)
          for (let h = 0; h < hidden; h++) {
            gradient[h * inputs + j] += 2 * product[i * inputs + j] * w[b + i * hidden + h];
            gradient[b + i * hidden + h] += 2 * product[i * inputs + j] * w[h * inputs + j];
          }
      return value;
    },
  };
};

export const expectAverage = (
  sampler: Sampler,
  { objective, prior, t, value }: { objective: Objective; prior?: Prior; t: number; value: number },
  { draws, thin = 1, ess, spread = 1 }: { draws: number; thin?: number; ess: number; spread?: number },
): void => {
  const { draws: kept } = sample({
    sampler,
    target: posterior({ objective, nBeta: t, prior }),
    seed: 21,
    chains: 4,
    draws,
    thin,
    burnIn: 500,
    start: prior?.box
      ? (_c, random) => Float64Array.from({ length: objective.size }, () => random.uniform() - 0.5)
      : normalStart(objective.size, spread),
    keep: {
      names: ["t K"],
      write(w, out) {
        out[0] = t * objective.loss(w);
      },
    },
  });
  expectMean(kept, value, { ess });
};

export const titled = (prefix: string, within: (each: (typeof known)[number]) => boolean = () => true) => {
  const found = known.filter(each => each.id.startsWith(prefix) && within(each));
  expect(found.length).toBeGreaterThan(0);
  return found;
};
