import { describe, expect, test } from "vitest";
import { posteriorRows, posteriorSummary } from "../../src/cli/results/posterior-text.ts";
import { superposition } from "../../src/systems/superposition/index.ts";
import { call } from "./call.ts";

test("every setting of the posterior is an option, with its range and default", async () => {
  const { code, stdout } = await call(["sample", "superposition", "--help"]);
  expect(code).toBe(0);
  for (const setting of Object.keys(superposition.protocols.posterior.settings))
    expect(stdout).toContain(`--${setting} <value>`);
  expect(stdout).toMatch(/--kappa <value> [\s\S]*default 0\.5/);
  expect(stdout).toContain("Examples:\n  landau sample superposition");
});

describe("the summary of posterior chains", () => {
  const final = (chain: number, occupancy: number[], meanLoss: number) => ({
    kind: "final",
    chain,
    occupancy,
    meanLoss,
    ess: 100,
    rHat: 1 + chain / 10,
    swapRate: 0.5,
    roundTrips: 7,
  });

  test("means over chains with standard errors, effective draws in all, the worst R-hat", () => {
    const summary = posteriorSummary([final(0, [0, 0.25, 0.75], 0.1), final(1, [0, 0.75, 0.25], 0.3)])!;
    expect(summary.occupancy).toEqual([
      { phase: "k = 1", share: 0.5, error: 0.25 },
      { phase: "k = 2", share: 0.5, error: 0.25 },
    ]);
    expect(summary.meanLoss).toBeCloseTo(0.2, 14);
    expect(summary).toMatchObject({ chains: 2, ess: 200, rHat: 1.1, swapRate: 0.5, roundTrips: 14 });
    expect(posteriorRows(summary).flat().join(" ")).toContain(
      "1.100: above 1.01 the halves of a chain disagree; run longer",
    );
  });

  test("a single chain has no error, records of another protocol no summary", () => {
    expect(posteriorSummary([final(0, [1], 0.1)])!.meanLossError).toBeNull();
    expect(posteriorSummary([{ kind: "final", chain: 0, loss: 1 }])).toBeUndefined();
    expect(posteriorSummary([])).toBeUndefined();
  });
});
