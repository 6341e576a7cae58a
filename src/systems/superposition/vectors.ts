import { type Fields, integer, number } from "../../contracts/field.ts";
import { answer, type VectorTable } from "../../contracts/system.ts";
import { invalid } from "../../errors.ts";
import { langevinStep } from "../../sampling/langevin.ts";
import { leapfrog } from "../../sampling/leapfrog.ts";
import { posteriorPotential } from "../../sampling/potential.ts";
import { datasetFields, datasetOf } from "./model/dataset.ts";
import { derivativesAt } from "./model/derivatives.ts";
import { empiricalObjective } from "./model/empirical.ts";
import { fromFlat, toFlat } from "./model/layout.ts";
import { statisticalVectors } from "./statistical-vectors.ts";
import { state } from "./theory/states.ts";

/** Seed of the random numbers behind statistical answers. */
const SEED = 1;

const numbers = { kind: "list", of: number(""), summary: "" } as const;
const dataset = { kind: "object", fields: datasetFields, summary: "samples with one active feature each" } as const;
/** Samples, and a state as W and b. */
const onMatrices = { dataset, ...state } as const satisfies Fields;
/** Samples, and a state as a flat vector. */
const onFlat = { dataset, w: numbers } as const satisfies Fields;

/** Answers to the test vectors that no closed form of the population loss gives: losses on samples, steps on them, estimates. */
export const superpositionVectors: VectorTable = {
  ...statisticalVectors(SEED),

  empirical: answer(onMatrices, ({ dataset, W, b }) => {
    const dimensions = { c: dataset.c, r: W.length };
    return derivativesAt(
      empiricalObjective(datasetOf(dataset), dimensions.r),
      toFlat({ W, b }, dimensions),
      dimensions,
    );
  }),

  "sgd-step": answer(
    {
      ...onMatrices,
      lr: number("step size"),
      batch: { kind: "list", of: integer("0-based", { min: 0 }), least: 1, summary: "sample numbers" },
    },
    ({ dataset, W, b, lr, batch }) => {
      const dimensions = { c: dataset.c, r: W.length };
      const n = dataset.feature.length;
      batch.forEach((sample, i) => {
        if (sample >= n) throw invalid(`batch[${i}]`, sample, `a sample number from 0 to ${n - 1}`);
      });
      const w = toFlat({ W, b }, dimensions);
      const gradient = new Float64Array(w.length);
      const objective = empiricalObjective(datasetOf(dataset), dimensions.r);
      objective.batchLossAndGradient(w, gradient, Int32Array.from(batch), 0, batch.length);
      const after = fromFlat(
        w.map((value, i) => value - lr * gradient[i]),
        dimensions,
      );
      return { W1: after.W, b1: after.b };
    },
  ),

  "sgld-step": answer(
    {
      ...onFlat,
      epsilon: number("step size", { above: 0 }),
      nBeta: number("weight of the loss"),
      gamma: number("pull of the localiser"),
      wStar: { ...numbers, summary: "centre of the localiser" },
      noise: { ...numbers, summary: "standard normal numbers" },
    },
    ({ dataset, w: start, epsilon, nBeta, gamma, wStar, noise }) => {
      const { w, objective } = flatState(dataset, start);
      const settings = { stepSize: epsilon, nBeta, gamma, centre: sized("wStar", wStar, w) };
      const loss = langevinStep(objective, settings, w, sized("noise", noise, w), new Float64Array(w.length));
      return { loss, w1: w };
    },
  ),

  leapfrog: answer(
    {
      ...onFlat,
      p: { ...numbers, summary: "momenta" },
      kappa: number("weight of the loss for each sample"),
      priorStd: number("standard deviation of the prior", { above: 0 }),
      stepSize: number("time of a step"),
      steps: integer("leapfrog steps", { min: 0 }),
    },
    ({ dataset, w: start, p: momenta, kappa, priorStd, stepSize, steps }) => {
      const { w, objective } = flatState(dataset, start);
      const p = sized("p", momenta, w);
      const potential = posteriorPotential(objective, { nBeta: kappa * objective.samples, priorStd });
      const deltaH = leapfrog(potential, w, p, { stepSize, steps }, new Float64Array(w.length));
      return { w1: w, p1: p, deltaH };
    },
  ),
};

/** The loss on samples, and flat parameters for a whole number of hidden dimensions. */
const flatState = (given: Parameters<typeof datasetOf>[0], w: readonly number[]) => {
  const { c } = given;
  if (w.length < 2 * c || w.length % c !== 0) throw invalid("w", w, `(r + 1) c numbers, with c = ${c} features`);
  return { w: Float64Array.from(w), objective: empiricalObjective(datasetOf(given), w.length / c - 1) };
};

/** As many numbers as there are parameters. */
const sized = (name: string, values: readonly number[], { length }: Float64Array): Float64Array => {
  if (values.length !== length) throw invalid(name, values, `${length} numbers, as w has`);
  return Float64Array.from(values);
};
