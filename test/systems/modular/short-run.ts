import type { Protocol, RunRecord, Study } from "../../../src/contracts/protocol.ts";
import type { RunView } from "../../../src/contracts/run-view.ts";
import { coefficientProtocol } from "../../../src/systems/modular/protocols/coefficient.ts";
import { trainProtocol } from "../../../src/systems/modular/protocols/train.ts";
import { recordsOf } from "../swept.ts";

const protocols: { readonly [name: string]: Protocol } = { train: trainProtocol, coefficient: coefficientProtocol };

const SMALL = { p: 7, K: 16, steps: 700, evaluateEvery: 20, burnIn: 50, draws: 60, measurements: "few" };

/** Studies of the names that the figures read, at p = 7 and with short chains. */
const studies: readonly Study[] = [
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
    const lines = Array.from({ length: chains }, (_, chain) =>
      recordsOf(protocols[protocol], settings, 0, chain),
    ).flat();
    records.set(name, lines);
  }
  return {
    seed: 0,
    study: name => studies.find(study => study.name === name),
    records: (name, kind) => (records.get(name) ?? []).filter(record => record.kind === kind),
  };
};
