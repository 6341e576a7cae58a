import type { Json, JsonObject } from "../../src/contracts/json.ts";

/** A case of a file of test vectors, as far as tests look into it. */
export interface Case {
  readonly quantity: string;
  readonly id?: string;
  readonly input: JsonObject;
  readonly expected: JsonObject;
  readonly tolerance: { readonly relative: number; readonly absolute: number };
  readonly slow?: true;
}

/** Paths of all numbers of an expected answer. */
const numbersIn = (value: Json, path: readonly string[] = []): string[][] => {
  if (typeof value === "number") return [[...path]];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, child]) => numbersIn(child, [...path, key]));
};

/** A copy with the number at a path moved by ten times its tolerance; by 1 where it must be met exactly. */
const moved = ({ expected, tolerance }: Case, path: readonly string[]): JsonObject => {
  const copy = structuredClone(expected) as JsonObject;
  let place = copy as { [key: string]: never };
  for (const step of path.slice(0, -1)) place = place[step];
  const last = path.at(-1) as string;
  const value = place[last] as number;
  const by = 10 * (tolerance.absolute + tolerance.relative * Math.abs(value));
  (place as { [key: string]: number })[last] = value + (by === 0 ? 1 : by);
  return copy;
};

/** As many numbers of a long answer are moved, spread over all of it. */
const MOST = 25;

/** Copies of what a case expects, each with one number moved by ten times its tolerance, and the path of that number. */
export const movedCopies = (entry: Case): readonly { readonly path: string; readonly expected: JsonObject }[] => {
  const paths = numbersIn(entry.expected);
  const every = Math.ceil(paths.length / MOST);
  return paths.filter((_, k) => k % every === 0).map(path => ({ path: path.join("."), expected: moved(entry, path) }));
};
