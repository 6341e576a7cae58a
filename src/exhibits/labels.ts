import { countLabels as count } from "../protocols/records.ts";

/** What stands for a state on no level. */
export const IN_TRANSIT = "in transit";

export interface Labelled {
  readonly label: string | null;
}

export const labelOf = ({ label }: Labelled): string => label ?? IN_TRANSIT;

/** How many records carry each label. */
export const countLabels = (records: readonly Labelled[]): ReadonlyMap<string, number> => count(records, IN_TRANSIT);

/** The colour of a phase. */
export type ColourOf = (label: string) => string;

/** A level of the loss that is drawn as a line. */
export interface LabelledLevel {
  readonly label: string;
  readonly loss: number;
}

/** Levels of a chart: each phase with its loss, in its colour. */
export const levelLines = (levels: readonly LabelledLevel[], colourOf: ColourOf) =>
  levels.map(({ label, loss }) => ({ label: `${label}  ${loss.toFixed(4)}`, value: loss, colour: colourOf(label) }));
