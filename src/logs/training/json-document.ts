import { LandauError } from "../../errors.ts";
import { utf8Text } from "../../formats/text-lines.ts";
import { stepRank, timeRank } from "./column-roles.ts";
import { jsonLinesReader } from "./json-lines.ts";
import { jsonTable, pointsOfSeries } from "./json-tables.ts";
import { brokenLine, isObject, type JsonObject, looseJson, numberOfJson, putObject } from "./json-values.ts";
import { type LogTable, logTable } from "./log-table.ts";

/**
 * A document of JSON as a log: records in a list, a list for each quantity, a table as pandas writes it, or the state of a trainer of Hugging Face, which holds
 * its records.
 */
export const readJsonDocument = (bytes: Uint8Array, fileName: string, notes: string[]): LogTable => {
  const from = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0;
  const text = utf8Text(bytes.subarray(from), fileName, 1);
  const document = looseJson(text);
  if (document === undefined && isObject(looseJson(text.slice(0, text.indexOf("\n") + 1)))) {
    const lines = jsonLinesReader(fileName, notes);
    lines.push(bytes);
    return lines.end();
  }
  if (document === undefined)
    throw new LandauError("input", `${fileName}:${brokenLine(text)}: no JSON from here on: was the file cut?`);
  if (isObject(document) && Array.isArray(document.log_history)) return trainerState(document, fileName, notes);
  const found = jsonTable(document);
  if (found) {
    if (found.unused.length > 0) notes.push(`${fileName}: ${found.unused.slice(0, 12).join(", ")} not used`);
    return recordsOf(found.records, fileName, notes);
  }
  if (Array.isArray(document)) return recordsOf(document, fileName, notes);
  if (isObject(document)) {
    const lists = Object.entries(document).filter(([, value]) => Array.isArray(value));
    const [records] = lists.filter(([, value]) => (value as unknown[]).some(isObject));
    if (lists.length === 1 && records) {
      noteUnused(document, records[0], fileName, notes);
      return recordsOf(records[1] as unknown[], fileName, notes);
    }
    return listsOf(document, fileName, notes);
  }
  throw new LandauError("input", `${fileName}: a ${typeof document}: needs records or lists of numbers`);
};

const recordsOf = (records: readonly unknown[], fileName: string, notes: string[]): LogTable => {
  const table = logTable();
  const lists = new Map<string, number>();
  let other = 0;
  for (const record of records) {
    if (!isObject(record)) {
      other++;
      continue;
    }
    putObject(table, record, lists);
    table.endRow();
  }
  if (table.rows === 0) throw new LandauError("input", `${fileName}: a list without records: needs objects in it`);
  if (other > 0) notes.push(`${fileName}: ${other} entries of the list are no records, left out`);
  for (const [name, count] of lists) notes.push(`${fileName}: ${name} holds ${count} lists, not used`);
  return table;
};

/** Quantities that have rows of their own, as they have steps of their own. */
interface Block {
  readonly lists: { readonly name: string; readonly values: readonly unknown[] }[];
}

/**
 * A list for each quantity, as pandas' `to_dict("list")` and a history of Keras have it; under objects, names have slashes. What stands in an object with a list of
 * steps is shown against those: {"train": {"step", "loss"}, "val": {"step", "loss"}}, and {"loss": {"steps", "values"}} as Sacred has it.
 */
const listsOf = (document: JsonObject, fileName: string, notes: string[]): LogTable => {
  const table = logTable();
  const unused: string[] = [];
  const blocks: Block[] = [{ lists: [] }];
  const byPoints = pointsOfSeries(document);
  for (const [name, { records }] of byPoints ?? [])
    blocks.push({
      lists: ["wall_time", "step", "value"].map(part => ({
        name: part === "value" ? name : part === "step" ? `${name}/step` : part,
        values: records.map(record => record[part]),
      })),
    });
  const gather = (object: JsonObject, prefix: string, depth: number, outer: Block): void => {
    const entries = Object.entries(object);
    const numbers = entries.filter(([, value]) => isList(value));
    const hasSteps = depth > 0 && numbers.some(([key]) => stepRank(key) >= 0);
    const block: Block = hasSteps ? { lists: [] } : outer;
    if (hasSteps) blocks.push(block);
    const quantities = numbers.filter(([key]) => stepRank(key) < 0 && timeRank(key) < 0);
    for (const [key, value] of entries) {
      if (isList(value)) {
        const isOnly = hasSteps && quantities.length === 1 && quantities[0][0] === key && /^values?$/i.test(key);
        const isUnknown = stepRank(key) >= 0 && stepRank(prefix + key) < 0;
        block.lists.push({ name: isOnly ? prefix.slice(0, -1) : prefix + (isUnknown ? "step" : key), values: value });
      } else if (isObject(value) && depth < 4) gather(value, `${prefix}${key}/`, depth + 1, block);
      else unused.push(prefix + key);
    }
  };
  if (!byPoints) gather(document, "", 0, blocks[0]);
  if (blocks.every(({ lists }) => lists.every(({ values }) => values.length === 0)))
    throw new LandauError("input", `${fileName}: no list of numbers: needs records or lists of numbers`);
  if (unused.length > 0) notes.push(`${fileName}: ${unused.slice(0, 12).join(", ")} not used`);
  for (const { lists } of blocks) {
    const columns = lists.map(({ name }) => table.column(name));
    const longest = Math.max(0, ...lists.map(({ values }) => values.length));
    for (let row = 0; row < longest; row++) {
      lists.forEach(({ values }, i) => {
        const value = row < values.length ? numberOfJson(values[row]) : undefined;
        if (value !== undefined) table.number(columns[i], value);
      });
      table.endRow();
    }
  }
  return table;
};

const isList = (value: unknown): value is unknown[] =>
  Array.isArray(value) && value.every(entry => entry === null || numberOfJson(entry) !== undefined);

/** The records of a trainer of Hugging Face: all but the summary at the end. */
const trainerState = (state: JsonObject, fileName: string, notes: string[]): LogTable => {
  const records = (state.log_history as unknown[]).filter(isObject);
  const summary = records.findIndex(record => "train_runtime" in record);
  if (summary >= 0) notes.push(`${fileName}: the summary at the end (train_runtime and others) is not used`);
  noteUnused(state, "log_history", fileName, notes);
  return recordsOf(
    records.map((record, i) => (i === summary ? {} : record)),
    fileName,
    notes,
  );
};

const noteUnused = (document: JsonObject, used: string, fileName: string, notes: string[]): void => {
  const unused = Object.keys(document).filter(key => key !== used);
  if (unused.length > 0)
    notes.push(
      `${fileName}: ${unused.length > 6 ? `${unused.slice(0, 5).join(", ")} and ${unused.length - 5} more` : unused.join(", ")} beside the records not used`,
    );
};
