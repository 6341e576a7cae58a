import { expect, test } from "vitest";
import type { System } from "../../src/contracts/system.ts";
import { opening } from "../../src/report/opening.ts";
import type { RunData } from "../../src/report/run-data.ts";

const system = { protocols: { sweep: { summary: "map the phases" } } } as unknown as System;

test("a sweep opens with how many runs it made, and how many end in each phase", () => {
  const labels = ["on", "off", "on", "diverged", "none", "on"];
  const run = {
    verdicts: [],
    spec: { studies: [{ name: "plane", protocol: "sweep", chains: 1, settings: {} }] },
    records: (_: string, kind: string) =>
      kind === "cell" ? labels.map((label, seed) => ({ kind, chain: 0, seed, label })) : [],
  } as unknown as RunData;
  expect(opening(run, system)).toEqual({
    asked: "Asked: map the phases (6 runs).",
    cameOut: "Came out: of 6 runs, 3 end at on, 1 ends at off, 1 ends diverged, 1 ends between phases.",
  });
});
