#!/usr/bin/env node
/**
 * Which small changes of the source would no test notice? Applies each change of the lists in source-mutants/ to a copy of the tree, one at a time,
 * runs the tests that should fail there, and says of each whether they did. `scripts/mutants.mjs` asks another question: which claims would
 * not notice another prediction.
 *
 *     npm run mutants -- [--list] [--jobs N] [--known FILE] [--write FILE] [WORD ...]
 *
 * WORDs choose the mutants whose file or meaning contains one of them (`log-gamma`, `src/numerics`), or one by its name (`numerics/log-gamma#1`); all
 * without one. `--jobs` (1) run at once, each in a copy of its own. `--known` keeps what became of each in FILE, and does not try again those whose file
 * and tests are as they were then, so that a run that was stopped goes on. `--write` makes the table, of the whole list. Ends with code 1 when a mutant survives that the list does not explain.
 */
import { existsSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { makeCopy, removeCopies, runTests, stopTests } from "./source-mutants/copy.mjs";
import { readKnown } from "./source-mutants/known.mjs";
import { mutants as all, faultsOf, mutated } from "./source-mutants/list.mjs";
import { tableOf } from "./source-mutants/table.mjs";

const root = resolve(import.meta.dirname, "..");

const refuse = message => {
  console.error(`mutants: ${message}`);
  process.exit(2);
};

const wordsGiven = () => {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        jobs: { type: "string", default: "1" },
        known: { type: "string" },
        list: { type: "boolean", default: false },
        write: { type: "string" },
        help: { type: "boolean", short: "h", default: false },
      },
    });
  } catch (error) {
    return refuse(error.message);
  }
};
const { values, positionals } = wordsGiven();
if (values.help) {
  console.log(
    "npm run mutants -- [--list] [--jobs N] [--known FILE] [--write FILE] [WORD ...]\n\n" +
      "Applies small changes of the source to a copy of the tree, one at a time,\n" +
      "and runs the tests that should fail.\n\n" +
      "  WORD          those whose file or meaning contains it, or the one so named;\n" +
      "                all without one\n" +
      "  --list        shows them and runs nothing\n" +
      "  --jobs N      so many at once, 1 to 16 (1)\n" +
      "  --known FILE  keeps outcomes there, and does not try again what is unchanged\n" +
      "  --write FILE  writes the table, of the whole list",
  );
  process.exit(0);
}
const jobs = Number(values.jobs);
if (!(Number.isInteger(jobs) && jobs >= 1 && jobs <= 16))
  refuse(`--jobs is ${values.jobs}: a whole number from 1 to 16`);
const matches = ({ name, file, means }, word) =>
  word.includes("#") ? name === word : file.includes(word) || means.includes(word);
for (const word of positionals)
  if (!all.some(mutant => matches(mutant, word)))
    refuse(`no mutant has ${JSON.stringify(word)} in its file or meaning: --list shows them`);
if (values.write !== undefined && positionals.length > 0)
  refuse("--write makes the table of all mutants: leave the words out");
const mutants = positionals.length === 0 ? all : all.filter(mutant => positionals.some(word => matches(mutant, word)));

if (values.list) {
  for (const { name, means, from, to } of mutants) console.log(`${name}: ${means}\n    ${from}\n    ${to}`);
  console.log(`${mutants.length} mutants`);
  process.exit(0);
}
const faults = faultsOf(mutants, root);
if (faults.length > 0) refuse(`the list does not fit the source:\n${faults.join("\n")}`);
if (!existsSync(resolve(root, "src/engine/kernels/bytes.ts"))) refuse("the kernels are not compiled: npm run kernels");

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"])
  process.once(signal, () => {
    stopTests();
    removeCopies();
    process.exit(signal === "SIGINT" ? 130 : signal === "SIGTERM" ? 143 : 129);
  });

const outcomes = new Map();
try {
  // What is edited meanwhile changes nothing here.
  const copies = [makeCopy(root)];
  const known = readKnown(values.known, copies[0]);
  for (const mutant of mutants) {
    const outcome = known.outcomeOf(mutant);
    if (outcome) outcomes.set(mutant.name, outcome);
  }
  const waiting = mutants.filter(({ name }) => !outcomes.has(name));
  while (copies.length < Math.min(jobs, waiting.length)) copies.push(makeCopy(root));
  // What fails without a change proves nothing.
  const tests = [...new Set(waiting.flatMap(mutant => mutant.tests))].filter(test => !known.passes(test)).sort();
  console.log(
    `${mutants.length} mutants, ${outcomes.size} of them known; first ${tests.length} files of tests on the unchanged source`,
  );
  if (tests.length > 0) {
    const unchanged = await runTests(copies[0], tests, jobs);
    if (unchanged.failed) throw new Error(`tests fail on the unchanged source: ${unchanged.by}`);
    console.log(`they pass in ${unchanged.seconds} s`);
    known.keepPassing(tests);
  }
  await Promise.all(
    copies.map(async copy => {
      for (let mutant = waiting.shift(); mutant !== undefined; mutant = waiting.shift()) {
        const file = resolve(copy, mutant.file);
        const { before, after } = mutated(mutant, copy);
        writeFileSync(file, after);
        const outcome = await runTests(copy, mutant.tests);
        writeFileSync(file, before);
        outcomes.set(mutant.name, outcome);
        known.keep(mutant, outcome);
        const word = outcome.failed ? "killed" : mutant.same ? "survives, as explained" : "SURVIVES";
        console.log(
          `${String(outcomes.size).padStart(4)}/${mutants.length} ${word}: ${mutant.name}, ${mutant.means} (${outcome.seconds} s)`,
        );
      }
    }),
  );
  const survivors = mutants.filter(({ name }) => !outcomes.get(name).failed);
  const unexplained = survivors.filter(({ same }) => !same);
  console.log(
    `${mutants.length - survivors.length} killed, ${survivors.length} survived, ${unexplained.length} of them unexplained`,
  );
  for (const { name, means, file, from, to } of unexplained)
    console.log(`  ${name}: ${means}\n    ${file}: ${from} -> ${to}`);
  const stale = mutants.filter(({ name, same }) => same && outcomes.get(name).failed);
  for (const { name } of stale) console.log(`  ${name} is killed: the list need not explain it`);
  if (values.write) writeFileSync(values.write, tableOf(mutants, outcomes));
  process.exitCode = unexplained.length > 0 ? 1 : 0;
} catch (error) {
  console.error(`mutants: ${error.message}`);
  process.exitCode = 2;
} finally {
  removeCopies();
}
