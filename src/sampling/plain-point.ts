import { invalid } from "../errors.ts";
import { checkLength } from "./point.ts";
import type { ChainState, Kernel } from "./sampler.ts";
import type { Target } from "./target.ts";

/** Start and place of the samplers that know a point by its loss alone. */
export const plainPoint = (target: Target, name: string): Pick<Kernel, "init" | "place"> => {
  const { objective, size } = target;
  const place = (state: ChainState, w: Float64Array): void => {
    state.w.set(w);
    state.loss = objective.loss(w);
    if (!Number.isFinite(state.loss)) throw invalid(`the loss at the start of ${name}`, state.loss, "a finite number");
  };
  return {
    place,
    init(w) {
      checkLength(w, size, name);
      const state = { step: 0, w: w.slice(), loss: 0 };
      place(state, w);
      return state;
    },
  };
};
