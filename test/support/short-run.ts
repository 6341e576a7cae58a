import type { Settings } from "../../src/contracts/field.ts";
import type { RunRecord } from "../../src/contracts/protocol.ts";
import type { RunView } from "../../src/contracts/run-view.ts";
import { studiesOf } from "../../src/contracts/study.ts";
import type { System } from "../../src/contracts/system.ts";
import { recordsOf } from "../systems/swept.ts";

/**
 * The reproduction of a system as figures and claims see it, at most two chains of each study, with other settings where a protocol has
 * them: the quick studies, and those that only the full reproduction has. A study is run when its records are first asked for.
 */
export const shortRun = ({ studies, protocols }: System, changed: Settings = {}): RunView => {
  const quick = studiesOf(studies, "quick");
  const declared = [
    ...quick,
    ...studiesOf(studies, "full").filter(({ name }) => quick.every(study => study.name !== name)),
  ];
  const made = new Map<string, readonly RunRecord[]>();
  const recordsIn = (name: string): readonly RunRecord[] => {
    const known = made.get(name);
    if (known) return known;
    const { protocol, chains, settings } = declared.find(study => study.name === name)!;
    const { settings: controls } = protocols[protocol];
    const own = Object.fromEntries(Object.entries(changed).filter(([key]) => key in controls));
    const records = Array.from({ length: Math.min(2, chains) }, (_, chain) =>
      recordsOf(protocols[protocol], { ...settings, ...own }, 1, chain),
    ).flat();
    made.set(name, records);
    return records;
  };
  return {
    seed: 1,
    study: name => declared.find(study => study.name === name),
    records: (study, kind) => recordsIn(study).filter(record => record.kind === kind),
  };
};
