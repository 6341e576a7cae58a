import { stream } from "../../numerics/stream.ts";
import type { HamiltonianState } from "../../sampling/hamiltonian.ts";
import type { ChainState, Kernel, StepReport } from "../../sampling/sampler.ts";
import { surrogate } from "../../sampling/surrogate.ts";
import type { CellSettings, Learnt } from "./cell-settings.ts";
import { type Frame, frameAt, frameFor } from "./frame.ts";
import type { Problem } from "./problem.ts";
import { movesAt, proposal } from "./proposal.ts";
import type { ScaleMove } from "./scale-moves.ts";

/** A chain of a cell; its points are those of its frame. */
export interface Chain {
  readonly frame: Frame;
  readonly state: ChainState & { readonly gradient: Float64Array };
  readonly last: StepReport;
  /** Steps with trajectories that were cut short. */
  readonly truncations: number;
  /** Where the step size and the scales are. */
  readonly moving: HamiltonianState;
  step(): void;
}

export interface CellChains {
  readonly chains: readonly Chain[];
  /** Samples that a trajectory sees; absent when all. */
  readonly batch?: number;
}

/** The least share of steps that a batch must let move, in the first third of the burn-in and in the rest. */
export const LEAST_MOVED = 0.5;

/** How far trajectories go, and how many blocks of parameters are rescaled after each: near a minimum seen from far, and close to one. */
const THOROUGH = { doublings: 7, moves: Infinity };
const QUICK = { doublings: 5, moves: 3 };

/**
 * The chains of a cell after their burn-in. The first learns step size, scales and batch in the frame of w*, and the others take them over; or, with
 * something learnt before, each learns for itself, in the frame of where it starts.
 */
export const chainsAt = (problem: Problem, settings: CellSettings): CellChains => {
  const {
    seed,
    nBeta,
    gamma,
    starts,
    burnIn,
    stepSize,
    batches,
    learnt: before,
    stage = "",
    floor,
    coupling,
  } = settings;
  const { excess } = problem;
  const { moves: most, doublings } = before ? QUICK : THOROUGH;
  const moves = movesAt(problem, excess, settings, { most, floor, coupling });
  const atPoint = frameAt(problem, nBeta, gamma);
  const u = new Float64Array(problem.size);

  /** A chain whose trajectories see one minibatch each, or all samples. */
  const chainAt = (start: Float64Array, chain: number, batch: number | undefined, first?: HamiltonianState): Chain => {
    const learnt = first ?? before?.[chain];
    const own = { stepSize: stepSize ?? learnt?.time, adapt: !first && stepSize === undefined };
    const frame = before ? frameFor(problem, nBeta, gamma, start) : atPoint;
    const target = frame.targetOf(excess);
    const proposalOf = (move: ScaleMove, reversible: boolean) =>
      proposal(problem, frame, { move, burnIn, reversible, doublings, ...own });
    const name = `coefficient${stage} ${nBeta} ${gamma}${batch === undefined ? "" : ` batch ${batch}`}`;
    const context = {
      random: (purpose: string) => stream({ seed, chain, purpose: `${name} ${purpose}` }),
      burnIn: first ? 0 : burnIn,
    };
    frame.fromParameters(start, u);
    if (batch === undefined) {
      const kernel = proposalOf(moves, false).on(target, context);
      const state = kernel.init(u);
      return chainOf(frame, kernel, state, state, learnt);
    }
    const { excessAt, count, choose } = batches!.lossesOf(batch);
    const seen = excessAt(nBeta);
    const surrogates = () => ({ target: frame.targetOf(seen), count, choose });
    const kernel = surrogate({ local: proposalOf(movesAt(problem, seen, settings, { most }), true), surrogates }).on(
      target,
      context,
    );
    const state = kernel.init(u);
    return chainOf(frame, kernel, state, state.local[0] as HamiltonianState, learnt);
  };

  /** A batch that refuses too often gives way to a larger one, from the same start: with all samples nothing is left of the trials. */
  const firstChain = (): { chain: Chain; batch: number | undefined } => {
    let batch = batches?.size;
    for (;;) {
      const chain = chainAt(starts[0], 0, batch);
      const moved = (steps: number): number => {
        let sum = 0;
        for (let i = 0; i < steps; i++) {
          chain.step();
          if (2 * i >= steps) sum += chain.last.acceptance;
        }
        return (2 * sum) / steps;
      };
      if (batch === undefined || batches!.fixed) {
        moved(burnIn);
        return { chain, batch };
      }
      const trial = Math.floor(burnIn / 3);
      if (moved(trial) >= LEAST_MOVED && moved(burnIn - trial) >= LEAST_MOVED) return { chain, batch };
      batch = batches!.size = batches!.grown(batch);
    }
  };
  const { chain: first, batch } = firstChain();
  const chains = starts.map((start, index) => {
    if (index === 0) return first;
    const chain = chainAt(start, index, batch, before ? undefined : first.moving);
    for (let i = 0; i < (before ? burnIn : burnIn / 4); i++) chain.step();
    return chain;
  });
  return { chains, ...(batch !== undefined && { batch }) };
};

const chainOf = <State extends Chain["state"]>(
  frame: Frame,
  kernel: Kernel<State>,
  state: State,
  moving: HamiltonianState,
  learnt?: Learnt,
): Chain => {
  if (learnt) moving.scale.set(learnt.scale);
  let truncations = 0;
  return {
    frame,
    state,
    moving,
    last: kernel.last,
    get truncations() {
      return truncations;
    },
    step() {
      kernel.step(state);
      if (kernel.last.truncated) truncations++;
    },
  };
};
