import { describe, expect, test } from "vitest";
import { stream } from "../../../src/numerics/stream.ts";
import type { Diagnostic } from "../../../src/sampling/diagnostics/diagnostic.ts";
import { essQuantile } from "../../../src/sampling/diagnostics/effective-sample-size.ts";
import { mcseMean, mcseQuantile, mcseSd } from "../../../src/sampling/diagnostics/standard-error.ts";
import cases from "./fixtures/standard-errors.json" with { type: "json" };
import { referenceChains } from "./reference.ts";

const numberOf = (diagnostic: Diagnostic): number => {
  if (diagnostic.kind === "undefined") throw new Error(diagnostic.reason);
  return diagnostic.value;
};

describe.each(cases)(
  "reference chains of phi $phi, against a second implementation",
  ({ phi, mcseSd: sd, quantiles }) => {
    const chains = referenceChains(phi);

    test("standard error of the standard deviation", () => {
      expect(Math.abs(numberOf(mcseSd(chains)) / sd - 1)).toBeLessThan(1e-9);
    });

    test.each(quantiles)("effective draws and standard error of the quantile $p", ({ p, ess, mcse }) => {
      expect(Math.abs(numberOf(essQuantile(chains, p)) / ess - 1)).toBeLessThan(1e-9);
      expect(Math.abs(numberOf(mcseQuantile(chains, p)) / mcse - 1)).toBeLessThan(1e-9);
    });
  },
);

test("on independent normals the errors are those of the textbook", () => {
  const n = 20_000;
  const chains = [0, 1, 2, 3].map(chain => {
    const draws = new Float64Array(n);
    stream({ seed: 1, chain, purpose: "normals" }).normals(draws);
    return draws;
  });
  const total = 4 * n;
  const expectNear = (found: Diagnostic, expected: number, tolerance: number) =>
    expect(Math.abs((numberOf(found) * Math.sqrt(total)) / expected - 1)).toBeLessThan(tolerance);
  expectNear(mcseMean(chains), 1, 0.05);
  expectNear(mcseSd(chains), Math.SQRT1_2, 0.05);
  // sqrt(p (1 - p) / S) over the density there, from some 300 order statistics.
  expectNear(mcseQuantile(chains, 0.5), Math.sqrt(Math.PI / 2), 0.25);
  expectNear(mcseQuantile(chains, 0.95), Math.sqrt(0.05 * 0.95) / 0.10313564, 0.25);
});
