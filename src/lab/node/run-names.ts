import { closeSync, existsSync, openSync, readdirSync, readSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { callText } from "../../call-text.ts";
import { LandauError } from "../../errors.ts";
import { nearest } from "../nearest.ts";
import { guarded } from "./files.ts";

/** The folders that may be runs. */
const runNames = (folder: string): readonly string[] => {
  if (!existsSync(folder)) return [];
  return guarded("read", folder, () => readdirSync(folder, { withFileTypes: true }))
    .filter(entry => entry.isDirectory() && !entry.name.startsWith("."))
    .map(({ name }) => name);
};

/** `<system>-<title>-<yyyymmdd-hhmmss>`, with a number behind it when two runs began in one second. */
const STAMPED = /^(.+)-(\d{8}-\d{6})(?:-(\d+))?$/;

/** The part of a run's name that says what was run, and the one that says when. A folder of another name is all of the first. */
export const partsOfName = (name: string): { readonly kind: string; readonly stamp: string } => {
  const [, kind = name, stamp = "", more] = STAMPED.exec(name) ?? [];
  return { kind, stamp: more === undefined ? stamp : `${stamp}-${more}` };
};

/** The folders that may be runs, by when they were begun; those that do not say it come first. */
export const namesByDate = (folder: string): readonly string[] =>
  runNames(folder)
    .map(name => ({ name, created: createdIn(join(folder, name, "run.json")) }))
    .sort((a, b) => compareText(a.created, b.created) || compareText(a.name, b.name))
    .map(({ name }) => name);

/** Bytes at the beginning of `run.json` in which its date stands. */
const BEGINNING = 512;

/** Empty for a run that does not say it, or cannot be read: whoever opens it learns why. */
const createdIn = (path: string): string => {
  try {
    const file = openSync(path, "r");
    try {
      const bytes = new Uint8Array(BEGINNING);
      const text = new TextDecoder("latin1").decode(bytes.subarray(0, readSync(file, bytes, 0, BEGINNING, 0)));
      return /"created":\s*"([^"]+)"/.exec(text)?.[1] ?? "";
    } finally {
      closeSync(file);
    }
  } catch {
    return "";
  }
};

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/**
 * The folder of a run: given as that folder; as the run's name, its beginning or its date when no other run's name has it; as a system's name, with
 * or without the title of its runs, for the latest of them; or as "last". Throws a LandauError of kind "store" that suggests the nearest name.
 */
export const findRun = (name: string, folder: string): string => {
  const refuse = (why: string) => new LandauError("store", `no run ${JSON.stringify(name)} in ${folder}: ${why}`);
  if (existsSync(join(name, "run.json"))) return name;
  const names = namesByDate(folder);
  if (names.length === 0) throw refuse("there are no runs");
  if (name === "last") return join(folder, names[names.length - 1]);
  if (names.includes(name)) return join(folder, name);
  // A folder without run.json is worth its own message.
  if (existsSync(name) && names.includes(basename(name)) && resolve(dirname(name)) === resolve(folder)) return name;
  const ofKind = names.filter(candidate => `${partsOfName(candidate).kind}-`.startsWith(`${name}-`));
  if (ofKind.length > 0) return join(folder, ofKind[ofKind.length - 1]);
  const dated = names.filter(candidate => partsOfName(candidate).stamp === name);
  const matching = dated.length > 0 ? dated : names.filter(candidate => candidate.startsWith(name));
  if (matching.length === 1 && name !== "") return join(folder, matching[0]);
  if (matching.length > 1) throw refuse(`${matching.length} begin so: ${matching.slice(0, 5).join(", ")}`);
  const meant = nearest(name, names);
  throw refuse(meant === undefined ? `${callText("runs")} lists them` : `did you mean ${meant}?`);
};
