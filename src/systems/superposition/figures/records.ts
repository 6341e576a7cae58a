import type { RunView } from "../../../contracts/run-view.ts";
import { countLabels as count } from "../../../protocols/records.ts";
import type { schemes } from "../claims/studies.ts";
import { IN_TRANSIT } from "./phase-colour.ts";

export type Scheme = (typeof schemes)[keyof typeof schemes];

/** Features of a study; those of the default when a run has none of it. */
export const features = (run: RunView, scheme: Scheme): number => (scheme.isIn(run) ? scheme.settings(run).c : 6);

export interface Labelled {
  readonly label: string | null;
}

export const labelOf = ({ label }: Labelled): string => label ?? IN_TRANSIT;

/** How many records carry each label. */
export const countLabels = (records: readonly Labelled[]): ReadonlyMap<string, number> => count(records, IN_TRANSIT);
