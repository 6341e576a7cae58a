import type { Settings } from "../src/contracts/field.ts";
import type { Learner } from "../src/contracts/learner.ts";
import { isLandauError } from "../src/errors.ts";
import { type LiveState, type LiveValues, liveLook, liveMoves, liveStart } from "../src/protocols/live.ts";

/** A label for members that left the finite numbers. */
export const DIVERGED = "diverged";

/** Many members of one run, each from a start of its own, all at the same step. */
export interface EnsembleRun {
  readonly step: number;
  readonly members: number;
  /** The phase of each member where it stands. */
  readonly labels: readonly string[];
  /** One look on for all members: training steps of each, and what is observed of it. */
  advance(): void;
}

/** Looks at a whole run, at most: more could not be told apart in a picture. */
const MOST_LOOKS = 200;

/** Members 0, 1, ... of a seed: the same as those of `landau run` with so many chains, bit for bit. */
export const startEnsemble = (
  learner: Learner,
  settings: LiveValues<Record<string, never>> & Settings,
  seed: number,
  members: number,
): EnsembleRun => {
  const states: (LiveState | undefined)[] = [];
  const labels: string[] = [];
  const addresses = Array.from({ length: members }, (_, chain) => ({ seed, chain }));
  const moves = addresses.map(address => liveMoves(learner, settings, address));
  const perLook = Math.max(1, Math.ceil(Number(settings.steps) / settings.every / MOST_LOOKS));
  let step = 0;
  for (const [i, address] of addresses.entries()) {
    states[i] = liveStart(learner, settings, address);
    labels[i] = liveLook(learner, settings, address, states[i]).label;
  }
  return {
    get step() {
      return step;
    },
    members,
    labels,
    advance() {
      step += perLook * settings.every;
      for (const [i, address] of addresses.entries()) {
        let state = states[i];
        if (!state) continue;
        try {
          for (let move = 0; move < perLook; move++) state = moves[i](state);
          states[i] = state;
          labels[i] = liveLook(learner, settings, address, state).label;
        } catch (error) {
          if (!isLandauError(error, "diverged")) throw error;
          states[i] = undefined;
          labels[i] = DIVERGED;
        }
      }
    },
  };
};

/** How many members are in each phase. */
export const countsOf = (labels: readonly string[]): { readonly [label: string]: number } => {
  const counts: { [label: string]: number } = {};
  for (const label of labels) counts[label] = (counts[label] ?? 0) + 1;
  return counts;
};
