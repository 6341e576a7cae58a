import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import type { DrawTable } from "../../src/logs/draws.ts";
import { readDrawsCsv } from "../../src/logs/draws-csv.ts";
import type { Diagnostic } from "../../src/sampling/diagnostics/diagnostic.ts";
import { type Summary, summarise } from "../../src/sampling/diagnostics/summary.ts";
import { judgeTransitions } from "../../src/sampling/diagnostics/transitions.ts";
import expected from "./fixtures/cmdstan/expected.json" with { type: "json" };

type Values = { readonly [name: string]: { readonly [key: string]: number } };

const folder = join(import.meta.dirname, "fixtures/cmdstan");
const names = ["chain_1.csv", "chain_2.csv", "chain_3.csv", "chain_4.csv"];
const files = names.map(name => ({ name, bytes: new Uint8Array(readFileSync(join(folder, name))) }));
const joined = [{ name: "all.csv", bytes: new Uint8Array(Buffer.concat(files.map(({ bytes }) => bytes))) }];

const numberOf = (diagnostic: Diagnostic): number => (diagnostic.kind === "value" ? diagnostic.value : Number.NaN);
const quantiles = ["q5", "q50", "q95"];
const numberAt = (summary: Summary, key: string): number =>
  quantiles.includes(key)
    ? numberOf(summary.quantiles[quantiles.indexOf(key)].value)
    : numberOf(summary[key as "mean"]);

/** Keys of the quantities whose largest relative difference is above 1e-6. */
const different = (table: DrawTable, values: Values, keys: readonly string[]): string[] =>
  table.quantities.flatMap(({ name, chains }) => {
    const summary = summarise(name, chains);
    return keys
      .filter(key => !(Math.abs(numberAt(summary, key) / values[name][key] - 1) < 1e-6))
      .map(key => `${name} ${key}`);
  });

const cmdstan: Values = expected.cmdstan.values;
const arviz: Values = expected.arviz.values;

describe.each([
  ["four files", files],
  ["four chains in a file", joined],
])("CmdStan's own files with saved warm-up, thinning and divergences: %s", (_, given) => {
  const table = readDrawsCsv(given);
  const findings = judgeTransitions(table.sampler!);
  const found = (name: string) => findings.find(finding => finding.name === name)!.value;

  test("four chains of 80 draws, the warm-up left out", () => {
    expect([table.chains, table.draws]).toEqual([4, 80]);
    expect(table.quantities.map(({ name }) => name).sort()).toEqual(Object.keys(cmdstan).sort());
    expect(table.notes).toContain("warm-up is left out: the first 45 rows of each chain");
  });

  test("the numbers of stansummary", () => {
    expect(different(table, cmdstan, ["mean", "sd", "q5", "q50", "q95", "rHat"])).toEqual([]);
    // In chains that mix slowly CmdStan's sum of autocorrelations ends at another lag than ArviZ's, which is ours.
    const slow = ["lp__", "sigma_obs", "trend.4", "trend.5"];
    expect(different(table, cmdstan, ["essBulk"]).sort()).toEqual(slow.map(name => `${name} essBulk`));
  });

  test("the numbers of ArviZ", () => {
    expect(different(table, arviz, ["mean", "sd", "mcseMean", "essBulk", "essTail", "rHat"])).toEqual([]);
  });

  test("divergences, depth and energy, as CmdStan's diagnose and ArviZ count them", () => {
    expect(found("divergences")).toBe(expected.cmdstan.divergent);
    expect(found("divergences")).toBe(expected.arviz.divergent);
    expect(found("trajectories")).toBe(expected.cmdstan.deepest);
    expect(found("trajectories")).toBe(expected.arviz.deepest);
    for (const [chain, value] of (found("energy") as number[]).entries())
      expect(value).toBeCloseTo(expected.arviz.eBfmi[chain], 8);
    expect(findings.find(({ name }) => name === "energy")!.outcome === "good").toBe(expected.cmdstan.energyIsFine);
  });
});
