import type { JsonObject } from "../contracts/json.ts";
import type { RunRecord } from "../contracts/protocol.ts";
import { invalid, LandauError } from "../errors.ts";

/** Kinds and snapshot names become parts of file names. */
const NAME = /^[A-Za-z][A-Za-z0-9-]{0,63}$/;

/** Ends the log of a finished task. */
export const DONE = "done";

export const checkName = (what: string, name: string): void => {
  if (!NAME.test(name) || name === DONE)
    throw invalid(what, name, `1 to 64 letters, digits or -, beginning with a letter, and not "${DONE}"`);
};

/**
 * The line of a log that holds a record: JSON with kind and chain first, then the fields in the order they were given.
 * Throws a LandauError of kind "diverged" for a number that is not finite, naming the field.
 */
export const recordLine = (kind: string, chain: number, fields: JsonObject): string => {
  checkName("a record's kind", kind);
  for (const [name, value] of Object.entries(fields)) {
    if (name === "kind" || name === "chain") throw invalid("a record's field", name, "another name: the log writes it");
    checkJson(value, `${name} of record "${kind}"`);
  }
  return JSON.stringify({ kind, chain, ...fields });
};

/** Throws for what JSON cannot hold; a number that is not finite is a LandauError of kind "diverged". */
export const checkJson = (value: unknown, where: string): void => {
  if (typeof value === "number") {
    if (!Number.isFinite(value))
      throw new LandauError("diverged", `${where} is ${value}: the computation left the finite numbers`);
  } else if (Array.isArray(value)) {
    for (const [i, item] of value.entries()) checkJson(item, `${where}[${i}]`);
  } else if (value !== null && typeof value === "object" && Object.getPrototypeOf(value) === Object.prototype) {
    for (const [key, item] of Object.entries(value)) checkJson(item, `${key} in ${where}`);
  } else if (value !== null && typeof value !== "string" && typeof value !== "boolean") {
    throw new TypeError(`${where} is ${typeof value === "object" ? value.constructor?.name : typeof value}, not JSON`);
  }
};

/** A record of a log line; undefined for a line that is none. */
export const parseRecord = (line: string): RunRecord | undefined => {
  try {
    const value = JSON.parse(line);
    return typeof value?.kind === "string" && Number.isSafeInteger(value.chain) ? value : undefined;
  } catch {
    return undefined;
  }
};
