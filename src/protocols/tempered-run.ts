import type { Objective } from "../contracts/objective.ts";
import type { SavedState } from "../contracts/protocol.ts";
import type { Stream } from "../numerics/stream.ts";
import { flatState, restoreState } from "../sampling/flat-state.ts";
import { hmc } from "../sampling/hmc.ts";
import { nuts } from "../sampling/nuts.ts";
import { normalPrior } from "../sampling/prior.ts";
import type { Sampler } from "../sampling/sampler.ts";
import { posterior } from "../sampling/target.ts";
import { tempering } from "../sampling/tempering.ts";

/** A tempered posterior exp(-nBeta L(w)) N(w; 0, priorStd^2 I) and how long it is sampled. */
export interface TemperedPlan {
  readonly objective: Objective;
  readonly nBeta: number;
  readonly priorStd: number;
  /** The class of a draw, a whole number: what occupancies are counted by. */
  classOf(w: Float64Array): number;
  /** Sees each draw of the target. */
  visit?(draw: number, w: Float64Array): void;
  /** Temperatures, the target's included. */
  readonly rungs: number;
  /** nBeta of the hottest as a share of the target's; 0 is the prior alone. */
  readonly hottest: number;
  readonly local: Sampler;
  /** Steps in which step sizes and temperatures are found. */
  readonly burnIn: number;
  /** Draws kept of every temperature, one each step. */
  readonly draws: number;
  /** The chain's numbers for a purpose. */
  readonly random: (purpose: string) => Stream;
}

export interface TemperedRun {
  /** nBeta of each temperature, hottest first; final once the burn-in is over. */
  ladder(): Float64Array;
  /** For each temperature the loss and the class of each draw. */
  readonly losses: readonly Float64Array[];
  readonly classes: readonly Float64Array[];
  /** Draws made so far. */
  drawn(): number;
  /** Share of the steps made, in [0, 1]. */
  fraction(): number;
  /** Makes at most so many draws, after the burn-in. */
  advance(draws: number): void;
  /** Mean acceptance of swaps between neighbours since the burn-in, and round trips of points between the ends. */
  swapRate(): number;
  roundTrips(): number;
  /** Step size of the local sampler at the target, once it is found. */
  stepSize(): number;
  save(): SavedState;
}

/** The samplers that can move a temperature. A unit mass, since permuted features share their marginals. */
export const localSamplers = {
  hmc: steps => hmc({ steps, jitter: 0.3, mass: "none" }),
  nuts: () => nuts({ mass: "none" }),
} as const satisfies { readonly [name: string]: (steps: number) => Sampler };

/** Parallel tempering from a draw of the prior. With `saved`, it continues from there with the same bits. */
export const temperedRun = (plan: TemperedPlan, saved?: SavedState): TemperedRun => {
  const { objective, nBeta, priorStd, rungs, hottest, local, burnIn, draws, random } = plan;
  const { size } = objective;
  const target = posterior({ objective, nBeta, prior: normalPrior({ priorStd, size }) });
  const kernel = tempering({ local, rungs, hottest }).on(target, { random, burnIn });
  const start = new Float64Array(size);
  random("start").normals(start);
  for (let i = 0; i < size; i++) start[i] *= priorStd;
  const state = kernel.init(start);
  const losses = Array.from({ length: rungs }, () => new Float64Array(draws));
  const classes = Array.from({ length: rungs }, () => new Float64Array(draws));
  const drawn = (): number => Math.max(0, state.step - burnIn);
  if (saved) {
    restoreState(state, saved, STATE);
    losses.forEach((series, k) => void series.set(saved[`losses/${k}`] as Float64Array));
    classes.forEach((series, k) => void series.set(saved[`classes/${k}`] as Float64Array));
  }

  const keep = (draw: number): void => {
    for (let k = 0; k < rungs; k++) {
      const { w, loss } = state.rungs[k] as { w: Float64Array; loss: number };
      losses[k][draw] = loss;
      classes[k][draw] = plan.classOf(w);
    }
    plan.visit?.(draw, (state.rungs[rungs - 1] as { w: Float64Array }).w);
  };
  return {
    ladder: () => state.ladder.map(share => share * nBeta),
    losses,
    classes,
    drawn,
    fraction: () => state.step / (burnIn + draws),
    advance(more) {
      const end = Math.min(burnIn + draws, Math.max(state.step, burnIn) + more);
      while (state.step < end) {
        kernel.step(state);
        if (state.step > burnIn) keep(state.step - burnIn - 1);
      }
    },
    swapRate: () => {
      const tried = state.tried.reduce((sum, value) => sum + value, 0);
      return tried > 0 ? state.swapped.reduce((sum, value) => sum + value, 0) / tried : 0;
    },
    roundTrips: () => state.roundTrips,
    stepSize: () => (state.rungs[rungs - 1] as { time: number }).time,
    save: () => ({
      ...flatState(state, STATE),
      ...flatSeries("losses", losses, drawn()),
      ...flatSeries("classes", classes, drawn()),
    }),
  };
};

const STATE = "state/";

const flatSeries = (name: string, series: readonly Float64Array[], length: number): SavedState =>
  Object.fromEntries(series.map((values, k) => [`${name}/${k}`, values.slice(0, length)]));
