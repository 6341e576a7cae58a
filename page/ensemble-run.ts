import type { Settings } from "../src/contracts/field.ts";
import type { Learner } from "../src/contracts/learner.ts";
import { isLandauError } from "../src/errors.ts";
import { type LiveState, type LiveValues, liveLook, liveNext, liveStart } from "../src/protocols/live.ts";

/** A label for members that left the finite numbers. */
export const DIVERGED = "diverged";

/** Many members of one run, each from a start of its own, all at the same step. */
export interface EnsembleRun {
  readonly step: number;
  readonly members: number;
  /** The phase of each member where it stands. */
  readonly labels: readonly string[];
  /** One look on for all: `every` training steps of each member, and what is observed of it. */
  advance(): void;
}

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
      step += settings.every;
      for (const [i, address] of addresses.entries()) {
        const state = states[i];
        if (!state) continue;
        try {
          states[i] = liveNext(learner, settings, address, state);
          labels[i] = liveLook(learner, settings, address, states[i]).label;
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
