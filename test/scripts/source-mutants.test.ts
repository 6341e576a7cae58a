import { resolve } from "node:path";
import { expect, test } from "vitest";
import { faultsOf, type Mutant, mutants } from "../../scripts/source-mutants/list.mjs";

const root = resolve(import.meta.dirname, "../..");

test("each mutant changes text that stands once in its file, to what can still be read, and its tests exist", () => {
  expect(faultsOf(mutants, root)).toEqual([]);
});

test("an entry that no longer fits is named with what is wrong", () => {
  const mutant = (more: Partial<Mutant>): Mutant => ({
    name: "errors#1",
    file: "src/errors.ts",
    tests: ["test/errors.test.ts"],
    from: "export const invalid =",
    to: "export const valid =",
    means: "another name",
    ...more,
  });
  const faults = (more: Partial<Mutant>) => faultsOf([mutant(more)], root).join();
  expect(faults({})).toBe("");
  expect(faults({ from: "nowhere here" })).toBe(
    'errors#1: "nowhere here" stands 0 times in src/errors.ts, which has to be once',
  );
  expect(faults({ from: "export" })).toMatch(/^errors#1: "export" stands \d+ times/);
  expect(faults({ to: "export const (" })).toBe('errors#1: "export const (" cannot be read');
  expect(faults({ to: "export const invalid =" })).toBe("errors#1: changes nothing");
  expect(faults({ file: "src/none.ts" })).toBe("errors#1: there is no src/none.ts");
  expect(faults({ tests: ["test/none.test.ts"] })).toBe("errors#1: no tests test/none.test.ts");
  expect(faultsOf([mutant({}), mutant({})], root)[0]).toBe("errors#1: two groups are of this file");
});
