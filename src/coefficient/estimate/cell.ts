import type { CellSettings, Learnt } from "./cell-settings.ts";
import { chainsAt } from "./chains.ts";
import { type ControlVariates, controlVariatesFor } from "./control-variates.ts";
import type { Problem } from "./problem.ts";

/** The chains of one posterior exp(-nBeta K - gamma |w - w*|^2 / 2), which can be run on for as long as their draws are too few. */
export interface Cell {
  readonly nBeta: number;
  readonly gamma: number;
  readonly variates: ControlVariates;
  /** For each chain, the draws so far. */
  readonly series: readonly CellSeries[];
  readonly draws: number;
  readonly divergences: number;
  readonly truncations: number;
  readonly leastK: number;
  /** Mean over all trajectories. */
  readonly acceptance: number;
  readonly stepSize: number;
  /** Samples that a trajectory sees; absent when all. */
  readonly batch?: number;
  /** By each chain. */
  readonly learnt: readonly Learnt[];
  /** All of the draws, or none where something ends them. */
  extend(draws: number): void;
  /** Where the chains stand, as parameters. */
  ends(): Float64Array[];
}

export interface CellSeries {
  /** nBeta K of each draw. */
  readonly energy: number[];
  /** draws x control variates. */
  readonly z: number[];
  /** draws x control variates: the share of the localiser. */
  readonly pull: number[];
  /** draws x control variates: the dimensions that Z_a is of. */
  readonly dimension: number[];
  /** gamma |w - w*|^2 / 2. */
  readonly localiser: number[];
}

export const cellAt = (problem: Problem, settings: CellSettings): Cell => {
  const { nBeta, gamma, starts } = settings;
  const { size, at } = problem;
  const w = new Float64Array(size);
  const byW = new Float64Array(size);
  const variates = controlVariatesFor(problem, gamma, settings.floor);
  const { chains, batch } = chainsAt(problem, settings);
  let [divergences, leastK, accepted] = [0, 0, 0];
  const series: CellSeries[] = starts.map(() => ({ energy: [], z: [], pull: [], dimension: [], localiser: [] }));
  const z = new Float64Array(variates.count);
  const pull = new Float64Array(variates.count);
  const dimension = new Float64Array(variates.count);

  const extendBy = (draws: number): void =>
    chains.forEach(({ frame, state, last, step }, chain) => {
      const own = series[chain];
      for (let i = 0; i < draws; i++) {
        step();
        if (last.divergent) divergences++;
        accepted += last.acceptance;
        leastK = Math.min(leastK, state.loss);
        frame.toParameters(state.w, w);
        frame.slopeInParameters(state.gradient, byW);
        variates.write(w, byW, { z, pull, dimension });
        own.energy.push(nBeta * state.loss);
        for (let a = 0; a < z.length; a++) {
          own.z.push(z[a]);
          own.pull.push(pull[a]);
          own.dimension.push(dimension[a]);
        }
        let sum = 0;
        for (let k = 0; k < size; k++) sum += (w[k] - at[k]) * (w[k] - at[k]);
        own.localiser.push(0.5 * gamma * sum);
      }
    });

  return {
    nBeta,
    gamma,
    variates,
    series,
    get draws() {
      return series[0].energy.length;
    },
    get divergences() {
      return divergences;
    },
    get truncations() {
      return chains.reduce((sum, chain) => sum + chain.truncations, 0);
    },
    get leastK() {
      return leastK;
    },
    get acceptance() {
      return accepted / (series.length * series[0].energy.length);
    },
    stepSize: chains[0].moving.time,
    learnt: chains.map(({ moving }) => moving),
    ...(batch !== undefined && { batch }),
    extend(draws) {
      const before = { divergences, leastK, accepted, length: series[0].energy.length };
      try {
        extendBy(draws);
      } catch (error) {
        ({ divergences, leastK, accepted } = before);
        for (const { energy, z, pull, dimension, localiser } of series) {
          energy.length = localiser.length = before.length;
          z.length = pull.length = dimension.length = before.length * variates.count;
        }
        throw error;
      }
    },
    ends: () =>
      chains.map(({ frame, state }) => {
        const point = new Float64Array(size);
        frame.toParameters(state.w, point);
        return point;
      }),
  };
};
