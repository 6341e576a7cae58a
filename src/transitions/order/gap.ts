import { fitFalling, fitKnownVanishing } from "./edge-fit.ts";
import { type Evidence, text } from "./evidence.ts";
import type { Profile } from "./profile.ts";

/** Least jump, as a share of the largest mean, and the largest ln odds that a coarse grid gives. */
const LEAST_JUMP = 0.15;
const MOST_ODDS = 2.5;
const LEAST_POINTS = 5;

/**
 * A jump between two neighbouring controls of the largest size with nothing seen in between. Means on the ordered side tell whether they are on
 * their way to zero as a power, or stay up until they fall; null where no such jump is seen.
 */
export const gap = (profiles: readonly Profile[], control: string): Evidence | null => {
  const last = profiles.at(-1);
  if (!last?.unresolved) return null;
  const { height, from, to } = last.jump;
  const odds = oddsOfPower(last);
  return {
    probe: "gap",
    support: { none: -2, continuous: Math.min(0, odds), discontinuous: Math.min(0, -odds) },
    finding:
      `at size ${text(last.size)} the order parameter moves by ${text(height)} between ${control} ${text(from)} and ${text(to)}, far more than it fluctuates; ` +
      `on the ordered side it ${odds > 1 ? "is on its way to zero" : odds < -1 ? "stays up until it falls" : "may be on its way to zero or not"}`,
    values: { height, from, to, odds },
  };
};

const oddsOfPower = ({ cells, jump, height }: Profile): number => {
  const [before, after] = [
    cells.filter(({ control }) => control <= jump.from),
    cells.filter(({ control }) => control >= jump.to),
  ];
  const falls = Math.abs(before[before.length - 1].mean) > Math.abs(after[0].mean);
  const ordered = (falls ? before : after.reverse()).filter(({ mean }) => mean !== 0);
  if (ordered.length < LEAST_POINTS) return 0;
  const last = ordered[ordered.length - 1].control;
  const scale = Math.abs(last - ordered[0].control);
  const stretch = {
    controls: ordered.map(({ control }) => -Math.abs(control - last) / scale),
    values: ordered.map(({ mean }) => Math.abs(mean) / height),
    errors: ordered.map(({ mean, error }) => error / Math.abs(mean)),
    nearest: 0,
    furthest: Math.abs(jump.to - jump.from) / scale,
  };
  const power = fitKnownVanishing(stretch);
  const falling = [fitFalling(stretch, 2, 0.5, LEAST_JUMP), fitFalling(stretch, 2, 1, LEAST_JUMP)].flatMap(fit =>
    fit ? [fit.chi2] : [],
  );
  if (!power || falling.length === 0) return 0;
  const fall = Math.min(...falling);
  const unit = Math.max(1, Math.min(power.chi2, fall) / Math.max(1, power.points - power.parameters));
  return Math.max(-MOST_ODDS, Math.min(MOST_ODDS, (fall - power.chi2) / (2 * unit)));
};
