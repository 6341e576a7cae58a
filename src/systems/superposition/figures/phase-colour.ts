import { colours } from "../../../charts/theme.ts";

const byLabel: { readonly [label: string]: string } = {
  "4": colours.blue,
  "4+": colours.sky,
  "4++": colours.green,
  "5": colours.vermillion,
  "5+": colours.orange,
  "6": colours.purple,
};

/** A record's level label as text; states between levels are in transit. */
export const IN_TRANSIT = "in transit";

/** The colour of a phase, the same in every figure. Levels with fewer than four live features share one. */
export const phaseColour = (label: string): string =>
  byLabel[label] ??
  (label === IN_TRANSIT ? colours.grey : Number.parseInt(label, 10) < 4 ? colours.olive : colours.purple);
