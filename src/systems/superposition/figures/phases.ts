import { colours } from "../../../charts/theme.ts";
import type { RunView } from "../../../contracts/run-view.ts";
import { IN_TRANSIT } from "../../../exhibits/labels.ts";
import type { schemes } from "../claims/studies.ts";
import { energyLevels } from "../theory/levels.ts";
import { criticalType } from "../theory/stability.ts";

const byLabel: { readonly [label: string]: string } = {
  "4": colours.blue,
  "4+": colours.sky,
  "4++": colours.green,
  "5": colours.vermillion,
  "5+": colours.orange,
  "6": colours.purple,
};

/** The colour of a phase, the same in every figure. Levels with fewer than four live features share one. */
export const phaseColour = (label: string): string =>
  byLabel[label] ??
  (label === IN_TRANSIT ? colours.grey : Number.parseInt(label, 10) < 4 ? colours.olive : colours.purple);

/** By live features, then by positive biases; in transit last. */
export const byPhase = (a: string, b: string): number => {
  if (a === IN_TRANSIT || b === IN_TRANSIT) return Number(a === IN_TRANSIT) - Number(b === IN_TRANSIT);
  return Number.parseInt(a, 10) - Number.parseInt(b, 10) || a.length - b.length;
};

/** All critical families at c features, highest loss first: k^{sigma+,phi-} written out, such as 4++-, and the kind of its points. */
export const levelsOf = (c: number) =>
  energyLevels(c)
    .map(level => ({
      ...level,
      family: level.k + "+".repeat(level.sigma) + "-".repeat(level.phi),
      kind: criticalType({ c, ...level }),
    }))
    .sort((a, b) => b.loss - a.loss);

export type Scheme = (typeof schemes)[keyof typeof schemes];

/** Features of a study; those of the default when a run has none of it. */
export const features = (run: RunView, scheme: Scheme): number => (scheme.isIn(run) ? scheme.settings(run).c : 6);
