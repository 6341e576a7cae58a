import {
  type Field,
  type NumberField,
  needsOf,
  number,
  rangeText,
  readField,
  type ValueOf,
} from "../contracts/field.ts";
import type { Json } from "../contracts/json.ts";
import { invalid } from "../errors.ts";

interface Range {
  readonly min?: number;
  readonly max?: number;
}

/** A parser of whole numbers for an option; throws a LandauError that names it. */
export const wholeNumber =
  (name: string, { min = 0, max = Number.MAX_SAFE_INTEGER }: Range = {}) =>
  (text: string): number => {
    const value = /^-?\d+$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= min && value <= max)) throw invalid(name, text, `a whole number ${rangeText({ min, max })}`);
    // Without the sign of -0.
    return value + 0;
  };

/** The same of numbers that are written in decimals. */
export const decimalNumber =
  (name: string, range: Pick<NumberField, "min" | "max" | "above"> = {}) =>
  (text: string): number =>
    fieldValue(name, text, number("", range));

const DECIMAL = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;

/**
 * The value that a word gives to a field: numbers, words and true or false as they are, lists and objects as JSON. Throws a LandauError of
 * kind "input" that names the option, what was given and what it needs.
 */
export const fieldValue = <F extends Field>(name: string, text: string, field: F): ValueOf<F> => {
  switch (field.kind) {
    case "number":
    case "integer":
      if (!DECIMAL.test(text)) throw invalid(name, text, needsOf(field));
      return readField(field, Number(text), name);
    case "exact":
      return readField(field, DECIMAL.test(text) ? Number(text) : text, name);
    case "choice":
    case "text":
      return readField(field, text, name);
    default: {
      let value: Json;
      try {
        value = JSON.parse(text);
      } catch {
        throw invalid(name, text, `${needsOf(field)}, as JSON`);
      }
      return readField(field, value, name);
    }
  }
};

/** What a field allows and where it stands, for help. */
export const fieldText = (field: Field): string => {
  const { summary } = field;
  const standard = "default" in field && field.default !== undefined ? `; default ${field.default}` : "";
  if (field.kind !== "number" && field.kind !== "integer") return `${summary} (${needsOf(field)}${standard})`;
  const unit = field.unit ? ` ${field.unit}` : "";
  const range = rangeText(field);
  return `${summary} (${field.kind === "integer" ? "whole number" : "number"}${range && ` ${range}`}${unit}${standard})`;
};
