import { invalid } from "../errors.ts";
import type { Json, JsonObject } from "./json.ts";

/** A single number; `above` is an exclusive lower bound, the others are inclusive. */
export interface NumberField {
  readonly kind: "number" | "integer";
  readonly summary: string;
  readonly default?: number;
  readonly min?: number;
  readonly max?: number;
  readonly above?: number;
  /** How a slider or an axis should run. Linear when absent. */
  readonly scale?: "linear" | "log";
  readonly unit?: string;
  /** Names that it had in earlier versions: the error for one names the new one. */
  readonly formerly?: readonly string[];
  readonly optional?: true;
}

/** One of a few words. */
export interface ChoiceField {
  readonly kind: "choice";
  readonly summary: string;
  readonly default?: string;
  readonly choices: readonly string[];
  readonly formerly?: readonly string[];
  readonly optional?: true;
}

interface Other {
  readonly summary: string;
  /** May be left out. */
  readonly optional?: true;
}

/**
 * What a formula, a protocol or a system asks for, declared once: help, checks, readers and typed values follow from it. Settings are
 * numbers and choices (`Control`); theory and test vectors ask for the rest too.
 */
export type Field =
  | NumberField
  | ChoiceField
  | ({ readonly kind: "flag"; readonly default?: boolean } & Other)
  | ({ readonly kind: "text" } & Other)
  /** A number, or a string that stands for a fraction: "1/4". */
  | ({ readonly kind: "exact" } & Other)
  /** With `length`, so many entries; with `least`, at least so many. */
  | ({ readonly kind: "list"; readonly of: Field; readonly length?: number; readonly least?: number } & Other)
  /** A list of rows of finite numbers, all of one length. */
  | ({ readonly kind: "matrix"; readonly square?: true } & Other)
  /** Without `fields` any object, left as it is. */
  | ({ readonly kind: "object"; readonly fields?: Fields } & Other)
  /** Anything, read by whoever asked for it. */
  | ({ readonly kind: "json" } & Other);

export type Fields = { readonly [name: string]: Field };

/** A knob: what may be turned, within which range, and where it stands when nobody touches it. */
export type Control = (NumberField & { readonly default: number }) | (ChoiceField & { readonly default: string });
export type Controls = { readonly [name: string]: Control };
/** The value of each control by name. */
export type Settings = { readonly [name: string]: number | string };

/** The type of a field's value. */
export type ValueOf<F> = F extends { readonly kind: "number" | "integer" }
  ? number
  : F extends { readonly kind: "choice"; readonly choices: readonly (infer Choice)[] }
    ? Choice
    : F extends { readonly kind: "flag" }
      ? boolean
      : F extends { readonly kind: "text" }
        ? string
        : F extends { readonly kind: "exact" }
          ? number | string
          : F extends { readonly kind: "list"; readonly of: infer Entry }
            ? readonly ValueOf<Entry>[]
            : F extends { readonly kind: "matrix" }
              ? readonly (readonly number[])[]
              : F extends { readonly kind: "object"; readonly fields: infer Inner }
                ? ValuesOf<Inner>
                : F extends { readonly kind: "object" }
                  ? JsonObject
                  : Json;

/** The types of the values of declared fields, by name. */
export type ValuesOf<Declared> = {
  readonly [name in keyof Declared]: Declared[name] extends { readonly optional: true }
    ? ValueOf<Declared[name]> | undefined
    : ValueOf<Declared[name]>;
};

/*
 * Constructors: `weightDecay: number("weight decay", { default: 0.5, min: 0, formerly: ["gamma"] })`.
 */

type Rest<F, Without extends string> = Omit<F, "kind" | "summary" | Without>;

export const number = <const Options extends Rest<NumberField, never>>(summary: string, options?: Options) =>
  ({ kind: "number", summary, ...options }) as { readonly kind: "number"; readonly summary: string } & Options;

export const integer = <const Options extends Rest<NumberField, never>>(summary: string, options?: Options) =>
  ({ kind: "integer", summary, ...options }) as { readonly kind: "integer"; readonly summary: string } & Options;

/** The first of the choices is the default when no other is named. */
export const choice = <const Choice extends string, const Options extends Rest<ChoiceField, "choices">>(
  summary: string,
  choices: readonly Choice[],
  options?: Options,
) =>
  ({ kind: "choice", summary, default: choices[0], choices, ...options }) as {
    readonly kind: "choice";
    readonly summary: string;
    readonly default: Choice;
    readonly choices: readonly Choice[];
  } & Options;

export const list = <
  const Of extends Field,
  const Options extends { readonly length?: number; readonly least?: number; readonly optional?: true },
>(
  summary: string,
  of: Of,
  options?: Options,
) =>
  ({ kind: "list", summary, of, ...options }) as {
    readonly kind: "list";
    readonly summary: string;
    readonly of: Of;
  } & Options;

/** A list of finite numbers. */
export const numbers = <
  const Options extends { readonly length?: number; readonly least?: number; readonly optional?: true },
>(
  summary: string,
  options?: Options,
) => list(summary, number("entry"), options);

export const matrix = <const Options extends { readonly square?: true; readonly optional?: true }>(
  summary: string,
  options?: Options,
) => ({ kind: "matrix", summary, ...options }) as { readonly kind: "matrix"; readonly summary: string } & Options;

export const flag = <const Options extends { readonly default?: boolean; readonly optional?: true }>(
  summary: string,
  options?: Options,
) => ({ kind: "flag", summary, ...options }) as { readonly kind: "flag"; readonly summary: string } & Options;

/** The names of a table as choices: `choices: namesOf(activations)`. */
export const namesOf = <Table extends object>(table: Table): readonly (keyof Table & string)[] =>
  Object.keys(table) as (keyof Table & string)[];

/** The default of each control. */
export const defaultsOf = <Declared extends Controls>(controls: Declared): ValuesOf<Declared> =>
  Object.fromEntries(Object.entries(controls).map(([name, control]) => [name, control.default])) as ValuesOf<Declared>;

/** The same controls with other defaults. */
export const withDefaults = <Declared extends Controls>(
  controls: Declared,
  defaults: Partial<ValuesOf<Declared>>,
): Declared =>
  Object.fromEntries(
    Object.entries(controls).map(([name, control]) => [
      name,
      Object.hasOwn(defaults, name) ? { ...control, default: defaults[name] } : control,
    ]),
  ) as Controls as Declared;

/** "between 3 and 64", "at least 3", or nothing. */
export const rangeText = ({ min, max, above }: Pick<NumberField, "min" | "max" | "above">): string => {
  if (above !== undefined) return `above ${above}${max === undefined ? "" : ` and at most ${max}`}`;
  if (min !== undefined && max !== undefined) return `between ${min} and ${max}`;
  if (min !== undefined) return `at least ${min}`;
  return max === undefined ? "" : `at most ${max}`;
};

/** What a field needs, in words: "a whole number between 3 and 64". */
export const needsOf = (field: Field): string => {
  switch (field.kind) {
    case "number":
    case "integer":
      return `${field.kind === "integer" ? "a whole number" : rangeText(field) ? "a number" : "a finite number"} ${rangeText(field)}`.trimEnd();
    case "choice":
      return `one of ${field.choices.join(", ")}`;
    case "flag":
      return "true or false";
    case "text":
      return "a string";
    case "exact":
      return 'a number, or a fraction such as "1/4"';
    case "list": {
      const { of, length, least } = field;
      const count = length !== undefined ? `${length} entries` : least ? `at least ${least} entries` : "entries";
      return `a list of ${count}, each ${needsOf(of)}`;
    }
    case "matrix":
      return field.square ? "a square matrix as a list of rows of numbers" : "a list of rows of numbers";
    case "object":
      return field.fields ? `an object with ${Object.keys(field.fields).join(", ")}` : "an object";
    case "json":
      return "a value";
  }
};

/** Whether a value is one that a control allows. */
export const isAllowed = (control: Control, value: unknown): boolean => {
  try {
    readField(control, value as Json, "");
    return true;
  } catch {
    return false;
  }
};

/** The value of one field. Throws a LandauError of kind "input" that names the place, the value and what it needs. */
export const readField = <F extends Field>(field: F, value: Json | undefined, name: string): ValueOf<F> =>
  read(field, value, name) as ValueOf<F>;

/**
 * The values of declared fields in an object from outside; a field that is missing has its default unless `strict`. Fields that nobody
 * declared are left alone. Throws a LandauError of kind "input" that names the field, its value and what it needs.
 */
export const readFields = <Declared extends Fields>(
  fields: Declared,
  input: JsonObject,
  { strict = false, within = "" }: { readonly strict?: boolean; readonly within?: string } = {},
): ValuesOf<Declared> => {
  const values: { [name: string]: unknown } = {};
  for (const [name, field] of Object.entries(fields)) {
    const place = within === "" ? name : `${within}.${name}`;
    const given = Object.hasOwn(input, name) ? input[name] : undefined;
    if (given === undefined && "default" in field && field.default !== undefined && !strict)
      values[name] = field.default;
    else if ((given === undefined || given === null) && field.optional) values[name] = undefined;
    else values[name] = read(field, given, place);
  }
  return values as ValuesOf<Declared>;
};

const read = (field: Field, value: Json | undefined, name: string): unknown => {
  const refuse = () => invalid(name, value, needsOf(field));
  switch (field.kind) {
    case "number":
    case "integer": {
      const { min = -Infinity, max = Infinity, above = -Infinity } = field;
      if (typeof value !== "number" || !Number.isFinite(value)) throw refuse();
      if (field.kind === "integer" && !Number.isSafeInteger(value)) throw refuse();
      if (value < min || value > max || value <= above) throw refuse();
      // -0 would be another number with the same name: as JSON it is 0.
      return value + 0;
    }
    case "choice":
      if (typeof value !== "string" || !field.choices.includes(value)) throw refuse();
      return value;
    case "flag":
      if (typeof value !== "boolean") throw refuse();
      return value;
    case "text":
      if (typeof value !== "string") throw refuse();
      return value;
    case "exact":
      if (typeof value !== "string" && !(typeof value === "number" && Number.isFinite(value))) throw refuse();
      return value;
    case "list": {
      const { of, length, least = 0 } = field;
      if (!Array.isArray(value) || value.length < least || (length !== undefined && value.length !== length))
        throw refuse();
      return value.map((entry: Json, i) => read(of, entry, `${name}[${i}]`));
    }
    case "matrix":
      return readMatrix(value, name, field.square ? "square" : undefined);
    case "object":
      if (typeof value !== "object" || value === null || Array.isArray(value)) throw refuse();
      return field.fields ? readFields(field.fields, value as JsonObject, { strict: true, within: name }) : value;
    case "json":
      if (value === undefined) throw refuse();
      return value;
  }
};

const NUMBER: Field = { kind: "number", summary: "" };

/** A matrix by rows. `shape` names how many rows and columns are wanted, "square" that they are as many. */
export const readMatrix = (
  value: Json | undefined,
  name: string,
  shape?: "square" | { readonly rows?: number; readonly columns?: number },
): readonly (readonly number[])[] => {
  if (!Array.isArray(value) || value.length === 0) throw invalid(name, value, "a list of rows of numbers");
  const wanted = shape === "square" ? { rows: value.length, columns: value.length } : shape;
  if (wanted?.rows !== undefined && value.length !== wanted.rows) throw invalid(name, value, `${wanted.rows} rows`);
  const columns = wanted?.columns ?? (Array.isArray(value[0]) ? value[0].length : 0);
  const row: Field = { kind: "list", of: NUMBER, length: columns, summary: "" };
  return value.map((entry: Json, i) => read(row, entry, `${name}[${i}]`) as readonly number[]);
};
