import type { Json, JsonObject } from "../contracts/json.ts";
import { invalid } from "../errors.ts";

/** Readers of the fields of a test vector's input. Each throws a LandauError that names the field it could not use. */

export const readNumber = (input: JsonObject, name: string): number => {
  const value = input[name];
  if (typeof value !== "number" || !Number.isFinite(value)) throw invalid(name, value, "a finite number");
  return value;
};

export const readPositive = (input: JsonObject, name: string): number => {
  const value = readNumber(input, name);
  if (value <= 0) throw invalid(name, value, "a positive number");
  return value;
};

export const readInteger = (input: JsonObject, name: string, min: number): number => {
  const value = input[name];
  if (typeof value !== "number" || !Number.isInteger(value) || value < min)
    throw invalid(name, value, `an integer of at least ${min}`);
  return value;
};

export const readNumbers = (input: JsonObject, name: string, length?: number): Float64Array =>
  numbers(input[name], name, length);

/** A matrix as a list of rows, each of `columns` entries. */
export const readRows = (input: JsonObject, name: string, columns: number): number[][] => {
  const rows = input[name];
  if (!Array.isArray(rows) || rows.length === 0) throw invalid(name, rows, "a list of rows of numbers");
  return rows.map((row, i) => [...numbers(row, `${name}[${i}]`, columns)]);
};

export const readObject = (input: JsonObject, name: string): JsonObject => {
  const value = input[name];
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw invalid(name, value, "an object");
  return value as JsonObject;
};

const numbers = (value: Json | undefined, name: string, length?: number): Float64Array => {
  const wanted = length === undefined ? "a list of finite numbers" : `a list of ${length} finite numbers`;
  if (!Array.isArray(value) || (length !== undefined && value.length !== length)) throw invalid(name, value, wanted);
  value.forEach((entry, i) => {
    if (typeof entry !== "number" || !Number.isFinite(entry)) throw invalid(`${name}[${i}]`, entry, "a finite number");
  });
  return Float64Array.from(value as readonly number[]);
};

export const readNotNegative = (input: JsonObject, name: string): number => {
  const value = readNumber(input, name);
  if (value < 0) throw invalid(name, value, "a number >= 0");
  return value;
};

/** A matrix of a given shape. */
export const readMatrix = (input: JsonObject, name: string, rows: number, columns: number): number[][] => {
  const matrix = readRows(input, name, columns);
  if (matrix.length !== rows) throw invalid(name, input[name], `${rows} rows`);
  return matrix;
};

/** A matrix with as many columns as rows. */
export const readSquare = (input: JsonObject, name: string): number[][] =>
  readRows(input, name, Array.isArray(input[name]) ? input[name].length : 0);
