import { log } from "../../numerics/elementary.ts";
import { lineFit } from "../../numerics/line-fit.ts";
import { type Evidence, text } from "./evidence.ts";
import { largest } from "./growth.ts";
import { capped, withinRange } from "./likelihood.ts";
import type { Profile } from "./profile.ts";

/** Slope of ln of the largest variance against ln of size: -2 beta/nu at a continuous transition, 0 where two phases coexist. */
const CONTINUOUS = [-1.5, -0.15] as const;
const DISCONTINUOUS = [-0.1, 0.9] as const;
const PICKED = 0.08;
/** Draws that the peak is worth. */
const SETTLED = 6;

/**
 * How the largest variance of the order parameter goes with size: it falls as size^(-2 beta/nu) at a continuous transition and tends to
 * (jump / 2)^2 at a discontinuous one, whatever the unit of size. Sizes whose peak was not seen are left out. Null with fewer than two others.
 */
export const scaling = (profiles: readonly Profile[]): Evidence | null => {
  const seen = profiles.filter(({ unresolved, peak }) => !unresolved && peak.effective >= SETTLED);
  const inside = seen.filter(({ atEdge }) => !atEdge);
  const used = largest(inside.length >= 2 ? inside : seen);
  if (used.length < 2) return null;
  const fit = lineFit(
    used.map(({ size }) => log(size)),
    used.map(({ peak, height }) => log(peak.variance / (height * height))),
    used.map(({ peak }) => Math.sqrt(peak.logVarianceError * peak.logVarianceError + PICKED * PICKED)),
  );
  if (!fit || !Number.isFinite(fit.slopeError)) return null;
  const [continuous, discontinuous] = capped(
    [withinRange(fit.slope, fit.slopeError, ...CONTINUOUS), withinRange(fit.slope, fit.slopeError, ...DISCONTINUOUS)],
    // Where the largest size jumps unseen, what the smaller ones show is only half of the story.
    profiles.at(-1)?.unresolved ? 1 : 3,
  );
  return {
    probe: "scaling",
    support: { none: 0, continuous, discontinuous },
    finding:
      `the largest variance goes as size^(${text(fit.slope)} +- ${text(fit.slopeError)}) ` +
      `over sizes ${used.map(({ size }) => text(size)).join(", ")}: 0 where phases coexist, -2 beta/nu at a continuous transition`,
    values: { exponent: fit.slope, error: fit.slopeError, betaOverNu: -fit.slope / 2 },
  };
};
