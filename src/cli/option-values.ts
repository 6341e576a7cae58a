import type { Control } from "../contracts/field.ts";
import { invalid } from "../errors.ts";

interface Range {
  readonly min?: number;
  readonly max?: number;
}

/** "between 3 and 64", "at least 3", or nothing. */
const rangeText = ({ min, max }: Range): string => {
  if (min !== undefined && max !== undefined) return `between ${min} and ${max}`;
  if (min !== undefined) return `at least ${min}`;
  return max === undefined ? "" : `at most ${max}`;
};

/** A parser of whole numbers for an option; throws a LandauError that names it. */
export const wholeNumber =
  (name: string, { min = 0, max = Number.MAX_SAFE_INTEGER }: Range = {}) =>
  (text: string): number => {
    const value = /^-?\d+$/.test(text) ? Number(text) : Number.NaN;
    if (!(value >= min && value <= max)) throw invalid(name, text, `a whole number ${rangeText({ min, max })}`);
    return value;
  };

const DECIMAL = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i;

/** The value that a text gives to a control. Throws a LandauError of kind "input" that names it and its range. */
export const controlValue = (name: string, text: string, control: Control): number | string => {
  if (control.kind === "choice") {
    if (!control.choices.includes(text)) throw invalid(name, text, `one of ${control.choices.join(", ")}`);
    return text;
  }
  const kind = control.kind === "integer" ? "a whole number" : "a number";
  const needs = `${kind} ${rangeText(control)}`.trimEnd();
  const value = DECIMAL.test(text) ? Number(text) : Number.NaN;
  const { min = Number.NEGATIVE_INFINITY, max = Number.POSITIVE_INFINITY } = control;
  if (!Number.isFinite(value) || value < min || value > max)
    throw invalid(name, Number.isNaN(value) ? text : value, needs);
  if (control.kind === "integer" && !Number.isSafeInteger(value)) throw invalid(name, value, needs);
  return value;
};

/** What a control allows and where it stands, for help. */
export const controlText = (control: Control): string => {
  const { summary, default: standard } = control;
  if (control.kind === "choice") return `${summary} (one of ${control.choices.join(", ")}; default ${standard})`;
  const range = rangeText(control);
  const unit = control.unit ? ` ${control.unit}` : "";
  return `${summary} (${control.kind === "integer" ? "whole number" : "number"}${range && ` ${range}`}${unit}; default ${standard})`;
};
