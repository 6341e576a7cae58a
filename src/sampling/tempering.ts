import { invalid } from "../errors.ts";
import { exp } from "../numerics/elementary.ts";
import { checkCount, checkSampler } from "./checks.ts";
import { evenLadder, firstLadder } from "./ladder.ts";
import { type ChainState, freshReport, type Sampler, type SamplerState } from "./sampler.ts";
import { posterior } from "./target.ts";

/**
 * Parallel tempering: copies of the chain at rungs nBeta_0 < ... < nBeta_R, the last the target's, each moved by a local sampler;
 * then neighbours (even pairs at even steps, odd at odd) exchange their points with probability
 *
 *     min(1, exp((nBeta_(k+1) - nBeta_k) (L(w_(k+1)) - L(w_k)))).   [Geyer 1991; even-odd order: Syed et al. 2022]
 *
 * Points cross barriers where they are low and come down again elsewhere; a round trip is the proof that they do.
 */
export interface TemperingSettings {
  /** Moves every rung. Must use all samples, as swaps compare losses. */
  readonly local: Sampler;
  /** How many rungs, the target's included. 8 when absent. */
  readonly rungs?: number;
  /** nBeta of the hottest rung as a share of the target's. When absent 0, the prior alone, which then must be a Gaussian or a box. */
  readonly hottest?: number;
  /** Steps of the local sampler between swaps. 1 when absent. */
  readonly localSteps?: number;
  /** Whether the burn-in moves the rungs until all neighbours swap alike. True when absent. */
  readonly adaptLadder?: boolean;
}

export type TemperingState = ChainState & {
  /** Local states, hottest first. */
  rungs: SamplerState[];
  /** nBeta of each rung as a share of the target's. */
  ladder: Float64Array;
  /** For each pair of neighbours: swaps tried, and the sum of their probabilities, since the ladder last moved. */
  tried: Float64Array;
  swapped: Float64Array;
  /** Which replica stands on each rung, and which end each replica came from: 1 hot, -1 cold, 0 neither yet. */
  replica: Float64Array;
  from: Float64Array;
  roundTrips: number;
};

export const tempering = ({
  local,
  rungs = 8,
  hottest,
  localSteps = 1,
  adaptLadder = true,
}: TemperingSettings): Sampler<TemperingState> => {
  checkSampler("local", local);
  checkCount("rungs", rungs, 2);
  checkCount("localSteps", localSteps);
  if ("batch" in local.settings)
    throw invalid("batch", local.settings.batch, "all samples under tempering: leave it out");
  if (hottest !== undefined && !(hottest >= 0 && hottest < 1)) throw invalid("hottest", hottest, "a share in [0, 1)");
  const name = "tempering";
  const settings = {
    local: { name: local.name, settings: local.settings },
    rungs,
    ...(hottest !== undefined && { hottest }),
    localSteps,
    adaptLadder,
  };
  return {
    name,
    settings,
    adjusted: local.adjusted,
    hamiltonian: local.hamiltonian,
    on(target, context) {
      const { objective, prior, nBeta } = target;
      const proper = (prior.gaussian && prior.gaussian.precision > 0) || prior.box;
      if (hottest === undefined && !proper)
        throw invalid("hottest", hottest, "a share above 0, as this prior alone may have no finite integral");
      const targets = Array.from({ length: rungs }, () => posterior({ objective, nBeta, prior }));
      const kernels = targets.map((rung, k) =>
        local.on(rung, { ...context, random: purpose => context.random(`rung ${k} ${purpose}`) }),
      );
      const choices = context.random("swap");
      const coldest = rungs - 1;
      const carried = new Float64Array(target.size);
      const last = freshReport();
      const rounds = adaptLadder ? [16, 8, 4, 2].map(part => Math.floor(context.burnIn / part)) : [];

      const setTemperatures = ({ ladder }: TemperingState): void => {
        for (let k = 0; k < rungs; k++) (targets[k] as { nBeta: number }).nBeta = ladder[k] * nBeta;
      };
      const rungOf = (state: TemperingState, k: number): ChainState => state.rungs[k] as ChainState;
      const place = (state: TemperingState, w: Float64Array): void => {
        setTemperatures(state);
        for (let k = 0; k < coldest; k++) kernels[k].place(rungOf(state, k), rungOf(state, k).w.slice());
        kernels[coldest].place(rungOf(state, coldest), w);
        show(state);
      };
      const show = (state: TemperingState): void => {
        const cold = rungOf(state, coldest);
        state.w.set(cold.w);
        state.loss = cold.loss;
      };

      const swapNeighbours = (state: TemperingState): void => {
        const { ladder, tried, swapped, replica } = state;
        choices.at(state.step);
        for (let k = state.step % 2; k < coldest; k += 2) {
          const [hot, cold] = [rungOf(state, k), rungOf(state, k + 1)];
          const gain = (ladder[k + 1] - ladder[k]) * nBeta * (cold.loss - hot.loss);
          const probability = gain >= 0 ? 1 : exp(gain);
          tried[k]++;
          swapped[k] += probability;
          if (!(choices.uniform() < probability)) continue;
          carried.set(hot.w);
          kernels[k].place(hot, cold.w);
          kernels[k + 1].place(cold, carried);
          last.evaluations += 2;
          const moved = replica[k];
          replica[k] = replica[k + 1];
          replica[k + 1] = moved;
        }
      };

      const countTrips = (state: TemperingState): void => {
        const { replica, from } = state;
        const [hot, cold] = [replica[0], replica[coldest]];
        if (from[hot] === -1) state.roundTrips++;
        from[hot] = 1;
        if (from[cold] === 1) from[cold] = -1;
      };

      const forgetSwaps = (state: TemperingState): void => {
        state.tried.fill(0);
        state.swapped.fill(0);
        state.roundTrips = 0;
      };

      const moveLadder = (state: TemperingState): void => {
        const rejections = state.tried.map((tried, k) => (tried > 0 ? 1 - state.swapped[k] / tried : 0));
        state.ladder.set(evenLadder(state.ladder, rejections));
        forgetSwaps(state);
        place(state, state.w.slice());
      };

      return {
        last,
        init(w) {
          const ladder = firstLadder(rungs, hottest ?? 0);
          const state: TemperingState = {
            step: 0,
            w: w.slice(),
            loss: 0,
            rungs: [],
            ladder,
            tried: new Float64Array(coldest),
            swapped: new Float64Array(coldest),
            replica: Float64Array.from({ length: rungs }, (_, k) => k),
            from: new Float64Array(rungs),
            roundTrips: 0,
          };
          setTemperatures(state);
          state.rungs = kernels.map(kernel => kernel.init(w));
          show(state);
          return state;
        },
        place,
        step(state) {
          setTemperatures(state);
          last.evaluations = 0;
          last.acceptance = 0;
          last.divergent = false;
          last.truncated = false;
          for (let k = 0; k < rungs; k++)
            for (let i = 0; i < localSteps; i++) {
              kernels[k].step(rungOf(state, k));
              const { acceptance, divergent, truncated, evaluations } = kernels[k].last;
              last.evaluations += evaluations;
              if (k < coldest) continue;
              last.acceptance += acceptance / localSteps;
              last.divergent ||= divergent;
              last.truncated ||= truncated;
            }
          last.energy = kernels[coldest].last.energy;
          swapNeighbours(state);
          countTrips(state);
          show(state);
          state.step++;
          if (rounds.includes(state.step)) moveLadder(state);
          if (state.step === context.burnIn) forgetSwaps(state);
        },
        report(state) {
          const swapAcceptance = Array.from(state.tried, (tried, k) => (tried > 0 ? state.swapped[k] / tried : null));
          return {
            ladder: Array.from(state.ladder, share => share * nBeta),
            swapAcceptance,
            roundTrips: state.roundTrips,
            local: kernels[coldest].report(rungOf(state, coldest)),
          };
        },
      };
    },
  };
};
