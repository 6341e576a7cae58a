import { numberIn } from "../../formats/number-cell.ts";
import type { LogTable } from "./log-table.ts";

const DEEPEST = 8;
/** Texts, which stay as they are, and bare numbers that JSON does not have. */
const BARE = /"(?:[^"\\]|\\.)*"|-?\b(?:NaN|Infinity)\b/g;

/**
 * JSON as Python writes it, with bare NaN and Infinity: these come back as the texts "NaN", "Infinity" and "-Infinity", as which other writers have them.
 * Undefined for what is no JSON.
 */
export const looseJson = (text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    if (!/NaN|Infinity/.test(text)) return undefined;
  }
  try {
    return JSON.parse(text.replace(BARE, part => (part[0] === '"' ? part : `"${part}"`)));
  } catch {
    return undefined;
  }
};

/** The line on which text stops to be JSON, as far as the engine says a place; 1 otherwise. */
export const brokenLine = (text: string): number => {
  try {
    JSON.parse(text.replace(BARE, part => (part[0] === '"' ? part : `"${part}"`)));
  } catch (error) {
    const place = /position (\d+)/.exec((error as Error).message);
    const before = text.slice(0, place ? Number(place[1]) : /end of/i.test((error as Error).message) ? text.length : 0);
    return before.split("\n").length;
  }
  return 1;
};

export type JsonObject = { readonly [key: string]: unknown };

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Puts the values of an object into the row of a table, nested ones under names with slashes. Lists are counted in `lists` by their name. */
export const putObject = (
  table: LogTable,
  object: JsonObject,
  lists: Map<string, number>,
  prefix = "",
  depth = 0,
): void => {
  for (const [key, value] of Object.entries(object)) {
    const name = prefix + key;
    if (typeof value === "number") table.number(table.column(name), value);
    else if (typeof value === "string") table.word(table.column(name), value);
    else if (typeof value === "boolean") table.number(table.column(name), value ? 1 : 0);
    else if (isObject(value) && depth < DEEPEST) putObject(table, value, lists, `${name}/`, depth + 1);
    else if (value === null) table.column(name);
    else lists.set(name, (lists.get(name) ?? 0) + 1);
  }
};

/** A number of JSON, NaN and infinities in words too; undefined for anything else. */
export const numberOfJson = (value: unknown): number | undefined => {
  if (typeof value === "number") return value;
  if (typeof value === "boolean") return value ? 1 : 0;
  return typeof value === "string" ? numberIn(value) : undefined;
};
