import type { Controls, Settings, ValuesOf } from "../../src/contracts/field.ts";
import type { Protocol, ProtocolOf, RecordOf } from "../../src/contracts/protocol.ts";
import { recordsOf } from "../systems/swept.ts";

/** The records of one kind that one member of a protocol leaves, at settings that differ from its defaults, typed as the protocol has them. */
export const recordsOfKind = <Declared extends Controls, Kinds, Kind extends keyof Kinds & string>(
  protocol: ProtocolOf<Declared, Kinds>,
  kind: Kind,
  changed: Partial<ValuesOf<Declared>> = {},
  seed?: number,
  chain?: number,
): readonly RecordOf<Kinds, Kind>[] =>
  recordsOf(protocol as unknown as Protocol, changed as Settings, seed, chain).filter(
    record => record.kind === kind,
  ) as unknown as readonly RecordOf<Kinds, Kind>[];
