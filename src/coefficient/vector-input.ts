import type { Json, JsonObject } from "../contracts/json.ts";
import { invalid } from "../errors.ts";

/**
 * Readers of the fields of a test vector's input. Each throws a LandauError that names the field it could not use. What a
 * number may be is left to the formula that takes it.
 */

export const readObject = (input: JsonObject, name: string): JsonObject => {
  const value = input[name];
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw invalid(name, value, "an object");
  return value as JsonObject;
};

export const readText = (input: JsonObject, name: string): string => {
  const value = input[name];
  if (typeof value !== "string") throw invalid(name, value, "a text");
  return value;
};

/** The entry of a table that the field names. */
export const readOne = <Entry>(input: JsonObject, name: string, table: { readonly [key: string]: Entry }): Entry => {
  const key = readText(input, name);
  if (!Object.hasOwn(table, key)) throw invalid(name, key, `one of: ${Object.keys(table).join(", ")}`);
  return table[key];
};

export const readFlag = (input: JsonObject, name: string): boolean => {
  const value = input[name];
  if (typeof value !== "boolean") throw invalid(name, value, "true or false");
  return value;
};

export const readNumber = (input: JsonObject, name: string): number => number(input[name], name);

export const readInteger = (input: JsonObject, name: string): number => {
  const value = input[name];
  if (typeof value !== "number" || !Number.isInteger(value)) throw invalid(name, value, "an integer");
  return value;
};

/** At least one finite number. */
export const readNumbers = (input: JsonObject, name: string): Float64Array =>
  Float64Array.from(list(input[name], name), (entry, i) => number(entry, `${name}[${i}]`));

/** A number, or a text that stands for a fraction: "1/4". */
export const readExact = (input: JsonObject, name: string): number | string => exact(input[name], name);

export const readExactList = (input: JsonObject, name: string): (number | string)[] => exactList(input[name], name);

export const readExactLists = (input: JsonObject, name: string): (number | string)[][] =>
  list(input[name], name).map((entry, i) => exactList(entry, `${name}[${i}]`));

const exactList = (value: Json | undefined, name: string): (number | string)[] =>
  list(value, name).map((entry, i) => exact(entry, `${name}[${i}]`));

const exact = (value: Json | undefined, name: string): number | string =>
  typeof value === "string" ? value : number(value, name);

const number = (value: Json | undefined, name: string): number => {
  if (typeof value !== "number" || !Number.isFinite(value)) throw invalid(name, value, "a finite number");
  return value;
};

const list = (value: Json | undefined, name: string): readonly Json[] => {
  if (!Array.isArray(value) || value.length === 0) throw invalid(name, value, "a list of at least one entry");
  return value;
};
