import type { JsonObject } from "../contracts/json.ts";
import { invalid } from "../errors.ts";
import { exp } from "../numerics/elementary.ts";
import { checkFunction, checkSampler } from "./checks.ts";
import { type ChainPoint, checkLength, checkStart, diverged, type ErrorSource, freshPoint } from "./point.ts";
import { type ChainState, freshReport, type Sampler, type SamplerState } from "./sampler.ts";
import type { Target } from "./target.ts";

/**
 * Surrogate transitions: a step of another sampler under a cheap density exp(-U_m) near the target's exp(-U), with m drawn
 * independently of the state and frozen for the step, and then one accept or refusal,
 *
 *     w' ~ T_m(w, .);   accept with probability min(1, exp(D_m(w) - D_m(w'))),   D_m = U - U_m.
 *
 * Why it is exact: T_m is reversible, exp(-U_m(w)) T_m(w, w') = exp(-U_m(w')) T_m(w', w), so exp(D_m(w) - D_m(w')) is the ratio of
 * Metropolis and Hastings for the target. The target is evaluated once a step, however long the trajectory under U_m is. With U_m of
 * minibatches there is no bias of minibatches.
 * [Liu 2001, section 9.4.3; Christen & Fox 2005; for minibatches Payne & Mallick 2018]
 */
export interface SurrogateSettings {
  /** Steps under the surrogate; one that is reversible: mala, hmc, nuts, elliptical-slice. */
  readonly local: Sampler;
  readonly surrogates: (target: Target) => Surrogates;
  /** What the surrogates are, for the record of a run. */
  readonly model?: JsonObject;
}

/** Densities near a target, one of which is chosen at a time. */
export interface Surrogates {
  readonly count: number;
  /** The density chosen. */
  readonly target: Target;
  choose(member: number): void;
}

export type SurrogateState = ChainPoint & {
  /** The one state of the local sampler. */
  local: SamplerState[];
};

export const surrogate = ({ local, surrogates, model = {} }: SurrogateSettings): Sampler<SurrogateState> => {
  const name = "surrogate";
  checkSampler("local", local);
  checkFunction("surrogates", surrogates, "a function from a target to densities near it");
  const settings = { local: { name: local.name, settings: local.settings }, model };
  if (!local.adjusted) throw invalid("local", local.name, "a sampler that accepts or refuses");
  const source: ErrorSource = {
    name,
    settings,
    hint: () => "needs a loss that is Infinity, not NaN, where the density is 0",
  };
  return {
    name,
    settings,
    adjusted: true,
    hamiltonian: false,
    on(target, context) {
      const { target: near, count, choose } = surrogates(target);
      if (!(Number.isSafeInteger(count) && count >= 1))
        throw invalid("the number of surrogates", count, "a whole number from 1");
      const kernel = local.on(near, context);
      const choices = context.random("surrogate");
      const loss = new Float64Array(1);
      const gradient = new Float64Array(target.size);
      const last = freshReport();
      const localOf = (state: SurrogateState): ChainState => state.local[0] as ChainState;
      const nearEnergy = ({ w, loss }: ChainState): number => near.nBeta * loss + near.prior.energy(w);
      const evaluate = (state: ChainPoint): void => {
        state.energy = target.valueAndGradient(state.w, state.gradient, loss);
        state.loss = loss[0];
        checkStart(state, source);
      };
      return {
        last,
        init(w) {
          checkLength(w, target.size, name);
          const point = freshPoint(w);
          evaluate(point);
          choose(0);
          return { ...point, local: [kernel.init(w)] };
        },
        place(state, w) {
          state.w.set(w);
          evaluate(state);
        },
        step(state) {
          const own = localOf(state);
          choices.at(state.step);
          choose(choices.below(count));
          kernel.place(own, state.w);
          const before = state.energy - nearEnergy(own);
          kernel.step(own);
          const energy = target.valueAndGradient(own.w, gradient, loss);
          if (!(energy > -Infinity)) throw diverged("the loss", energy, state.step, source);
          const gain = before - (energy - nearEnergy(own));
          const probability = gain >= 0 ? 1 : energy === Infinity ? 0 : exp(gain);
          if (choices.uniform() < probability) {
            state.w.set(own.w);
            state.gradient.set(gradient);
            state.energy = energy;
            state.loss = loss[0];
          }
          last.acceptance = kernel.last.acceptance * probability;
          last.divergent = kernel.last.divergent;
          last.truncated = kernel.last.truncated;
          last.energy = state.energy;
          last.evaluations = 1;
          state.step++;
        },
        report: state => kernel.report(localOf(state)),
      };
    },
  };
};
