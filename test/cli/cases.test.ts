import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { call } from "./call.ts";

const folder = join(import.meta.dirname, "../cases");
const files = (beginning: string): string[] =>
  readdirSync(folder)
    .filter(name => name.startsWith(beginning))
    .map(name => join(folder, name));

interface Values {
  readonly mean?: number;
  readonly sd?: number;
  readonly rHat?: number;
  readonly essBulk?: number;
  readonly essTail?: number;
}

const diagnosed = async (...words: string[]) => {
  const { stdout, stderr, code } = await call(["diagnose", ...words, "--json"]);
  expect(stderr).toBe("");
  return { ...JSON.parse(stdout), code };
};

/** To as many digits as the right values are given with. */
test.each<[string, string[], [number, number], { readonly [quantity: string]: Values }, RegExp | undefined]>([
  [
    "01",
    [],
    [2, 100],
    {
      mu: { mean: -0.0107285, sd: 0.9958, rHat: 1.00476, essBulk: 204.757, essTail: 189.39 },
      sigma: { mean: 1.04613, sd: 0.312324, rHat: 1.0103, essBulk: 182.201, essTail: 108.68 },
    },
    /warm-up is left out: the first 40 rows of each chain/,
  ],
  [
    "02",
    [],
    [4, 110],
    { mu: { rHat: 0.999934, essBulk: 464.239 }, sigma: { rHat: 0.997871, essBulk: 470.096 } },
    /stepsize__/,
  ],
  ["03", [], [4, 60], { lp__: { rHat: 1.23913 }, mu: { rHat: 1.31741 }, tau: { rHat: 0.995168 } }, undefined],
  ["06", [], [4, 60], { mu: { rHat: 1.31741 } }, /column 1, which has no name, counts the rows/],
  ["07", [], [4, 60], { "07-no-header": { rHat: 0.999271, essBulk: 253.311, essTail: 238.943 } }, /no column "chain"/],
  ["08", [], [1, 200], { mu: { essBulk: 227.17 }, tau: { essBulk: 178.03 }, sigma: { essBulk: 241.74 } }, undefined],
  ["10", [], [4, 60], { "10-draws": { rHat: 0.999202 } }, undefined],
  ["11", [], [64, 24], { x: { rHat: 1.01293, essBulk: 1697.06, essTail: 1596.22 } }, /more chains than draws/],
  ["12", [], [4, 60], { x: { rHat: 0.999202 } }, undefined],
  ["14", ["--only", "mu"], [4, 60], { mu: { rHat: 1.0011 } }, undefined],
])("%s: chains, draws and values", async (beginning, words, [chains, draws], values, note) => {
  const found = await diagnosed(...files(beginning), ...words);
  expect([found.chains, found.draws]).toEqual([chains, draws]);
  for (const [name, wanted] of Object.entries(values)) {
    const quantity = found.quantities.find((each: { name: string }) => each.name === name);
    for (const [key, value] of Object.entries(wanted))
      expect(Math.abs(quantity[key].value / value - 1), `${name} ${key}`).toBeLessThan(3e-5);
  }
  if (note) expect(found.notes.join("\n")).toMatch(note);
});

test("02: the sampler's columns are findings, not quantities", async () => {
  const { quantities, findings, code } = await diagnosed(...files("02"));
  expect(quantities.map(({ name }: { name: string }) => name)).toEqual(["lp__", "mu", "sigma"]);
  const texts = findings.map(({ text }: { text: string }) => text).join("\n");
  expect(texts).toContain("8 of 440 transitions diverged");
  expect(texts).toContain("53 of 440 transitions at the largest tree depth, 6");
  expect(texts).toContain("E-BFMI of the chains 0.208, 0.300, 0.128, 0.256: below 0.3");
  expect(code).toBe(1);
});

test("14: a missing draw makes its quantity undefined, and no other", async () => {
  const { quantities, findings } = await diagnosed(...files("14"));
  expect(quantities.map(({ health }: { health: { outcome: string } }) => health.outcome)).toEqual([
    "doubtful",
    "undefined",
  ]);
  expect(findings[0]).toMatchObject({ name: "divergences", value: 6, transitions: 240 });
});

test("every table fits 80 columns", async () => {
  for (const beginning of ["01", "02", "03", "06", "07", "08", "10", "11", "12", "14"]) {
    const { stdout } = await call(["diagnose", ...files(beginning)]);
    for (const line of stdout.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  }
});

test("23: a key that stands twice is named with its line", async () => {
  const { code, stderr } = await call(["run", ...files("23-duplicate")]);
  expect(code).toBe(2);
  expect(stderr).toContain('23-duplicate-keys.json:1:36: key "seed" stands twice in one object');
});

test("24: a vector case that expects nothing is refused", async () => {
  const { code, stderr } = await call(["verify", ...files("24")]);
  expect(code).toBe(2);
  expect(stderr).toContain("cases[0].expected is {}: needs at least one value");
});
