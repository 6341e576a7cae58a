import type { Controls, Settings, ValuesOf } from "../../src/contracts/field.ts";
import type { Protocol, ProtocolOf, RecordOf } from "../../src/contracts/protocol.ts";
import { recordsOf } from "./host.ts";

/** The records of one kind of one member, typed by its protocol, at settings that differ from the defaults. */
export const recordsOfKind = <Declared extends Controls, Kinds, Part, Kind extends keyof Kinds & string>(
  protocol: ProtocolOf<Declared, Kinds, Part>,
  kind: Kind,
  changed: Partial<ValuesOf<Declared>> = {},
  address: { readonly seed?: number; readonly chain?: number } = {},
): readonly RecordOf<Kinds, Kind>[] => {
  const records = recordsOf(protocol as unknown as Protocol, changed as Settings, address);
  return records.filter(record => record.kind === kind) as unknown as readonly RecordOf<Kinds, Kind>[];
};
