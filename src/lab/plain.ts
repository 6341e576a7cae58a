import type { Json } from "../contracts/json.ts";
import type { Answer } from "../contracts/system.ts";

/**
 * An answer as JSON: typed arrays become lists, and fields that are undefined go. A number that is not finite is null, as in JSON.
 * Throws a TypeError for what cannot be written, such as a function.
 */
export const plain = (value: Answer | undefined): Json => {
  if (value === null || value === undefined) return null;
  if (typeof value === "number") return Number.isFinite(value) ? value : null;
  if (typeof value === "string" || typeof value === "boolean") return value;
  if (Array.isArray(value)) return value.map(plain);
  if (ArrayBuffer.isView(value)) return Array.from(value as unknown as ArrayLike<number>, plain);
  if (typeof value !== "object") throw new TypeError(`${typeof value} is no JSON`);
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, entry]) => entry !== undefined)
      .map(([name, entry]) => [name, plain(entry as Answer)]),
  );
};
