import { readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { type Command, CommanderError, type Option } from "commander";
import { expect, test } from "vitest";
import type { Session } from "../../src/cli/session.ts";
import type { System } from "../../src/contracts/system.ts";
import { isLandauError } from "../../src/errors.ts";
import { listedSystems } from "../../src/systems/index.ts";

const folder = resolve(import.meta.dirname, "../../src/cli/commands");
const system: System = await listedSystems.superposition.load();

/** Every command as the command line makes it, with the settings of a system where it has those. */
const commands: readonly Command[] = await Promise.all(
  readdirSync(folder).map(async file => {
    const made = await import(join(folder, file));
    const make = Object.values(made).find(each => typeof each === "function") as (session: Session) => Command;
    const output = { write: () => {} };
    const { signal } = new AbortController();
    return make({ terminal: { stdout: output, stderr: output, env: {}, signal }, call: "landau", system, exitCode: 0 });
  }),
);

/** What an option makes of a word: a value, or the message with which it refuses. */
const given = (option: Option, word: string): { readonly value: unknown; readonly refusal?: string } => {
  try {
    return { value: option.parseArg ? option.parseArg(word, undefined as never) : word };
  } catch (error) {
    if (!(error instanceof CommanderError) && !isLandauError(error, "input")) throw error;
    return { value: undefined, refusal: error.message };
  }
};

const options = commands.flatMap(command =>
  command.options
    .filter(({ required, hidden }) => required && !hidden)
    .map(option => [`${command.name()} ${option.long}`, option] as const),
);
/** Those that take a number: they make one of "64" or "0.5", and the others leave words as they are. */
const numeric = options.filter(([, option]) =>
  ["1000", "64", "0.5"].some(word => typeof given(option, word).value === "number"),
);

/** Words that are no decimal number, or none that there is. */
const NO_NUMBERS = [
  "",
  " ",
  "NaN",
  "Infinity",
  "-Infinity",
  "0x10",
  "0b1",
  "1e400",
  "-1e400",
  "1_000",
  "1,5",
  " 5",
  "5 ",
  "٣",
  "1n",
  "true",
  "null",
  "[5]",
  "5;",
  "--5",
  "9".repeat(400),
];
/** Numbers at the ends of what there is. */
const EXTREMES = [
  "0",
  "-0",
  "-1",
  "5e-324",
  "1e-308",
  "1.7976931348623157e308",
  "-1.7976931348623157e308",
  "9007199254740991",
  "9007199254740992",
  "-9007199254740992",
  "4294967296",
  "2147483648",
];

test("every numeric option is tried", () => {
  expect(commands.length).toBe(31);
  const names = numeric.map(([name]) => name);
  for (const name of [
    "train --seed",
    "train --workers",
    "train --epochs",
    "sample --draws",
    "coefficient --budget",
    "dissimilarity --bins",
    "diagnose --nBeta",
    "sweep --budget",
    "prune --keep",
    "run --shards",
    "audit --chance",
  ])
    expect(names).toContain(name);
  const described = options
    .filter(([, { flags }]) => /<(number|seconds|days|share|tokens)>/.test(flags))
    .map(([name]) => name);
  expect(described.filter(name => !names.includes(name))).toEqual([]);
});

/** The option, what was given, and what it needs. */
const REFUSAL = /^\S.* is .*: needs .*number/;

test.each(numeric)("%s takes decimal numbers of its range alone", (_, option) => {
  for (const word of NO_NUMBERS) {
    const { value, refusal = "" } = given(option, word);
    expect([word, value]).toEqual([word, undefined]);
    expect(refusal).toMatch(REFUSAL);
    expect(refusal.length).toBeLessThan(240);
  }
  for (const word of EXTREMES) {
    const { value, refusal } = given(option, word);
    if (refusal !== undefined) expect(refusal).toMatch(REFUSAL);
    else expect([word, value]).toEqual([word, Number(word) + 0]);
  }
});
