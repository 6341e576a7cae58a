/**
 * The one error class of Landau. Its message names the offender, its value and a hint; `kind` lets a caller
 * tell the cases apart without reading the message.
 *
 *     try { ... } catch (error) {
 *       if (isLandauError(error, "input")) console.error(error.message);
 *     }
 *
 * The command line prints the message alone and exits with code 2 (130 for "cancelled", 1 for "engine").
 */
export type ErrorKind =
  /** An argument, setting or name that cannot be used. */
  | "input"
  /** A spec file that cannot be read or does not validate. */
  | "spec"
  /** A run folder that cannot be read, written or continued. */
  | "store"
  /** A file of test vectors that cannot be read. */
  | "vectors"
  /** A computation that left the finite numbers. */
  | "diverged"
  /** A batch system or a queue that refuses or is gone. */
  | "engine"
  /** Stopped on request; the run can be resumed. */
  | "cancelled";

/** Characters of a message. What foreign libraries say of damaged files may hold the file. */
const LONGEST = 2000;

export class LandauError extends Error {
  readonly kind: ErrorKind;

  /** Of a message of more than 2000 characters the middle is left out: the offender stands before it and the hint behind. */
  constructor(kind: ErrorKind, message: string, options?: ErrorOptions) {
    super(message.length > LONGEST ? `${message.slice(0, 1200)} ... ${message.slice(-700)}` : message, options);
    this.name = "LandauError";
    this.kind = kind;
  }
}

/** Recognised by its name, as a user's module may bring a copy of Landau of its own. */
export const isLandauError = (error: unknown, kind?: ErrorKind): error is LandauError =>
  error instanceof Error &&
  error.name === "LandauError" &&
  (kind === undefined || (error as LandauError).kind === kind);

/** What engines of JavaScript say of arrays, memories and texts that they cannot make. */
const TOO_LARGE = /array length|allocation failed|could not allocate|string length|exceeds the supported range/i;

/** And of calls within calls, and of more arguments than a call can have. */
const TOO_DEEP = /call stack/i;

/** As a LandauError of kind "input", where an error says that something is larger than memory holds, or deeper than calls can be; other errors as they are. */
export const explained = (error: unknown): unknown => {
  if (!(error instanceof RangeError)) return error;
  const needs = TOO_LARGE.test(error.message)
    ? "more memory than there can be: smaller settings need less"
    : TOO_DEEP.test(error.message)
      ? "more calls within calls than there can be: what is nested less deeply, or is smaller, needs fewer"
      : undefined;
  return needs ? new LandauError("input", `needs ${needs} (${error.message})`, { cause: error }) : error;
};

/**
 * What another program has printed, for the end of a message: lines of their own, each behind a bar, so that none can be taken for ours. The command line
 * prints all else of a message on one line.
 */
export const quoted = (text: string): string =>
  text
    .split("\n")
    .map(line => `${QUOTES}${line}`)
    .join("");

export const QUOTES = "\n  | ";

/** `invalid("stepSize", -1, "a positive number")` -> "stepSize is -1: needs a positive number". */
export const invalid = (name: string, value: unknown, needs: string): LandauError =>
  new LandauError("input", `${name} is ${show(value)}: needs ${needs}`);

const show = (value: unknown): string => {
  const text = textOf(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
};

/** A value as an error shows it, which must not fail itself: values may hold themselves, bigints, or methods that throw. */
export const textOf = (value: unknown): string => {
  try {
    return (
      (typeof value === "object" || typeof value === "string" ? JSON.stringify(value) : undefined) ?? String(value)
    );
  } catch {
    return `${Array.isArray(value) ? "an array" : "an object"} that is no JSON`;
  }
};
