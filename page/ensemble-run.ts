import type { Settings } from "../src/contracts/field.ts";
import type { Learner } from "../src/contracts/learner.ts";
import type { Address } from "../src/contracts/protocol.ts";
import { isLandauError } from "../src/errors.ts";
import { type LiveState, type LiveValues, liveMoves, liveStart } from "../src/protocols/live.ts";

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
  const perLook = Math.max(1, Math.ceil(Number(settings.steps) / settings.every / MOST_LOOKS));
  const stepsPerLook = perLook * settings.every;
  // A rule of its own numbers its moves; descent comes to the same bits in a longer one.
  const [movesPerLook, every] = learner.move ? [perLook, settings.every] : [1, stepsPerLook];
  const moves = addresses.map(address => liveMoves(learner, { ...settings, every }, address));
  const labelOf = ({ w, loss }: LiveState, address: Address): string =>
    learner.observe(settings, w, { ...address, loss }).label;
  let step = 0;
  for (const [i, address] of addresses.entries()) {
    states[i] = liveStart(learner, settings, address);
    labels[i] = labelOf(states[i], address);
  }
  return {
    get step() {
      return step;
    },
    members,
    labels,
    advance() {
      step += stepsPerLook;
      for (const [i, address] of addresses.entries()) {
        let state = states[i];
        if (!state) continue;
        try {
          for (let move = 0; move < movesPerLook; move++) state = moves[i](state);
          states[i] = state;
          labels[i] = labelOf(state, address);
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
