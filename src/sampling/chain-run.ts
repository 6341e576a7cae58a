import type { SavedState } from "../contracts/protocol.ts";
import { invalid, LandauError } from "../errors.ts";
import { type Stream, stream } from "../numerics/stream.ts";
import { flatState, restoreState } from "./flat-state.ts";
import type { ChainState, Sampler } from "./sampler.ts";
import type { Target } from "./target.ts";

/** What is kept of each draw, instead of all of its parameters. */
export interface Projection {
  readonly names: readonly string[];
  /** Overwrites `out` (one entry per name) with what is to be kept of `w`. */
  write(w: Float64Array, out: Float64Array): void;
}

export interface ChainPlan {
  readonly sampler: Sampler;
  readonly target: Target;
  readonly seed: number;
  readonly burnIn: number;
  readonly draws: number;
  /** Steps from one draw to the next. */
  readonly thin: number;
  readonly start: ChainStart;
  readonly keep: Projection;
}

/** Where chains begin: one point for all, or a function of the chain's number and its own random numbers. */
export type ChainStart = Float64Array | ((chain: number, random: Stream) => Float64Array);

/** The point at which a chain begins: the same at every call. */
export const startOf = (start: ChainStart, seed: number, chain: number): Float64Array =>
  typeof start === "function" ? start(chain, stream({ seed, chain, purpose: "start" })) : start;

/** The draws of a chain and what was seen on the way to each of them. */
export type ChainSeries = {
  /** draws x kept quantities, row-major. */
  draws: Float64Array;
  losses: Float64Array;
  energies: Float64Array;
  /** Mean over the steps of a draw. */
  acceptance: Float64Array;
  /** Steps of a draw that diverged, and that were truncated. */
  divergent: Float64Array;
  truncated: Float64Array;
  /** Evaluations of the loss, in the burn-in and after it. */
  burnInEvaluations: number;
  evaluations: number;
};

export interface ChainRun {
  readonly series: ChainSeries;
  readonly state: ChainState;
  /** Share of its steps that are made, in [0, 1]. */
  fraction(): number;
  /** Makes at most `steps` steps; true when the chain is done. */
  advance(steps: number): boolean;
  /** Flat, under `prefix`; what is still to come is left out. */
  save(prefix: string): SavedState;
  report(): ReturnType<ReturnType<Sampler["on"]>["report"]>;
}

/** One chain that can be run piece by piece, and from where a saved one stopped. */
export const chainRun = (plan: ChainPlan, chain: number, saved?: SavedState, prefix = ""): ChainRun => {
  const { sampler, target, seed, burnIn, draws, thin, start, keep } = plan;
  const random = (purpose: string): Stream => stream({ seed, chain, purpose: `${sampler.name} ${purpose}` });
  const kernel = sampler.on(target, { random, burnIn });
  const w = startOf(start, seed, chain);
  if (!ArrayBuffer.isView(w))
    throw invalid(`the start of chain ${chain}`, w, `a Float64Array of ${target.size} numbers`);
  if (w.length !== target.size)
    throw invalid(`the length of the start of chain ${chain}`, w.length, String(target.size));
  const state = kernel.init(w);
  const width = keep.names.length;
  const series: ChainSeries = {
    draws: new Float64Array(draws * width),
    losses: new Float64Array(draws),
    energies: new Float64Array(draws),
    acceptance: new Float64Array(draws),
    divergent: new Float64Array(draws),
    truncated: new Float64Array(draws),
    burnInEvaluations: 0,
    evaluations: 0,
  };
  const total = burnIn + draws * thin;
  if (saved) restore(saved, prefix, state, series);
  const { last } = kernel;
  const row = new Float64Array(width);

  const count = (): void => {
    if (state.step <= burnIn) {
      series.burnInEvaluations += last.evaluations;
      return;
    }
    series.evaluations += last.evaluations;
    const after = state.step - burnIn - 1;
    const draw = Math.floor(after / thin);
    series.acceptance[draw] += last.acceptance / thin;
    series.divergent[draw] += last.divergent ? 1 : 0;
    series.truncated[draw] += last.truncated ? 1 : 0;
    if (after % thin < thin - 1) return;
    series.losses[draw] = state.loss;
    series.energies[draw] = last.energy;
    keep.write(state.w, row);
    series.draws.set(row, draw * width);
  };

  return {
    series,
    state,
    fraction: () => (total === 0 ? 1 : Math.min(1, state.step / total)),
    advance(steps) {
      const end = Math.min(total, state.step + steps);
      while (state.step < end) {
        kernel.step(state);
        count();
      }
      return state.step >= total;
    },
    save(at) {
      const done = Math.min(draws, Math.ceil(Math.max(0, state.step - burnIn) / thin));
      const begun = Object.fromEntries(
        Object.entries(series).map(([name, value]) => [
          name,
          typeof value === "number" ? value : value.subarray(0, (value.length / draws) * done),
        ]),
      );
      return { ...flatState(state, `${at}state/`), ...flatState(begun, `${at}series/`) };
    },
    report: () => kernel.report(state),
  };
};

/** Arrays of a saved series are as long as it had come; a longer run may go on from them. */
const restore = (saved: SavedState, prefix: string, state: ChainState, series: ChainSeries): void => {
  restoreState(state, saved, `${prefix}state/`);
  for (const [name, value] of Object.entries(series)) {
    const key = `${prefix}series/${name}`;
    const begun = saved[key];
    if (typeof value === "number" && typeof begun === "number") Object.assign(series, { [name]: begun });
    else if (typeof value !== "number" && begun instanceof Float64Array && begun.length <= value.length)
      value.set(begun);
    else
      throw new LandauError(
        "store",
        `the saved state has no ${key} that fits: it was made for more draws or other ones`,
      );
  }
};
