import * as z from "zod";
import type { Study } from "../contracts/protocol.ts";
import { invalid, LandauError } from "../errors.ts";
import { type FastModeName, fastModeNames } from "./fast-modes.ts";
import { unknownWord } from "./nearest.ts";

/** What to run: read from a file, built by a command or by a program. */
export interface Spec {
  /** Version of this format. 1 when absent. */
  readonly landau?: 1;
  readonly system: string;
  /** Names the run; free text. */
  readonly title?: string;
  /** Seed of all random numbers; a safe integer >= 0. */
  readonly seed: number;
  /** Faster ways of computing, which may make other bits; none, so the deterministic mode, when absent. */
  readonly fast?: readonly FastModeName[];
  readonly studies: readonly Study[];
  /** Names of the claims to judge in the end; none when absent. */
  readonly claims?: readonly string[];
}

/** The version of the spec format, which is also the version of what a task's name means. */
export const SPEC_VERSION = 1;

/** A place in a spec: keys and places in lists, from the outside in. */
export type SpecPath = readonly (string | number)[];
/** How a place is called in an error message. */
export type PlaceName = (path: SpecPath) => string;

/** `["studies", 1, "settings", "rate"]` -> "studies[1].settings.rate" */
export const pathName: PlaceName = path =>
  path.length === 0
    ? "the spec"
    : path.map((step, i) => (typeof step === "number" ? `[${step}]` : i === 0 ? step : `.${step}`)).join("");

const MAX_CHAINS = 1_000_000;
const count = `a whole number between 1 and ${MAX_CHAINS}`;

const settings = z.record(z.string(), z.union([z.number(), z.string()]));

const studySchema = z.strictObject({
  name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_-]{0,63}$/),
  protocol: z.string(),
  chains: z.int().min(1).max(MAX_CHAINS),
  chunk: z.int().min(1).max(MAX_CHAINS).optional(),
  settings,
  earlier: z.array(settings).optional(),
  planning: z.array(z.string()).optional(),
});

const specSchema = z.strictObject({
  landau: z.literal(SPEC_VERSION).optional(),
  system: z.string(),
  title: z.string().min(1).max(80).optional(),
  seed: z.int().min(0),
  fast: z.array(z.enum(fastModeNames)).optional(),
  studies: z.array(studySchema),
  claims: z.array(z.string()).optional(),
});

/** What a field needs, by its name; those below `settings` are all alike. */
const needs: { readonly [field: string]: string } = {
  landau: `${SPEC_VERSION}, the version of the format that this Landau reads`,
  system: "the name of a system",
  title: "a string of 1 to 80 characters",
  seed: "a whole number from 0 to 9007199254740991",
  fast: "a list of fast modes",
  studies: "a list of studies",
  claims: "a list of names of claims",
  name: "1 to 64 letters, digits, - or _, beginning with a letter or digit",
  protocol: "the name of a protocol",
  chains: count,
  chunk: count,
  settings: "a table of settings",
  earlier: "a list of tables of settings",
  planning: "a list of names of settings",
};

/** What an entry of a list needs, by the name of the list. */
const needsOfEntry: { readonly [list: string]: string } = {
  fast: `one of ${fastModeNames.join(", ")}`,
  studies: "a table with name, protocol, chains",
  claims: "the name of a claim",
};

const needsOf = (path: SpecPath): string => {
  const last = path.at(-1);
  if (path.length === 0) return "a table with system, seed and studies";
  if (path.length > 3) return "a number or a string";
  if (typeof last === "number") return needsOfEntry[path[0]];
  return needs[last as string];
};

/**
 * Checks the shape of a spec from outside; systems, protocols and settings are checked by `completeSpec`. Throws a
 * LandauError of kind "spec" that names the place, the value and what it needs.
 */
export const checkSpec = (value: unknown, place: PlaceName = pathName): Spec => {
  const result = specSchema.safeParse(value, { reportInput: true });
  if (!result.success) {
    // An unknown key is most likely a mistyped one, and explains why another is missing.
    const issues = result.error.issues;
    const issue = issues.find(({ code }) => code === "unrecognized_keys") ?? issues[0];
    const path = issue.path as SpecPath;
    if (issue.code === "unrecognized_keys") {
      const known = Object.keys((path.length === 0 ? specSchema : studySchema).shape);
      throw new LandauError("spec", `${place([...path, issue.keys[0]])}: ${unknownWord("key", issue.keys[0], known)}`);
    }
    throw refuse(place(path), issue.input, needsOf(path));
  }
  const spec: Spec = result.data;
  if (spec.studies.length === 0 && !spec.claims?.length)
    throw refuse(place(["studies"]), [], "at least one study, or claims that need none");
  // The schema drops this key, which JSON and TOML can hold, without a word.
  const hidden = (value as Spec).studies.findIndex(({ settings, earlier = [] }) =>
    [settings, ...earlier].some(each => Object.hasOwn(each, "__proto__")),
  );
  if (hidden >= 0) throw refuse(place(["studies", hidden, "settings"]), "__proto__", "names of settings");
  // Names become file names, which some file systems compare without regard to case.
  const names = spec.studies.map(({ name }) => name.toLowerCase());
  const twice = names.findIndex((name, i) => names.indexOf(name) < i);
  if (twice >= 0) throw refuse(place(["studies", twice, "name"]), spec.studies[twice].name, "a name of its own");
  return spec;
};

/** "studies[0].chains is 0: needs a whole number between 1 and 1000000" */
export const refuse = (place: string, value: unknown, needs: string): LandauError =>
  new LandauError(
    "spec",
    value === undefined ? `${place} is missing: needs ${needs}` : invalid(place, value, needs).message,
  );
