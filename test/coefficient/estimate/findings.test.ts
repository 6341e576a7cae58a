import { describe, expect, test } from "vitest";
import { type CoefficientSign, findingsOf, type Judged } from "../../../src/coefficient/estimate/findings.ts";
import type { Row } from "../../../src/coefficient/estimate/row.ts";
import type { Scan } from "../../../src/coefficient/estimate/scan.ts";

const row = (more: Partial<Row> = {}): Row =>
  ({
    ...{ value: 1, energy: 0.95, error: 0.01, nBeta: 1e4, gamma: 8, distance: 0.5 },
    ...{ rHat: 1.005, ess: 500, virial: 2, acceptance: 0.8 },
    ...more,
  }) as Row;

const outcome = (name: CoefficientSign, rows: readonly Row[], judged: Partial<Judged> = {}, scan: Partial<Scan> = {}) =>
  findingsOf(
    { rows, warmer: [], within: rows.length, settled: true, held: false, ended: "plateau", traces: [], ...scan },
    {
      ...{ lambda: 1, standardError: 0.02, interval: [0.95, 1.05], multiplicity: [0.95, 0.05], used: rows },
      ...{ shape: "plateau", falling: false, remaining: 0, misfit: 1, far: 0.12, short: false, depth: 0 },
      ...judged,
    },
  ).find(finding => finding.name === name);

describe("convergence is doubtful beyond R-hat 1.02 and what few draws add, below 50 of them, and beyond 4.5 standard errors of a virial", () => {
  test.each([
    [{ rHat: 1.021, ess: 3000 }, "good"],
    [{ rHat: 1.0211, ess: 3000 }, "doubtful"],
    [{ rHat: 1.045, ess: 120 }, "good"],
    [{ rHat: 1.046, ess: 120 }, "doubtful"],
    [{ rHat: 1.05, ess: 60 }, "good"],
    [{ rHat: 1.051, ess: 60 }, "doubtful"],
    [{ ess: 51 }, "good"],
    [{ ess: 49 }, "doubtful"],
    [{ virial: 4.4 }, "good"],
    [{ virial: 4.6 }, "doubtful"],
  ] as const)("%o: %s", (more, expected) => {
    expect(outcome("convergence", [row(), row({ error: 0.03, ...more })])?.outcome).toBe(expected);
  });

  test("but not where chains agree on a value to 2 %, unless a virial says that they have not explored", () => {
    const at = (more: Partial<Row>) => outcome("convergence", [row(), row({ energy: 1, rHat: 1.2, ess: 30, ...more })]);
    expect(at({ error: 0.019 })?.outcome).toBe("good");
    expect(at({ error: 0.021 })?.outcome).toBe("doubtful");
    expect(at({ error: 0.019, virial: 4.6 })?.outcome).toBe("doubtful");
  });
});

describe("the limit is doubtful", () => {
  test.each([
    ["where more than half is computed", [row(), row({ energy: 0.49 })], {}],
    ["with a single row", [row()], {}],
    ["past a top", [row(), row()], { shape: "top" }],
    ["where a smaller nBeta has more", [row(), row()], { falling: true }],
    ["where it is further than 12 % off", [row(), row()], { remaining: 0.13 }],
    ["where it is further than 35 % off after many temperatures", [row(), row()], { remaining: 0.36, far: 0.35 }],
    ["where no law fits", [row(), row()], { misfit: 3.1 }],
    ["where both of the last rows are known to 5 % or worse", [row(), row({ error: 0.06 }), row({ error: 0.06 })], {}],
    ["where the interval is wider than 0.3 lambda", [row(), row()], { interval: [0.84, 1.15] }],
  ] as const)("%s", (_, rows, judged) => {
    expect(outcome("limit", rows, judged)?.outcome).toBe("doubtful");
  });

  test("and good short of all that", () => {
    const judged = { remaining: 0.11, misfit: 2.9, interval: [0.86, 1.15] } as const;
    expect(outcome("limit", [row(), row({ energy: 0.51 })], judged)?.outcome).toBe("good");
    expect(outcome("limit", [row({ error: 0.06 }), row({ error: 0.04 }), row({ error: 0.06 })])?.outcome).toBe("good");
  });
});

test("minibatches that are refused three times out of four ask for more samples", () => {
  expect(outcome("minibatches", [row()])).toBeUndefined();
  expect(outcome("minibatches", [row({ batch: 16, acceptance: 0.26 })])?.outcome).toBe("good");
  expect(outcome("minibatches", [row({ batch: 16, acceptance: 0.24 })])?.outcome).toBe("doubtful");
});

test("the crossing with another phase lies at log nBeta = gamma D^2 / (2 (lambda - lambda'))", () => {
  const rows = [row(), row({ value: 0.5, gamma: 8, distance: 2 })];
  expect(outcome("escape", rows, {}, { ended: "escape", within: 1 })?.text).toMatch(/at log nBeta about 32;/);
});

test("a point from which the loss falls by more than 1 % of lambda is not quite a minimum", () => {
  expect(outcome("baseline", [row()], { depth: 0.009 })).toBeUndefined();
  expect(outcome("baseline", [row()], { depth: 0.011 })?.outcome).toBe("doubtful");
});

test("a budget that ends a scan speaks against it where rows are too few, or gamma may hold something", () => {
  const scan = { ended: "budget" } as const;
  const at = (judged: Partial<Judged>, more: Partial<Scan> = {}) =>
    outcome("budget", [row()], judged, { ...scan, ...more });
  expect(at({ short: true, shape: "open" })?.outcome).toBe("doubtful");
  expect(at({ shape: "open" })).toMatchObject({ outcome: "good", text: expect.stringMatching(/enough temperatures/) });
  expect(at({})).toMatchObject({ outcome: "good", text: expect.stringMatching(/on a plateau/) });
  expect(at({}, { held: true })?.outcome).toBe("doubtful");
});
