import { csvText } from "../../../src/formats/csv-text.ts";
import { packParquet } from "../../../src/formats/pack-parquet.ts";
import { tfRecordFile, wandbFile } from "./framed.ts";

/** One run as a table: a row for each step that was looked at. */
export interface RunTable {
  readonly run: string;
  readonly step: readonly number[];
  readonly columns: { readonly [name: string]: readonly number[] };
}

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A row for each step. */
export const csvFile = ({ step, columns }: RunTable): Uint8Array =>
  utf8(
    csvText(
      ["step", ...Object.keys(columns)],
      step.map((at, row) => [String(at), ...Object.values(columns).map(values => String(values[row]))]),
    ),
  );

/** An object on each line. */
export const jsonLinesFile = ({ step, columns }: RunTable): Uint8Array =>
  utf8(step.map((at, row) => `${JSON.stringify({ step: at, ...rowOf(columns, row) })}\n`).join(""));

/** As Lightning's CSVLogger has it: a row for each call of log, one quantity in each, the names in their order. */
export const lightningFile = ({ step, columns }: RunTable): Uint8Array => {
  const names = ["epoch", "step", ...Object.keys(columns)].sort();
  const rows = step.flatMap((at, row) =>
    Object.entries(columns).map(([name, values]) =>
      names.map(each =>
        each === "step" ? String(at) : each === "epoch" ? "0" : each === name ? String(values[row]) : "",
      ),
    ),
  );
  return utf8(csvText(names, rows).replaceAll("\r\n", "\n"));
};

/** A column for each quantity. */
export const parquetFile = ({ step, columns }: RunTable): Uint8Array =>
  packParquet([
    { name: "step", type: "integer", values: step },
    ...Object.entries(columns).map(([name, values]) => ({ name, type: "number" as const, values })),
  ]);

/** An event for each value, as a tensor of 64 bits, so that no digit is lost. */
export const eventFile = ({ step, columns }: RunTable): Uint8Array => {
  const version = message(fixed64(1, 1.7e9), bytes(3, utf8("brain.Event:2")));
  const plugin = message(bytes(1, message(bytes(1, utf8("scalars")))));
  const events = step.flatMap((at, row) =>
    Object.entries(columns).map(([name, values]) => {
      const tensor = message(varint(1, 2), bytes(2, message()), bytes(6, fixed64Bytes(values[row])));
      const value = message(bytes(1, utf8(name)), bytes(8, tensor), bytes(9, plugin));
      return message(fixed64(1, 1.7e9 + at), varint(2, at), bytes(5, message(bytes(1, value))));
    }),
  );
  return tfRecordFile([version, ...events]);
};

/** The same as torch's and TensorFlow's older writers have it: simple values of 32 bits. */
export const event32File = ({ step, columns }: RunTable): Uint8Array => {
  const version = message(fixed64(1, 1.7e9), bytes(3, utf8("brain.Event:2")));
  const events = step.flatMap((at, row) =>
    Object.entries(columns).map(([name, values]) => {
      const value = message(bytes(1, utf8(name)), fixed32(2, values[row]));
      return message(fixed64(1, 1.7e9 + at), varint(2, at), bytes(5, message(bytes(1, value))));
    }),
  );
  return tfRecordFile([version, ...events]);
};

/** A row of history for each step, with W&B's own counter, against the axis "step". */
export const wandbRunFile = ({ run, step, columns }: RunTable): Uint8Array => {
  const item = (key: string, value: number): Uint8Array =>
    bytes(1, message(bytes(2, utf8(key)), bytes(16, utf8(JSON.stringify(value)))));
  const history = step.map((at, row) =>
    message(
      bytes(
        2,
        message(
          ...Object.entries({ ...rowOf(columns, row), step: at, _step: row }).map(([key, value]) => item(key, value)),
          bytes(2, message(varint(1, row))),
        ),
      ),
    ),
  );
  return wandbFile([
    message(varint(1, 1), bytes(17, message(bytes(1, utf8(run)), bytes(8, utf8(run))))),
    message(bytes(12, message(bytes(2, utf8("*")), bytes(4, utf8("step"))))),
    ...history,
    message(bytes(18, message())),
  ]);
};

const rowOf = (columns: RunTable["columns"], row: number): { [name: string]: number } =>
  Object.fromEntries(Object.entries(columns).map(([name, values]) => [name, values[row]]));

/** Fields one after the other. */
const message = (...fields: readonly Uint8Array[]): Uint8Array => {
  const out = new Uint8Array(fields.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const field of fields) {
    out.set(field, at);
    at += field.length;
  }
  return out;
};

const varintBytes = (value: number): Uint8Array => {
  const out: number[] = [];
  let rest = value;
  for (; rest >= 128; rest = Math.floor(rest / 128)) out.push((rest % 128) + 128);
  return Uint8Array.of(...out, rest);
};

const fixed64Bytes = (value: number): Uint8Array => {
  const out = new Uint8Array(8);
  new DataView(out.buffer).setFloat64(0, value, true);
  return out;
};

const fixed32 = (field: number, value: number): Uint8Array =>
  message(varintBytes(8 * field + 5), new Uint8Array(Float32Array.of(value).buffer));
const varint = (field: number, value: number): Uint8Array => message(varintBytes(8 * field), varintBytes(value));
const fixed64 = (field: number, value: number): Uint8Array => message(varintBytes(8 * field + 1), fixed64Bytes(value));
const bytes = (field: number, content: Uint8Array): Uint8Array =>
  message(varintBytes(8 * field + 2), varintBytes(content.length), content);
