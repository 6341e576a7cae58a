import type { RunView } from "../../../charts/exhibits.ts";
import type { RunRecord } from "../../../contracts/index.ts";
import { IN_TRANSIT } from "./phase-colour.ts";

/** Features of a study; the reproductions leave the default of 6 unsaid. */
export const features = (run: RunView, study: string): number =>
  (run.study(study)?.settings.c as number | undefined) ?? 6;

export const labelOf = ({ label }: RunRecord): string => (label as string | null) ?? IN_TRANSIT;

/** Records of each chain, in the order they were written. */
export const byChain = (records: readonly RunRecord[]): ReadonlyMap<number, readonly RunRecord[]> => {
  const chains = new Map<number, RunRecord[]>();
  for (const record of records) {
    const chain = chains.get(record.chain);
    if (chain) chain.push(record);
    else chains.set(record.chain, [record]);
  }
  return chains;
};

/** How many records carry each label. */
export const countLabels = (records: readonly RunRecord[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const record of records) counts.set(labelOf(record), (counts.get(labelOf(record)) ?? 0) + 1);
  return counts;
};
