import type { JsonObject } from "../contracts/json.ts";
import { invalid } from "../errors.ts";
import { checkLength, type ErrorSource } from "./point.ts";
import { type ChainContext, type ChainState, freshReport, type Sampler, type StepReport } from "./sampler.ts";
import type { Target } from "./target.ts";

/** What tells a sampler that knows a point by its loss alone from the others. */
interface PlainRule {
  readonly name: string;
  readonly settings: JsonObject;
  /** What to change when the loss isn't a number, as a sentence without a capital. */
  readonly hint: string;
  /** Its step on a target; it counts the steps and fills `last`. */
  on(
    target: Target,
    random: ChainContext["random"],
    last: StepReport,
    source: ErrorSource,
  ): (state: ChainState) => void;
}

/** A sampler that meets the target exactly without a gradient, and whose state is a point and its loss. */
export const plainSampler = ({ name, settings, hint, on }: PlainRule): Sampler => ({
  name,
  settings,
  adjusted: true,
  hamiltonian: false,
  on(target, { random }) {
    const { objective, size } = target;
    const last = freshReport();
    const place = (state: ChainState, w: Float64Array): void => {
      state.w.set(w);
      state.loss = objective.loss(w);
      if (!Number.isFinite(state.loss))
        throw invalid(`the loss at the start of ${name}`, state.loss, "a finite number");
    };
    return {
      last,
      place,
      init(w) {
        checkLength(w, size, name);
        const state = { step: 0, w: w.slice(), loss: 0 };
        place(state, w);
        return state;
      },
      step: on(target, random, last, { name, settings, hint: () => hint }),
      report: () => ({}),
    };
  },
});
