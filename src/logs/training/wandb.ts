import { LandauError } from "../../errors.ts";
import { leveldbLog } from "../../formats/leveldb-log.ts";
import {
  fixed,
  ProtoError,
  type ProtoReader,
  part,
  protoReader,
  signedVarint,
  skipValue,
  textPart,
  varint,
} from "../../formats/protobuf.ts";
import { isObject, type JsonObject, looseJson, putObject } from "./json-values.ts";
import { type LogTable, logTable } from "./log-table.ts";

export interface WandbRun {
  readonly table: LogTable;
  readonly name: string | undefined;
  /** The column that a metric is logged against, by `define_metric`; undefined for none. */
  axisOf(name: string): string | undefined;
  /** All of them. */
  readonly axes: readonly string[];
}

export interface WandbReader {
  push(bytes: Uint8Array): void;
  end(): WandbRun;
}

/** ":W&B", a mark of two bytes and the version. */
const HEAD = 7;
const KINDS: { readonly [field: number]: string } = {
  3: "summary",
  4: "terminal output",
  7: "system metrics",
  8: "artifacts",
  9: "TensorBoard folders",
  10: "alerts",
  13: "terminal output",
};

/**
 * The history of a run from the file of W&B's offline mode: a row for each call of log, each with W&B's own counter `_step`, and the axes that
 * `define_metric` names. Files of runs that still go on, or were killed, are read as far as they go.
 * [wandb_internal.proto of wandb 0.31.0]
 */
export const wandbReader = (fileName: string, notes: string[]): WandbReader => {
  const table = logTable();
  const exact = new Map<string, string>();
  const globs: { parts: readonly string[]; length: number; axis: string }[] = [];
  const unused = new Map<string, number>();
  const lists = new Map<string, number>();
  let name: string | undefined;
  let [records, exited, bytesRead] = [0, false, 0];

  const history = (reader: ProtoReader): void => {
    let step: number | undefined;
    const items: [path: string, value: unknown][] = [];
    while (reader.at < reader.to) {
      const key = varint(reader);
      if (key === 0x0a) items.push(historyItem(part(reader)));
      else if (key === 0x12) {
        const inner = part(reader);
        while (inner.at < inner.to) {
          const innerKey = varint(inner);
          if (innerKey === 0x08) step = signedVarint(inner);
          else skipValue(inner, innerKey);
        }
      } else skipValue(reader, key);
    }
    // Histograms, tables and pictures say of what kind they are, in one value or in keys of their own.
    const kinds = items.filter(([path]) => path.endsWith("/_type")).map(([path]) => path.slice(0, -"_type".length));
    for (const [path, value] of items) {
      const kind = kinds.find(start => path.startsWith(start));
      if (kind === undefined && !(isObject(value) && "_type" in value)) {
        if (value !== undefined) putObject(table, { [path]: value }, lists);
      } else if (kind === undefined || path === `${kind}_type`) {
        const what = `${String(kind === undefined ? (value as JsonObject)._type : value)} in ${kind?.slice(0, -1) ?? path}`;
        if (unused.size < 1000) unused.set(what, (unused.get(what) ?? 0) + 1);
      }
    }
    if (step !== undefined) table.number(table.column("_step"), step);
    table.endRow();
  };

  const historyItem = (reader: ProtoReader): [path: string, value: unknown] => {
    let path = "";
    let value: unknown;
    while (reader.at < reader.to) {
      const key = varint(reader);
      if (key === 0x0a) path = textPart(reader);
      else if (key === 0x12) path += `${path === "" ? "" : "/"}${textPart(reader)}`;
      else if (key === 0x20 || key === 0x28) value = key === 0x20 ? varint(reader) : signedVarint(reader);
      else if (key === 0x31) value = fixed(reader, 8);
      else if (key === 0x3a) value = textPart(reader);
      else if (key === 0x82) value = looseJson(textPart(reader));
      else skipValue(reader, key);
    }
    return [path, path === "" || /^_wandb(\/|$)/.test(path) ? undefined : value];
  };

  const metric = (reader: ProtoReader): void => {
    let [own, glob, axis] = ["", "", ""];
    while (reader.at < reader.to) {
      const key = varint(reader);
      if (key === 0x0a) own = textPart(reader);
      else if (key === 0x12) glob = textPart(reader);
      else if (key === 0x22) axis = textPart(reader);
      else skipValue(reader, key);
    }
    if (axis === "") return;
    if (own !== "") exact.set(own, axis);
    else if (glob !== "") globs.push({ parts: glob.split("*"), length: glob.length, axis });
  };

  const runRecord = (reader: ProtoReader): void => {
    let [id, shown] = ["", ""];
    while (reader.at < reader.to) {
      const key = varint(reader);
      if (key === 0x0a) id = textPart(reader);
      else if (key === 0x42) shown = textPart(reader);
      else skipValue(reader, key);
    }
    name = shown || id || name;
  };

  const record = (reader: ProtoReader): void => {
    records++;
    while (reader.at < reader.to) {
      const key = varint(reader);
      const field = key >>> 3;
      if ((key & 7) !== 2) skipValue(reader, key);
      else if (field === 2) history(part(reader));
      else if (field === 12) metric(part(reader));
      else if (field === 17) runRecord(part(reader));
      else {
        if (field === 18) exited = true;
        if (KINDS[field]) unused.set(KINDS[field], (unused.get(KINDS[field]) ?? 0) + 1);
        skipValue(reader, key);
      }
    }
  };

  const blocks = leveldbLog(fileName, HEAD, (bytes, view, place) => {
    try {
      record(protoReader(bytes, view, 0, bytes.length));
    } catch (error) {
      if (!(error instanceof ProtoError)) throw error;
      throw new LandauError("input", `${fileName}: byte ${place}: no record of W&B: ${error.message}`);
    }
  });
  return {
    push(bytes) {
      if (bytesRead < HEAD) checkHead(bytes, bytesRead, fileName);
      bytesRead += bytes.length;
      blocks.push(bytes);
    },
    end() {
      const { damaged, torn } = blocks.end();
      if (bytesRead <= HEAD)
        throw new LandauError(
          "input",
          `${fileName}: ${bytesRead} bytes: a run of W&B that has only begun to be written`,
        );
      if (damaged && records === 0) throw new LandauError("input", `${fileName}: ${damaged}`);
      if (damaged) notes.push(`${fileName}: ${damaged}`);
      if (!exited || torn > 0)
        notes.push(
          `${fileName}: ${torn > 0 ? "the last record breaks off" : "nothing says that the run ended"}: is it still going on?`,
        );
      for (const [kind, count] of [...unused, ...lists])
        notes.push(`${fileName}: ${kind} (${count === 1 ? "a record" : `${count} records`}) not used`);
      return {
        table,
        name,
        axes: [...exact.values(), ...globs.map(({ axis }) => axis)].map(axis => axis.replaceAll(".", "/")),
        axisOf(of) {
          // Nested keys have a point in patterns of W&B.
          const names = [of, of.replaceAll("/", ".")];
          for (const each of names) if (exact.has(each)) return exact.get(each)!.replaceAll(".", "/");
          const found = globs
            .filter(({ parts, axis }) => names.some(each => fits(each, parts)) && !names.includes(axis))
            .sort((a, b) => b.length - a.length)[0];
          return found?.axis;
        },
      };
    },
  };
};

/** Whether a text is the parts in their order with anything between. */
const fits = (text: string, parts: readonly string[]): boolean => {
  const last = parts[parts.length - 1];
  if (parts.length === 1) return text === last;
  if (!text.startsWith(parts[0])) return false;
  let at = parts[0].length;
  for (const each of parts.slice(1, -1)) {
    const found = text.indexOf(each, at);
    if (found < 0) return false;
    at = found + each.length;
  }
  return text.length - last.length >= at && text.endsWith(last);
};

const MARK = [0x3a, 0x57, 0x26, 0x42, 0xe1, 0xbe, 0x00];

const checkHead = (bytes: Uint8Array, from: number, fileName: string): void => {
  for (let i = from; i < HEAD && i - from < bytes.length; i++)
    if (bytes[i - from] !== MARK[i])
      throw new LandauError(
        "input",
        `${fileName}: byte ${i} is ${bytes[i - from]}: needs ${MARK[i]}, as ${i < 6 ? "files of W&B begin" : "version 0 of W&B's files has"}`,
      );
};
