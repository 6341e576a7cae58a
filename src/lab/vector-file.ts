import type { Json, JsonObject } from "../contracts/json.ts";
import { LandauError, textOf } from "../errors.ts";
import type { Allowance, Tolerance } from "./compare.ts";
import { parseJson } from "./json-text.ts";

/** One question with its answer, and how far an answer may be off. */
export interface VectorCase {
  readonly quantity: string;
  /** The case's own name, or its place in the file (from 0) when it has none. */
  readonly id: string;
  readonly input: JsonObject;
  readonly expected: Json;
  readonly tolerance: Tolerance;
  /** A Monte Carlo estimate, whose tolerance allows for noise. */
  readonly statistical: boolean;
  /** Takes minutes. */
  readonly slow: boolean;
}

export interface VectorFile {
  readonly system: string;
  readonly cases: readonly VectorCase[];
}

const FORMAT = "landau-vectors";
const VERSION = 1;
/** Deeper than any honest case, shallow enough for recursion. */
const MAX_DEPTH = 100;

/** Reads a file of test vectors. Throws a LandauError of kind "vectors" that names the file and the place in it. */
export const readVectorFile = (text: string, name: string): VectorFile => {
  const refuse = (where: string, value: unknown, needs: string): LandauError => {
    const shown = value === undefined ? "missing" : textOf(value);
    return new LandauError("vectors", `${name}: ${where} is ${shown.slice(0, 80)}: needs ${needs}`);
  };

  const object = (value: unknown, where: string): JsonObject => {
    if (value === null || typeof value !== "object" || Array.isArray(value)) throw refuse(where, value, "an object");
    return value as JsonObject;
  };

  const flag = (value: unknown, where: string): boolean => {
    if (value !== undefined && typeof value !== "boolean") throw refuse(where, value, "true or false");
    return value === true;
  };

  /** JSON has no infinity, but a number beyond the float64 range reads as one. */
  const inRange = (value: Json, where: string, depth = 0): void => {
    if (typeof value === "number" && !Number.isFinite(value)) throw refuse(where, value, "a float64 number");
    if (value === null || typeof value !== "object") return;
    if (depth === MAX_DEPTH) throw new LandauError("vectors", `${name}: ${where} is nested too deep`);
    for (const item of Array.isArray(value) ? value : Object.values(value)) inRange(item, where, depth + 1);
  };

  const allowance = (value: JsonObject, where: string): Allowance => {
    const part = (key: "relative" | "absolute"): number => {
      const amount = value[key] === undefined ? 0 : value[key];
      if (typeof amount !== "number" || !(amount >= 0 && amount < Number.POSITIVE_INFINITY))
        throw refuse(`${where}.${key}`, amount, "a number >= 0");
      return amount;
    };
    return { relative: part("relative"), absolute: part("absolute") };
  };

  const tolerance = (value: unknown, where: string): Tolerance => {
    const given = value === undefined ? {} : object(value, where);
    const fields = given.fields === undefined ? {} : object(given.fields, `${where}.fields`);
    return {
      ...allowance(given, where),
      fields: new Map(
        Object.entries(fields).map(([field, own]) => {
          const place = `${where}.fields.${field}`;
          return [field, allowance(object(own, place), place)];
        }),
      ),
    };
  };

  const readCase = (value: unknown, index: number): VectorCase => {
    const where = `cases[${index}]`;
    const given = object(value, where);
    const { quantity, id, expected } = given;
    if (typeof quantity !== "string" || quantity === "") throw refuse(`${where}.quantity`, quantity, "a name");
    if (id !== undefined && typeof id !== "string" && typeof id !== "number") throw refuse(`${where}.id`, id, "a name");
    if (expected === undefined) throw refuse(`${where}.expected`, expected, "the expected answer");
    inRange(expected, `${where}.expected`);
    if (!expectsSomething(expected))
      throw refuse(`${where}.expected`, expected, "at least one value: a case that expects nothing checks nothing");
    const input = object(given.input, `${where}.input`);
    inRange(input, `${where}.input`);
    return {
      quantity,
      id: id === undefined ? `[${index}]` : String(id),
      input,
      expected,
      tolerance: tolerance(given.tolerance, `${where}.tolerance`),
      statistical: flag(given.statistical, `${where}.statistical`),
      slow: flag(given.slow, `${where}.slow`),
    };
  };

  const file = object(parseJson(text, name, "vectors"), "the file");
  const [, version] = new RegExp(`^${FORMAT}/(\\d+)$`).exec(String(file.format)) ?? [];
  if (version === undefined) throw refuse("format", file.format, `"${FORMAT}/${VERSION}"`);
  if (Number(version) !== VERSION)
    throw refuse(
      "format",
      file.format,
      `"${FORMAT}/${VERSION}", the version that this landau reads; a newer landau may read it`,
    );
  if (typeof file.system !== "string") throw refuse("system", file.system, "the name of a system");
  if (!Array.isArray(file.cases) || file.cases.length === 0)
    throw refuse("cases", file.cases, "a list of at least one case");
  return { system: file.system, cases: file.cases.map(readCase) };
};

/** Objects may have more keys than are expected, so that one without a value in it, however deep, is met by any answer. An empty list is an answer. */
const expectsSomething = (expected: Json): boolean => {
  if (expected === null || typeof expected !== "object") return true;
  const items: readonly Json[] = Array.isArray(expected) ? expected : Object.values(expected);
  return Array.isArray(expected) && items.length === 0 ? true : items.some(expectsSomething);
};
