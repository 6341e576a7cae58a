import { expect, test } from "vitest";
import type { System } from "../../src/contracts/index.ts";
import { completeSpec } from "../../src/lab/complete-spec.ts";
import { inlineExecutor } from "../../src/lab/executor.ts";
import { recordTable } from "../../src/lab/records.ts";
import { runInMemory } from "../../src/lab/run-in-memory.ts";
import { judgeClaims } from "../../src/lab/verdicts.ts";
import { fixture, systems } from "./fixture-system.ts";

const walks = { name: "walks", protocol: "walk", chains: 3, settings: {} };

test("claims are judged on the records of their studies, in the order asked for", async () => {
  const { verdicts } = await runInMemory(
    { system: "fixture", seed: 1, studies: [walks], claims: ["two-is-two", "walks-end"] },
    { systems, executor: inlineExecutor(systems) },
  );
  expect(verdicts.map(({ claim, outcome }) => [claim, outcome])).toEqual([
    ["two-is-two", "holds"],
    ["walks-end", "holds"],
  ]);
  expect(verdicts[1].comparisons[0].measured).toBe(3);
});

const judgeOnly = (claim: string, system: System = fixture) => {
  const spec = completeSpec({ system: "fixture", seed: 1, studies: [], claims: [claim] }, systems);
  return judgeClaims(
    spec,
    system,
    recordTable(() => []),
  )[0];
};

test.each([
  ["whose study is missing is undecided and says why", "walks-end", "undecided", "study walks not run"],
  ["that throws fails with its message", "throws", "fails", "could not be measured: out of luck"],
])("a claim %s", (_, claim, outcome, reason) => {
  expect(judgeOnly(claim)).toEqual({ claim, outcome, reason, comparisons: [] });
});

test("a claim that reads a study it did not ask for fails", () => {
  const claims = fixture.claims.map(claim => ({ ...claim, studies: [] }));
  const { outcome, reason } = judgeOnly("walks-end", { ...fixture, claims });
  expect([outcome, reason]).toEqual(["fails", "could not be measured: study walks was not run"]);
});

test("NaN fails", () => {
  expect(judgeOnly("not-a-number").outcome).toBe("fails");
});
