import type { Settings } from "../../src/contracts/field.ts";
import type { Protocol, RunRecord } from "../../src/contracts/protocol.ts";
import { inPieces } from "./in-pieces.ts";

/** The records of one member of a protocol, at settings that differ from its defaults. */
export const recordsOf = (protocol: Protocol, changed: Settings, seed = 1, chain = 0): readonly RunRecord[] => {
  const defaults = Object.fromEntries(
    Object.entries(protocol.settings).map(([name, control]) => [name, control.default]),
  );
  const settings = { ...defaults, ...changed };
  protocol.check?.(settings);
  return inPieces(protocol, { settings, seed, chain }, member => {
    const records: RunRecord[] = [];
    protocol.run(member, {
      record: (kind, fields) => void records.push({ kind, chain, ...fields }),
      snapshot: () => {},
      save: () => {},
      saved: undefined,
      progress: () => {},
    });
    return records;
  });
};

/** Its records "sweep". */
export const swept = (...member: Parameters<typeof recordsOf>): RunRecord[] =>
  recordsOf(...member).filter(({ kind }) => kind === "sweep");

/** Those of one direction, by ascending control. */
export const branch = (records: readonly RunRecord[], direction: "up" | "down"): RunRecord[] =>
  records
    .filter(record => record.direction === direction)
    .sort((a, b) => (a.control as number) - (b.control as number));
