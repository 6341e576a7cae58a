import type { Settings } from "../../../src/contracts/field.ts";
import type { RunRecord } from "../../../src/contracts/protocol.ts";
import type { RunView } from "../../../src/contracts/run-view.ts";
import { coefficientProtocol } from "../../../src/systems/modular/protocols/coefficient.ts";
import { trainProtocol } from "../../../src/systems/modular/protocols/train.ts";

const protocols = { train: trainProtocol, coefficient: coefficientProtocol };

const SMALL = { p: 7, K: 16, steps: 700, evaluateEvery: 20, burnIn: 50, draws: 60, measurements: "few" };

/** Studies of the names that the figures read, at p = 7 and with short chains. */
const studies: readonly { name: string; protocol: keyof typeof protocols; chains: number; settings: Settings }[] = [
  { name: "S1", protocol: "train", chains: 3, settings: { ...SMALL, weightDecay: 1 } },
  { name: "S0", protocol: "train", chains: 2, settings: { ...SMALL, spectrum: "yes", langevinChains: 2 } },
  { name: "S6", protocol: "train", chains: 1, settings: { ...SMALL, weightDecay: 0, measurements: "none" } },
  { name: "point-narrow-hmc", protocol: "coefficient", chains: 2, settings: { burnIn: 60, draws: 40 } },
  { name: "point-teacher", protocol: "coefficient", chains: 1, settings: { point: "teacher", burnIn: 60, draws: 40 } },
];

/** A run of these studies, made anew. */
export const shortRun = (): RunView => {
  const records = new Map<string, RunRecord[]>();
  for (const { name, protocol, chains, settings } of studies) {
    const { settings: controls, run } = protocols[protocol];
    const defaults = Object.fromEntries(Object.entries(controls).map(([key, control]) => [key, control.default]));
    const lines: RunRecord[] = [];
    for (let chain = 0; chain < chains; chain++)
      run(
        { settings: { ...defaults, ...settings }, seed: 0, chain },
        {
          // A field of the log's own names would be refused by it, and would win here.
          record: (kind, fields) => {
            if ("kind" in fields || "chain" in fields) throw new Error(`${kind} names a field as the log does`);
            lines.push({ kind, chain, ...fields });
          },
          snapshot: () => {},
          save: () => {},
          saved: undefined,
          progress: () => {},
        },
      );
    records.set(name, lines);
  }
  return {
    study: name => studies.find(study => study.name === name),
    records: (name, kind) => (records.get(name) ?? []).filter(record => record.kind === kind),
  };
};
