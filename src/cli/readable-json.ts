import type { Json, JsonObject } from "../contracts/json.ts";
import { textTable } from "./text-table.ts";

/** A value as lines to read: lists of like objects as tables, the rest as names and values. Numbers keep all digits. */
export const readableJson = (value: Json): string[] => {
  if (isTable(value)) {
    const header = Object.keys(value[0]);
    return textTable(
      value.map(row => header.map(key => flat(row[key]))),
      { width: Number.POSITIVE_INFINITY, header },
    );
  }
  if (isObject(value)) {
    const small = Object.entries(value).filter(([, item]) => !isTable(item) && !isObject(item));
    const large = Object.entries(value).filter(([, item]) => isTable(item) || isObject(item));
    return [
      ...textTable(
        small.map(([key, item]) => [key, flat(item)]),
        { width: Number.POSITIVE_INFINITY },
      ),
      ...large.flatMap(([key, item]) => ["", `${key}:`, ...readableJson(item).map(line => `  ${line}`.trimEnd())]),
    ];
  }
  return [flat(value)];
};

const isObject = (value: Json): value is JsonObject =>
  value !== null && typeof value === "object" && !Array.isArray(value);

const isTable = (value: Json): value is readonly JsonObject[] =>
  Array.isArray(value) && value.length > 0 && value.every(isObject);

/** A string as it is, null as a dash, anything else as JSON with spaces. */
const flat = (value: Json | undefined): string => {
  if (value === null || value === undefined) return "-";
  if (typeof value === "string") return value;
  return Array.isArray(value) ? `[${value.map(flat).join(", ")}]` : JSON.stringify(value);
};
