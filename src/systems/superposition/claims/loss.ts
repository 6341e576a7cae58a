import { type Claim, claim } from "../../../contracts/claim.ts";
import { below, near } from "../../../contracts/comparisons.ts";
import type { Objective } from "../../../contracts/objective.ts";
import { minibatches } from "../../../learning/gradients.ts";
import { jacobianByDifferences } from "../../../numerics/differences.ts";
import { largestDistance } from "../../../numerics/largest-distance.ts";
import { type Stream, stream } from "../../../numerics/stream.ts";
import { langevinStep } from "../../../sampling/langevin.ts";
import { leapfrog } from "../../../sampling/leapfrog.ts";
import { posteriorPotential } from "../../../sampling/potential.ts";
import { type Dataset, drawDataset } from "../model/dataset.ts";
import { denseLossAndGradient } from "../model/dense.ts";
import { empiricalObjective } from "../model/empirical.ts";
import { populationObjective } from "../model/population.ts";
import { sampledLossAndGradient } from "../model/quadrature.ts";

const randomPoint = (random: Stream, c: number, r: number): Float64Array => {
  const w = new Float64Array(r * c + c);
  random.normals(w);
  return w;
};

/** The plain sum over samples, as an objective. */
const dense = (dataset: Dataset, r: number): Objective => {
  const { parameters, size } = empiricalObjective(dataset, r);
  const all = Int32Array.from(dataset.feature, (_, m) => m);
  const lossAndGradient = (w: Float64Array, gradient: Float64Array) =>
    denseLossAndGradient(dataset, r, w, gradient, all);
  const unused = new Float64Array(size);
  return { parameters, size, lossAndGradient, loss: w => lossAndGradient(w, unused) };
};

export const lossClaims: readonly Claim[] = [
  claim("population-loss", "Lemma 3.1", {
    statement: "The population loss and its gradient have the closed form H/(3c), in all seven branches.",
    routes: {
      measured: "closed form by branches",
      predicted: "Gauss-Legendre quadrature over the data, split at the kinks",
      kind: "recomputed",
    },
    studies: [],
    measure: ({ seed }) => {
      const random = stream({ seed, purpose: "population-loss claim" });
      const branches = new Set<string>();
      let [loss, gradient] = [0, 0];
      for (let trial = 0; trial < 200; trial++) {
        const c = 3 + random.below(5);
        const r = 1 + random.below(Math.min(3, c - 1));
        const w = randomPoint(random, c, r);
        const objective = populationObjective({ c, r });
        const [closed, numeric] = [new Float64Array(w.length), new Float64Array(w.length)];
        const value = objective.lossAndGradient(w, closed);
        const reference = sampledLossAndGradient(w, { c, r }, numeric);
        loss = Math.max(loss, Math.abs(value - reference) / (1 + Math.abs(reference)));
        gradient = Math.max(gradient, largestDistance(closed, numeric) / (1 + Math.abs(reference)));
        for (const branch of objective.branches(w)) branches.add(branch);
      }
      return [
        below("largest error of the loss, 200 points", loss, 1e-10),
        below("largest error of the gradient", gradient, 1e-10),
        near("branches met", branches.size, 7, 0),
      ];
    },
  }),
  claim("population-hessian", "Lemma 3.1, second derivatives", {
    statement: "The Hessian of the population loss has a closed form.",
    routes: {
      measured: "closed form by branches",
      predicted: "fourth-order differences of the gradient by quadrature",
      kind: "recomputed",
    },
    studies: [],
    measure: ({ seed }) => {
      const random = stream({ seed, purpose: "population-hessian claim" });
      let most = 0;
      for (let trial = 0; trial < 20; trial++) {
        const [c, r] = [6, 2];
        const w = randomPoint(random, c, r);
        const size = w.length;
        const objective = populationObjective({ c, r });
        const hessian = new Float64Array(size * size);
        objective.hessian(w, hessian);
        const differences = jacobianByDifferences((moved, gradient) => {
          sampledLossAndGradient(moved, { c, r }, gradient);
        }, w);
        most = Math.max(most, largestDistance(hessian, differences));
      }
      return [below("largest error of an entry, 20 points", most, 1e-8)];
    },
  }),
  claim("fast-empirical-loss", "eq. 2: one active feature per sample", {
    statement: "Sorted amplitudes with prefix sums give the exact empirical loss and gradient.",
    routes: { measured: "prefix sums", predicted: "plain sum over samples", kind: "recomputed" },
    studies: [],
    measure: ({ seed }) => {
      const random = stream({ seed, purpose: "empirical-loss claim" });
      let [loss, gradient] = [0, 0];
      for (const n of [10, 300, 1000, 10_000, 100_000])
        for (let trial = 0; trial < 3; trial++) {
          const dataset = drawDataset(random, { c: 6, n });
          const [fast, plain] = [empiricalObjective(dataset, 2), dense(dataset, 2)];
          const w = randomPoint(random, 6, 2);
          const [a, b] = [new Float64Array(18), new Float64Array(18)];
          loss = Math.max(loss, Math.abs(fast.lossAndGradient(w, a) - plain.lossAndGradient(w, b)));
          gradient = Math.max(gradient, largestDistance(a, b));
        }
      return [
        below("largest error of the loss, n up to 1e5", loss, 1e-12),
        below("largest error of the gradient", gradient, 1e-11),
      ];
    },
  }),
  claim("single-steps", "training and sampling updates", {
    statement: "One minibatch SGD step, one Langevin step and twelve leapfrog steps agree with a plain implementation.",
    routes: {
      measured: "steps on the fast objective",
      predicted: "the same written out on the plain sum over samples",
      kind: "recomputed",
    },
    studies: [],
    measure: ({ seed }) => {
      const random = stream({ seed, purpose: "single-steps claim" });
      const dataset = drawDataset(random, { c: 6, n: 60 });
      const [fast, plain] = [empiricalObjective(dataset, 2), dense(dataset, 2)];
      const start = randomPoint(random, 6, 2);
      const noise = randomPoint(random, 6, 2);
      const [gradient, reference] = [new Float64Array(18), new Float64Array(18)];

      // The first minibatch of a training, against the plain gradient on the samples it names.
      const batches: Int32Array[] = [];
      const watched = {
        ...fast,
        batchLossAndGradient: (...[w, g, order, from, to]: Parameters<typeof fast.batchLossAndGradient>) => {
          batches.push(order.slice(from, to));
          return fast.batchLossAndGradient(w, g, order, from, to);
        },
      };
      minibatches(watched, { batch: 8, seed, chain: 0 })(start, gradient, 0);
      denseLossAndGradient(dataset, 2, start, reference, batches[0]);
      const sgd = largestDistance(
        start.map((value, i) => value - 0.005 * gradient[i]),
        start.map((value, i) => value - 0.005 * reference[i]),
      );

      const settings = { stepSize: 1e-3, nBeta: 15, gamma: 1, centre: new Float64Array(18).fill(0.05) };
      const drifted = start.slice();
      langevinStep(fast, settings, drifted, noise, gradient);
      plain.lossAndGradient(start, reference);
      const langevin = largestDistance(
        drifted,
        start.map((value, i) => value - 0.0005 * (15 * reference[i] + (value - 0.05)) + Math.sqrt(1e-3) * noise[i]),
      );

      const ends = [fast, plain].map(objective => {
        const [w, p] = [start.slice(), noise.slice()];
        const potential = posteriorPotential(objective, { nBeta: 30, priorStd: 1 });
        const change = leapfrog(potential, w, p, { stepSize: 0.02, steps: 12 }, gradient);
        return [...w, ...p, change];
      });
      return [
        below("SGD step", sgd, 1e-10),
        below("Langevin step", langevin, 1e-10),
        below("leapfrog trajectory and energy change", largestDistance(ends[0], ends[1]), 1e-10),
      ];
    },
  }),
];
