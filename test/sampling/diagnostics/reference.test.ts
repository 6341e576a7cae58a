import { describe, expect, test } from "vitest";
import { mean } from "../../../src/numerics/statistics.ts";
import { pooled } from "../../../src/sampling/diagnostics/chains.ts";
import { essBulk, essMean, essTail } from "../../../src/sampling/diagnostics/effective-sample-size.ts";
import { rHat, rHatBasic } from "../../../src/sampling/diagnostics/r-hat.ts";
import { mcseMean } from "../../../src/sampling/diagnostics/standard-error.ts";
import { reference, referenceChains } from "./reference.ts";

const measures = { essBulk, essTail, essMean, rHat, rHatBasic, mcseMean };

describe.each(reference)("reference chains of phi $phi", ({ phi, mean: expectedMean, ...expected }) => {
  const chains = referenceChains(phi);

  test("mean", () => {
    expect(Math.abs(mean(pooled(chains)) / expectedMean - 1)).toBeLessThan(1e-9);
  });

  test.each(Object.entries(expected))("%s is %d", (name, value) => {
    const found = measures[name as keyof typeof measures](chains);
    expect(found.kind).toBe("value");
    if (found.kind === "value") expect(Math.abs(found.value / value - 1)).toBeLessThan(1e-9);
  });
});
