import { invalid } from "../errors.ts";
import { checkCount, checkNotNegative } from "./checks.ts";

export interface PatienceSettings {
  /** Checks in a row without improvement after which to stop. */
  readonly checks: number;
  /** How far below the best value so far a value must lie to count as an improvement. 0 when absent. */
  readonly improvement?: number;
}

/** Plain numbers; `best` means nothing before the first check. */
export type PatienceState = { checked: number; best: number; waited: number };

export interface Patience {
  /** Live: copy what must last. */
  readonly state: PatienceState;
  /** Takes the next value of what should fall, such as the loss on held-out samples; true says stop. */
  check(value: number): boolean;
}

/**
 * Early stopping: stops at the `checks`-th check in a row whose value is not below best - improvement. To go on where
 * another left off, hand in a copy of its state.
 *
 *     const held = patience({ checks: 5 });
 *     descend({ ..., visit: ({ w }) => held.check(test.loss(w)) });
 */
export const patience = (
  { checks, improvement = 0 }: PatienceSettings,
  state: PatienceState = { checked: 0, best: 0, waited: 0 },
): Patience => {
  checkCount("checks", checks);
  checkNotNegative("improvement", improvement);
  return {
    state,
    check(value) {
      if (!Number.isFinite(value)) throw invalid("value", value, "a finite number");
      const improved = state.checked === 0 || value < state.best - improvement;
      if (improved) state.best = value;
      state.waited = improved ? 0 : state.waited + 1;
      state.checked++;
      return state.waited >= checks;
    },
  };
};
