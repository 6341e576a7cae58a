import type { Json, JsonObject } from "../../contracts/json.ts";
import { invalid } from "../../errors.ts";
import { readInteger, readMatrix, readNumber, readObject } from "../vector-input.ts";
import { checkDimensions, type Dimensions, sizeOf, weightsOf } from "./model/layout.ts";
import { fullTable, type Pairs, pairsAt, splitPairs } from "./model/pairs.ts";
import { randomStart } from "./model/start.ts";

/** Readers of what the test vectors of this system hold besides numbers; errors name the field. */

export const readText = (input: JsonObject, name: string): string => {
  const value = input[name];
  if (typeof value !== "string") throw invalid(name, value, "a text");
  return value;
};

/** True or false; false when absent or null. */
export const readFlag = (input: JsonObject, name: string): boolean => {
  const value = input[name] ?? false;
  if (typeof value !== "boolean") throw invalid(name, value, "true or false");
  return value;
};

export const readObjects = (input: JsonObject, name: string): JsonObject[] => {
  const value = input[name] ?? [];
  if (!Array.isArray(value)) throw invalid(name, value, "a list of objects");
  return value.map((entry, i) => readObject({ [`${name}[${i}]`]: entry as Json }, `${name}[${i}]`));
};

export const readDimensions = (input: JsonObject): Dimensions => {
  const dimensions = { p: readInteger(input, "p", 3), K: readInteger(input, "K", 1) };
  checkDimensions(dimensions);
  return dimensions;
};

/** The field init: a seed and two scales. */
export const readStart = (input: JsonObject, dimensions: Dimensions): Float64Array => {
  const init = readObject(input, "init");
  return randomStart(dimensions, {
    seed: readInteger(init, "seed", 0),
    sw: readNumber(init, "sw"),
    sv: readNumber(init, "sv"),
  });
};

/** The fields A, B and C, K rows of p numbers each, or where they are absent the field init. */
export const readWeights = (input: JsonObject, { p, K }: Dimensions): Float64Array => {
  if (input.A === undefined && input.B === undefined && input.C === undefined) return readStart(input, { p, K });
  const w = new Float64Array(sizeOf({ p, K }));
  for (const [name, target] of Object.entries(weightsOf(w, { p, K }))) {
    target.set(readMatrix(input, name, K, p).flat());
  }
  return w;
};

/** The field op; addition when absent. */
export const readOperation = (input: JsonObject): string => (input.op === undefined ? "add" : readText(input, "op"));

export const readSplit = (input: JsonObject, name: string, p: number) => {
  const split = readObject(input, name);
  return splitPairs(p, readNumber(split, "alpha"), readInteger(split, "seed", 0));
};

/** The field pairs: "full", or a split of which the training pairs are meant. */
export const readPairs = (input: JsonObject, p: number): Pairs => {
  const op = readOperation(input);
  return input.pairs === "full" ? fullTable(p, op) : pairsAt(p, op, readSplit(input, "pairs", p).train);
};
