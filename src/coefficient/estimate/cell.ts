import { LandauError } from "../../errors.ts";
import { exp } from "../../numerics/elementary.ts";
import { stream } from "../../numerics/stream.ts";
import type { HamiltonianState } from "../../sampling/hamiltonian.ts";
import { nuts } from "../../sampling/nuts.ts";
import type { Kernel } from "../../sampling/sampler.ts";
import { type Controls, controlsFor } from "./controls.ts";
import { frameAt } from "./frame.ts";
import type { Problem } from "./problem.ts";
import { scaleMoves } from "./scale-moves.ts";

/** The chains of one posterior exp(-nBeta K - gamma |w - w*|^2 / 2), which can be run on for as long as their draws are too few. */
export interface Cell {
  readonly nBeta: number;
  readonly gamma: number;
  readonly controls: Controls;
  /** For each chain, the draws so far. */
  readonly series: readonly Series[];
  readonly draws: number;
  readonly divergences: number;
  readonly truncations: number;
  readonly leastK: number;
  /** Mean over all trajectories. */
  readonly acceptance: number;
  readonly stepSize: number;
  extend(draws: number): void;
  /** Where the chains stand, as parameters. */
  ends(): Float64Array[];
}

export interface Series {
  /** nBeta K of each draw. */
  readonly energy: number[];
  /** draws x controls. */
  readonly z: number[];
  /** draws x controls: the share of the localiser. */
  readonly pull: number[];
  /** gamma |w - w*|^2 / 2. */
  readonly localiser: number[];
}

export interface CellSettings {
  readonly seed: number;
  readonly nBeta: number;
  readonly gamma: number;
  /** One start for each chain, as parameters. */
  readonly starts: readonly Float64Array[];
  /** Steps in which the first chain learns its step size and scales; the others take them over. */
  readonly burnIn: number;
  /** Time of a leapfrog step in the frame, where the stable bound is 2; found in the burn-in when absent. */
  readonly stepSize?: number;
}

/** Message of the error for a loss that falls without end near the point. */
export const BELOW = "the loss falls far below its value at the point";
const BOTTOMLESS = 1e6;
/** log of the largest factor by which a step is shortened. */
const SHORTEST = 4;
/** Of a trajectory: scale moves go further. */
const MOST_DOUBLINGS = 7;

export const cellAt = (problem: Problem, { seed, nBeta, gamma, starts, burnIn, stepSize }: CellSettings): Cell => {
  const frame = frameAt(problem, nBeta, gamma);
  const controls = controlsFor(problem, frame, gamma);
  const { size } = problem;
  const name = `coefficient ${nBeta} ${gamma}`;
  const context = (chain: number, steps: number) => ({
    random: (purpose: string) => stream({ seed, chain, purpose: `${name} ${purpose}` }),
    burnIn: steps,
  });
  let [divergences, truncations, leastK, accepted] = [0, 0, 0, 0];
  const kernels: Kernel<HamiltonianState>[] = [];
  const states: HamiltonianState[] = [];
  const u = new Float64Array(size);
  const w = new Float64Array(size);
  const v = new Float64Array(size);
  const { at, objective, baseline } = problem;
  const move = scaleMoves([problem.blocks, problem.arrays], at, displacement => {
    let square = 0;
    for (let i = 0; i < size; i++) {
      w[i] = at[i] + displacement[i];
      square += displacement[i] * displacement[i];
    }
    problem.evaluations++;
    const energy = nBeta * (objective.loss(w) - baseline);
    if (energy < -BOTTOMLESS) throw new LandauError("diverged", BELOW);
    return energy + 0.5 * gamma * square;
  });
  const scaleNumbers = starts.map((_, chain) => context(chain, 0).random("scales"));
  /** A trajectory, then the moves that trajectories cannot make. */
  const step = (chain: number): void => {
    const [kernel, state] = [kernels[chain], states[chain]];
    const numbers = scaleNumbers[chain].at(state.step);
    const { time } = state;
    // Every other trajectory has a shorter step, so that some can enter valleys too narrow for the usual one.
    const shorter = state.step >= burnIn && numbers.uniform() < 0.5 ? exp(-SHORTEST * numbers.uniform()) : 1;
    state.time = time * shorter;
    kernel.step(state);
    if (shorter < 1) state.time = time;
    else if (kernel.last.truncated) truncations++;
    frame.toParameters(state.w, w);
    for (let i = 0; i < size; i++) v[i] = w[i] - at[i];
    move(v, numbers);
    for (let i = 0; i < size; i++) w[i] = at[i] + v[i];
    frame.fromParameters(w, u);
    kernel.place(state, u);
  };
  starts.forEach((start, chain) => {
    frame.fromParameters(start, u);
    const first = chain === 0;
    const own = first ? { stepSize, adapt: stepSize === undefined } : { stepSize: states[0].time, adapt: false };
    const kernel = nuts({ maxDepth: MOST_DOUBLINGS, ...own }).on(frame.target, context(chain, first ? burnIn : 0));
    const state = kernel.init(u);
    if (!first) state.scale.set(states[0].scale);
    kernels.push(kernel);
    states.push(state);
    for (let i = 0; i < (first ? burnIn : burnIn / 4); i++) step(chain);
  });
  const series: Series[] = starts.map(() => ({ energy: [], z: [], pull: [], localiser: [] }));
  const z = new Float64Array(controls.count);
  const pull = new Float64Array(controls.count);
  return {
    nBeta,
    gamma,
    controls,
    series,
    get draws() {
      return series[0].energy.length;
    },
    get divergences() {
      return divergences;
    },
    get truncations() {
      return truncations;
    },
    get leastK() {
      return leastK;
    },
    get acceptance() {
      return accepted / (series.length * series[0].energy.length);
    },
    stepSize: states[0].time,
    extend(draws) {
      kernels.forEach((kernel, chain) => {
        const state = states[chain];
        const own = series[chain];
        for (let i = 0; i < draws; i++) {
          step(chain);
          if (kernel.last.divergent) divergences++;
          accepted += kernel.last.acceptance;
          leastK = Math.min(leastK, state.loss);
          controls.write(state.w, state.gradient, z, pull);
          own.energy.push(nBeta * state.loss);
          for (let a = 0; a < z.length; a++) {
            own.z.push(z[a]);
            own.pull.push(pull[a]);
          }
          let sum = 0;
          for (let k = 0; k < size; k++) sum += frame.scale[k] * frame.scale[k] * state.w[k] * state.w[k];
          own.localiser.push(0.5 * gamma * sum);
        }
      });
    },
    ends: () =>
      states.map(({ w }) => {
        const point = new Float64Array(size);
        frame.toParameters(w, point);
        return point;
      }),
  };
};
