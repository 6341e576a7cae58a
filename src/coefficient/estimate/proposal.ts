import type { Objective } from "../../contracts/objective.ts";
import { LandauError } from "../../errors.ts";
import { exp } from "../../numerics/elementary.ts";
import type { HamiltonianState } from "../../sampling/hamiltonian.ts";
import { nuts } from "../../sampling/nuts.ts";
import type { Sampler } from "../../sampling/sampler.ts";
import { MOST_SINGLE } from "./blocks.ts";
import type { Frame } from "./frame.ts";
import type { Problem } from "./problem.ts";
import { type ScaleMove, type ScaleSettings, scaleMoves } from "./scale-moves.ts";
import { layersOf, singularMoves } from "./singular-moves.ts";

export interface ProposalSettings {
  /** Moves under the density that the sampler is bound to. */
  readonly move: ScaleMove;
  /** Steps before some are made with shorter trajectories. */
  readonly burnIn: number;
  /** Doublings of a trajectory at most: scale moves go further. */
  readonly doublings: number;
  readonly stepSize?: number;
  readonly adapt: boolean;
  /** Whether the step itself must be reversible: then either part comes first, and the moves in either order. */
  readonly reversible: boolean;
}

/** Message of the error for a loss that falls without end near the point. */
export const BELOW = "the loss falls far below its value at the point";
const BOTTOMLESS = 1e6;
/** log of the largest factor by which a step is shortened. */
const SHORTEST = 4;

/** Scale moves under exp(-nBeta K - gamma |w - w*|^2 / 2), for K or what stands for it. */
export const movesAt = (
  problem: Problem,
  excess: Objective,
  { nBeta, gamma }: { readonly nBeta: number; readonly gamma: number },
  settings: ScaleSettings,
): ScaleMove => {
  const { size, at } = problem;
  const w = new Float64Array(size);
  const energyOf = (displacement: Float64Array): number => {
    let square = 0;
    for (let i = 0; i < size; i++) {
      w[i] = at[i] + displacement[i];
      square += displacement[i] * displacement[i];
    }
    const energy = nBeta * excess.loss(w);
    // What stands for K may fall where K does not.
    if (energy < -BOTTOMLESS && excess === problem.excess) throw new LandauError("diverged", BELOW);
    return energy + 0.5 * gamma * square;
  };
  const scales = scaleMoves([problem.blocks, problem.arrays], at, energyOf, settings);
  // For more parameters they would take more than they give.
  const strata = singularMoves(size <= MOST_SINGLE ? layersOf(problem.parameters) : [], at, energyOf);
  return (v, random, backwards) => {
    for (const move of backwards ? [strata, scales] : [scales, strata]) move(v, random, backwards);
  };
};

/** A trajectory, and the moves that trajectories cannot make, as one step. */
export const proposal = (problem: Problem, frame: Frame, settings: ProposalSettings): Sampler<HamiltonianState> => {
  const { move, burnIn, doublings, stepSize, adapt, reversible } = settings;
  const { size, at } = problem;
  const trajectories = nuts({ maxDepth: doublings, stepSize, adapt });
  const u = new Float64Array(size);
  const w = new Float64Array(size);
  const v = new Float64Array(size);
  return {
    ...trajectories,
    on(target, context) {
      const kernel = trajectories.on(target, context);
      const scales = context.random("scales");
      const rescale = (state: HamiltonianState, backwards: boolean): void => {
        frame.toParameters(state.w, w);
        for (let i = 0; i < size; i++) v[i] = w[i] - at[i];
        move(v, scales, backwards);
        for (let i = 0; i < size; i++) w[i] = at[i] + v[i];
        frame.fromParameters(w, u);
        kernel.place(state, u);
      };
      return {
        ...kernel,
        step(state) {
          scales.at(state.step);
          const { time } = state;
          // Every other trajectory has a shorter step, so that some can enter valleys too narrow for the usual one.
          const shorter = state.step >= burnIn && scales.uniform() < 0.5 ? exp(-SHORTEST * scales.uniform()) : 1;
          const backwards = reversible && scales.uniform() < 0.5;
          if (backwards) rescale(state, true);
          state.time = time * shorter;
          kernel.step(state);
          if (shorter < 1) {
            state.time = time;
            kernel.last.truncated = false;
          }
          if (!backwards) rescale(state, false);
        },
      };
    },
  };
};
