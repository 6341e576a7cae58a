import type { RunRecord } from "../contracts/protocol.ts";
import { groupBy } from "../numerics/group-by.ts";

/** The records of a run, by study and kind. */
export interface RecordTable {
  /** Records of one kind of one study, in chain order; empty when there are none. */
  records(study: string, kind: string): readonly RunRecord[];
  /** The kinds of records of a study, in order of first appearance. */
  kinds(study: string): readonly string[];
}

/** A table that loads the records of a study when it is first asked for; those of a chain in the order in which it made them. */
export const recordTable = (load: (study: string) => readonly RunRecord[]): RecordTable => {
  const studies = new Map<string, ReadonlyMap<string, readonly RunRecord[]>>();
  const of = (study: string) => {
    let byKind = studies.get(study);
    if (!byKind) {
      byKind = groupBy(
        [...load(study)].sort((a, b) => a.chain - b.chain),
        ({ kind }) => kind,
      );
      studies.set(study, byKind);
    }
    return byKind;
  };
  return {
    records: (study, kind) => of(study).get(kind) ?? [],
    kinds: study => [...of(study).keys()],
  };
};
