import type { Objective } from "../../../contracts/objective.ts";
import { mean, standardDeviation } from "../../../numerics/statistics.ts";
import { stream } from "../../../numerics/stream.ts";
import { baoab } from "../../../sampling/baoab.ts";
import type { Diagnostic } from "../../../sampling/diagnostics/diagnostic.ts";
import { essMean } from "../../../sampling/diagnostics/effective-sample-size.ts";
import { rHat } from "../../../sampling/diagnostics/r-hat.ts";
import { frameAt } from "../frame.ts";
import { arrayCurvature, steepest } from "./array-curvature.ts";
import { BATCH, dealtBatches } from "./dealt-batches.ts";

/** nBeta <K> around a point of a large model. */
export interface LangevinAverage {
  /** What is left when the noise of minibatches is taken away. */
  readonly energy: number;
  readonly error: number;
  /** What the noise of minibatches adds to the chains with the stronger friction, as a share of the energy. */
  readonly heating: number;
  /** The smallest mean of nBeta K over an eighth of a chain. */
  readonly lowest: number;
  readonly rHat: number;
  readonly ess: number;
  readonly trace: number;
  /** L(w*). */
  readonly loss: number;
}

export interface LangevinSettings {
  readonly seed: number;
  readonly nBeta: number;
  readonly gamma: number;
  readonly chains: number;
  /** Draws of each chain with the weaker friction; twice as many follow with the stronger. */
  readonly draws: number;
}

/** In units of the inverse time in which the flattest directions turn. */
const WEAKER = 8;
const STRONGER = 16;
/** Time of a step, times the largest frequency: 2 is where steps are no longer stable. */
const STEP = 0.9;
/** Shares of a chain whose means tell whether there is lower ground. */
const PARTS = 8;

/**
 * nBeta <K> under exp(-nBeta K - gamma |w - w*|^2 / 2) by underdamped Langevin on minibatches, for models too large for their Hessian. The chains
 * move in units of 1 / sqrt(nBeta h_a + gamma) with the mean curvature h_a of each array.
 *
 * The noise of minibatches heats every direction by stepSize variance / (2 friction): so each chain goes on with twice the friction, and what
 * is left without heating is 2 E(strong) - E(weak). Half of what is taken away counts as error, besides that of the draws.
 */
export const langevinAverage = (
  objective: Objective,
  at: Float64Array,
  { seed, nBeta, gamma, chains, draws }: LangevinSettings,
): LangevinAverage => {
  const batches = dealtBatches(objective, at, BATCH);
  const { trace, values } = arrayCurvature(batches, objective.parameters, at, seed);
  const frame = frameAt({ size: objective.size, at, curvature: { values } }, nBeta, gamma);
  const highest = Math.sqrt(1 + nBeta * steepest(batches, frame.scale, at, seed));
  const stepSize = STEP / highest;
  const target = frame.targetOf(batches.excess);
  const burnIn = Math.ceil((2 * WEAKER) / stepSize);
  const series = Array.from({ length: chains }, (_, chain) => {
    /** nBeta K of `steps` steps from u on; moves u to where they end. */
    const walk = (u: Float64Array, friction: number, part: string, steps: number): Float64Array => {
      const random = (purpose: string) => stream({ seed, chain, purpose: `large coefficient ${part} ${purpose}` });
      const members = random("batch");
      const choose = (step: number) => batches.choose(members.at(step).below(batches.count));
      const kernel = baoab({ stepSize, friction }).on(target, { random, burnIn: 0 });
      choose(0);
      const state = kernel.init(u);
      const energies = new Float64Array(steps);
      for (let i = 0; i < steps; i++) {
        choose(i + 1);
        kernel.step(state);
        energies[i] = nBeta * state.loss;
      }
      u.set(state.w);
      return energies;
    };
    const u = new Float64Array(objective.size);
    walk(u, WEAKER, "burn-in", burnIn);
    const weak = walk(u, WEAKER, "weak", draws);
    return { weak, strong: walk(u, STRONGER, "strong", 2 * draws) };
  });
  const weak = averageOf(series.map(each => each.weak));
  const strong = averageOf(series.map(each => each.strong));
  const heat = batches.count === 1 ? 0 : weak.mean - strong.mean;
  const energy = strong.mean - heat;
  const noise =
    batches.count === 1 ? strong.error : Math.sqrt(4 * strong.error * strong.error + weak.error * weak.error);
  const part = Math.floor((2 * draws) / PARTS);
  const lowest = series.flatMap(each =>
    Array.from({ length: PARTS }, (_, k) => mean(each.strong.subarray(k * part, (k + 1) * part))),
  );
  return {
    energy,
    error: Math.sqrt(noise * noise + 0.25 * heat * heat),
    heating: Math.abs(heat / energy),
    lowest: Math.min(...lowest),
    rHat: strong.rHat,
    ess: strong.ess,
    trace,
    loss: batches.baseline,
  };
};

const averageOf = (chains: Float64Array[]) => {
  const or = (diagnostic: Diagnostic, otherwise: number) =>
    diagnostic.kind === "value" ? diagnostic.value : otherwise;
  const all = Float64Array.from(chains.flatMap(chain => [...chain]));
  const ess = or(essMean(chains), 1);
  return { mean: mean(all), error: standardDeviation(all) / Math.sqrt(ess), ess, rHat: or(rHat(chains), Infinity) };
};
