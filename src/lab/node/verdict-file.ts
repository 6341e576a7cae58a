import { join } from "node:path";
import type { Verdict } from "../../contracts/claim.ts";
import { LandauError } from "../../errors.ts";
import { parseJson } from "../json-text.ts";
import { readIfThere, writeAtomically } from "./files.ts";

export const VERDICTS = "verdicts.json";

/** JSON has no infinity, which an open range needs, and no NaN, which a failed measurement gives. */
const unusual = ["NaN", "Infinity", "-Infinity"];

export const writeVerdicts = (folder: string, verdicts: readonly Verdict[]): void =>
  writeAtomically(
    join(folder, VERDICTS),
    `${JSON.stringify(verdicts, (_, value) => (typeof value === "number" && !Number.isFinite(value) ? String(value) : value), 2)}\n`,
  );

/** Empty when none were judged yet. */
export const readVerdicts = (folder: string): readonly Verdict[] => {
  const path = join(folder, VERDICTS);
  const bytes = readIfThere(path);
  if (!bytes) return [];
  const verdicts = parseJson(new TextDecoder().decode(bytes), path, "store");
  if (!Array.isArray(verdicts)) throw new LandauError("store", `${path} is corrupt: it holds no list of verdicts`);
  return verdicts.map(restore) as unknown as Verdict[];
};

const restore = (value: unknown): unknown => {
  if (typeof value === "string" && unusual.includes(value)) return Number(value);
  if (Array.isArray(value)) return value.map(restore);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, restore(item)]));
};
