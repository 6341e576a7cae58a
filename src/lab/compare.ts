import type { Json } from "../contracts/json.ts";

/** A number is right when |actual - expected| <= absolute + relative |expected|. */
export interface Allowance {
  readonly relative: number;
  readonly absolute: number;
}

export interface Tolerance extends Allowance {
  /** A key's own allowance, for everything below that key. */
  readonly fields: ReadonlyMap<string, Allowance>;
}

export interface Difference {
  /** Where it is: `levels[2].loss`; empty for the whole. */
  readonly path: string;
  readonly expected: Json;
  /** What was there instead; "NaN", "Infinity" and "missing" in words, for JSON has none of them. */
  readonly actual: Json;
  /** The largest |actual - expected| that would have passed; null where only equality does. */
  readonly allowed: number | null;
}

/**
 * Everything in which an answer differs from what was expected. Strings, booleans and null must be equal, arrays equally
 * long; an object must have every expected key and may have more. Differences come in the order of the expected value.
 */
export const compare = (actual: unknown, expected: Json, tolerance: Tolerance): Difference[] => {
  const differences: Difference[] = [];

  const visit = (actual: unknown, expected: Json, path: string, allowance: Allowance): void => {
    const differs = (allowed: number | null) => differences.push({ path, expected, actual: inWords(actual), allowed });
    if (typeof expected === "number") {
      const allowed = allowance.absolute + allowance.relative * Math.abs(expected);
      // Written so that a NaN on either side does not pass.
      if (!(typeof actual === "number" && Math.abs(actual - expected) <= allowed)) differs(allowed);
    } else if (isArray(expected)) {
      if (!Array.isArray(actual) || actual.length !== expected.length) differs(null);
      else for (const [i, item] of expected.entries()) visit(actual[i], item, `${path}[${i}]`, allowance);
    } else if (expected !== null && typeof expected === "object") {
      if (actual === null || typeof actual !== "object" || Array.isArray(actual)) differs(null);
      else
        for (const [key, value] of Object.entries(expected)) {
          const below = path === "" ? key : `${path}.${key}`;
          const present = Object.hasOwn(actual, key) ? (actual as { [key: string]: unknown })[key] : undefined;
          visit(present, value, below, tolerance.fields.get(key) ?? allowance);
        }
    } else if (actual !== expected) differs(null);
  };

  visit(actual, expected, "", tolerance);
  return differences;
};

const isArray = (value: Json): value is readonly Json[] => Array.isArray(value);

const inWords = (value: unknown): Json => {
  if (value === undefined) return "missing";
  return typeof value === "number" && !Number.isFinite(value) ? String(value) : (value as Json);
};
