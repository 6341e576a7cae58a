/** Outcomes of an earlier run, kept in a file that grows by a line each. */
import { createHash } from "node:crypto";
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { mutated } from "./list.mjs";

const hash = (...texts) => createHash("sha256").update(JSON.stringify(texts)).digest("hex").slice(0, 16);

/** What the file (none where it is undefined) holds of mutants and tests that are as they were; later lines count. */
export const readKnown = (path, root) => {
  const textOf = file => readFileSync(resolve(root, file), "utf8");
  const keyOfTest = test => hash(test, textOf(test));
  const keyOf = mutant => hash(mutant.file, mutated(mutant, root).after, ...mutant.tests.map(keyOfTest));
  const parsed = line => {
    try {
      return [JSON.parse(line)];
    } catch {
      // A stop has torn it.
      return [];
    }
  };
  const lines = path !== undefined && existsSync(path) ? readFileSync(path, "utf8").split("\n") : [];
  const kept = new Map(lines.flatMap(parsed).map(({ key, ...outcome }) => [key, outcome]));
  const append = line => {
    if (path !== undefined) appendFileSync(path, `\n${JSON.stringify(line)}`);
  };
  return {
    outcomeOf: mutant => kept.get(keyOf(mutant)),
    passes: test => kept.has(keyOfTest(test)),
    keep: (mutant, outcome) => append({ key: keyOf(mutant), ...outcome }),
    keepPassing(tests) {
      for (const test of tests) append({ key: keyOfTest(test) });
    },
  };
};
