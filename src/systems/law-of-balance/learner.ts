import { integer, number } from "../../contracts/field.ts";
import { learner } from "../../contracts/learner.ts";
import { invalid } from "../../errors.ts";
import { stream } from "../../numerics/stream.ts";
import { anneal } from "../../protocols/anneal.ts";
import { posterior } from "../../protocols/posterior.ts";
import { balanceSteps, type SignData, signParameters, walkersObjective } from "./model.ts";
import { gammaLaw } from "./theory/stationary.ts";

/** The controls that several protocols share. */
export const dataControls = {
  stepSize: number("step size of SGD, batch size 1", {
    default: 0.02,
    min: 1e-6,
    max: 10,
    scale: "log",
    formerly: ["eta"],
  }),
  weightDecay: number("weight decay", { default: 0, min: 0, max: 100, formerly: ["gamma"] }),
  k: number("slope of y = k x + noise, x = +-1", { default: 0.1, min: -100, max: 100 }),
  noiseVar: number("variance of the noise", { default: 1, min: 0, max: 100 }),
} as const;

/** Where runs begin. */
export const startControls = {
  u0: number("u at the start", { default: 0.3, min: -10, max: 10 }),
  w0: number("w at the start", { default: 0.3, min: -10, max: 10 }),
} as const;

/** Predictors below this are zero, as those of walkers that have collapsed. */
const DEAD = 1e-3;

export const isDead = (v: number): boolean => Math.abs(v) < DEAD;

/** |v| = |u w| at the minima of the mean loss, |k| less the decay; 0 or less where zero is the only minimum. */
const learnedProduct = ({ k, weightDecay }: Pick<SignData, "k" | "weightDecay">): number => Math.abs(k) - weightDecay;

/**
 * Independent walkers of SGD side by side. The mean of v = u w falls on a line to zero at the temperature T_c = (|k| - weightDecay) / noiseVar,
 * which at batch size 1 is a step size. Under SGD a walker at zero stays there: on the way back of a sweep it needs the kick.
 */
export const balanceLearner = learner({
  controls: {
    ...dataControls,
    walkers: integer("independent runs, carried along", { default: 200, min: 1, max: 1_000_000 }),
    ...startControls,
  },
  sweeps: { stepSize: { from: 0.01, to: 0.13 }, weightDecay: { from: 0, to: 0.15 } },
  objective: at => walkersObjective(at, at.walkers),
  start: ({ walkers, u0, w0 }) => Float64Array.from({ length: 2 * walkers }, (_, i) => (i % 2 === 0 ? u0 : w0)),
  move(at, { seed, chain }, state, steps, stage) {
    const random = stream({ seed, chain, purpose: "sweep" });
    for (let walker = 0; walker < at.walkers; walker++) {
      random.at(stage * at.walkers + walker);
      const { u, w } = balanceSteps({ u: state[2 * walker], w: state[2 * walker + 1] }, at, steps, random);
      state[2 * walker] = u;
      state[2 * walker + 1] = w;
    }
    return walkersObjective(at, at.walkers).loss(state);
  },
  observe(_, state) {
    const walkers = state.length / 2;
    let [mean, squares, dead] = [0, 0, 0];
    for (let walker = 0; walker < walkers; walker++) {
      const v = state[2 * walker] * state[2 * walker + 1];
      mean += v / walkers;
      squares += (v * v) / walkers;
      if (isDead(v)) dead++;
    }
    return {
      order: Math.abs(mean),
      variance: squares - mean * mean,
      dead: dead / walkers,
      label: 2 * dead > walkers ? "sparse" : "learned",
    };
  },
  order: {
    label: "|mean of v|, v = u w",
    theory: at => gammaLaw(signParameters({ ...at, k: Math.abs(at.k) }), at.stepSize, at.weightDecay).mean,
  },
  critical: ({ k, noiseVar, stepSize, weightDecay }) => ({
    stepSize: noiseVar > 0 && Math.abs(k) > weightDecay ? [(Math.abs(k) - weightDecay) / noiseVar] : [],
    weightDecay: Math.abs(k) > stepSize * noiseVar ? [Math.abs(k) - stepSize * noiseVar] : [],
  }),
  // Levels of the mean loss: SGD stays above that of "learned" by its noise.
  phases: at => {
    const sparse = { label: "sparse", loss: at.k * at.k + at.noiseVar };
    const v = learnedProduct(at);
    if (v <= 0) return [sparse];
    return [sparse, { label: "learned", loss: at.noiseVar + at.weightDecay * (2 * v + at.weightDecay) }];
  },
  // Of one walker: the others add the same again, each at its own minimum.
  point(phase, at) {
    const v = learnedProduct(at);
    const objective = walkersObjective(at, 1);
    const size = Math.sqrt(v);
    if (phase === "learned" && v > 0) return { objective, w: Float64Array.of(size, at.k < 0 ? -size : size) };
    if (phase === "sparse" && v <= 0) return { objective, w: new Float64Array(2) };
    const minimum = v > 0 ? "learned, as zero is a saddle of the mean loss where weightDecay < |k|" : "sparse";
    throw invalid("--at", phase, `${minimum}; or a file of weights`);
  },
  coefficient(_phase, at) {
    const v = learnedProduct(at);
    if (v > 0 && at.weightDecay === 0) return { lambda: 1 / 2, where: "(u w - k)^2 on the hyperbola u w = k" };
    if (v !== 0) return { lambda: 1, where: "regular minimum: half the number of parameters" };
    // u^2 w^2 + k (u - w)^2 for k > 0, one direction quartic; u^2 w^2 for k = 0.
    return at.k === 0
      ? { lambda: 1 / 2, where: "u^2 w^2, multiplicity 2" }
      : { lambda: 3 / 4, where: "critical decay: one direction is quartic" };
  },
  small: { walkers: 10 },
});

export const balanceAnneal = anneal(balanceLearner, {
  summary: "sweep the temperature of SGD, or its weight decay, slowly up and down: above T_c the product u w is zero",
  steps: 4000,
});

export const balancePosterior = posterior(balanceLearner, {
  summary: "sample the posterior of u w x, and count the draws that are at zero",
  defaults: { walkers: 1 },
});
