/**
 * All mutants. A list groups them by file: `tests` are the ones that should notice, and each mutant is [the text that stands once in the file, what
 * replaces it, what that means, and, for one that changes nothing which could be observed, why].
 */
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseSync } from "rolldown/utils";
import { bounds } from "./bounds.mjs";
import { coefficient } from "./coefficient.mjs";
import { engine } from "./engine.mjs";
import { lab } from "./lab.mjs";
import { learning } from "./learning.mjs";
import { numerics } from "./numerics.mjs";
import { readers } from "./readers.mjs";
import { sampling } from "./sampling.mjs";
import { systems } from "./systems.mjs";
import { transitions } from "./transitions.mjs";
import { verdicts } from "./verdicts.mjs";

export const lists = {
  numerics,
  sampling,
  coefficient,
  transitions,
  engine,
  learning,
  verdicts,
  readers,
  bounds,
  lab,
  systems,
};

/** Each with its `name`, as `numerics/log-gamma#1`, `file`, `tests`, `from`, `to`, `means` and `same`. */
export const mutants = Object.values(lists).flatMap(groups =>
  groups.flatMap(({ file, tests, mutants }) =>
    mutants.map(([from, to, means, same], i) => ({
      name: `${file.replace(/^src\//, "").replace(/\.ts$/, "")}#${i + 1}`,
      ...{ file, tests: tests.map(lengthened), from, to, means, same },
    })),
  ),
);

/** A list names tests whether they are short or long: a file that becomes long keeps its mutants. */
function lengthened(test) {
  const long = test.replace(/\.test\.ts$/, ".long.test.ts");
  return existsSync(resolve(import.meta.dirname, "../..", long)) ? long : test;
}

/** The text of its file `before` and `after` the change. */
export const mutated = ({ file, from, to }, root) => {
  const before = readFileSync(resolve(root, file), "utf8");
  return { before, after: before.replace(from, () => to) };
};

/** Whether TypeScript can be read: a mutant that cannot is caught by any test. */
const isReadable = (file, text) => parseSync(file, text).errors.length === 0;

/** What is wrong with entries of the list, in words that name them. */
export const faultsOf = (mutants, root) => {
  const names = mutants.map(({ name }) => name);
  return mutants.flatMap(mutant => {
    const { name, file, tests, from, to } = mutant;
    if (names.indexOf(name) !== names.lastIndexOf(name)) return [`${name}: two groups are of this file`];
    if (!existsSync(resolve(root, file))) return [`${name}: there is no ${file}`];
    const missing = tests.filter(test => !existsSync(resolve(root, test)));
    if (tests.length === 0 || missing.length > 0) return [`${name}: no tests ${missing.join(", ")}`];
    const { before, after } = mutated(mutant, root);
    const times = before.split(from).length - 1;
    if (times !== 1) return [`${name}: ${JSON.stringify(from)} stands ${times} times in ${file}, which has to be once`];
    if (from === to) return [`${name}: changes nothing`];
    return isReadable(file, after) ? [] : [`${name}: ${JSON.stringify(to)} cannot be read`];
  });
};
