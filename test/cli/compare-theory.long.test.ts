import { resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { execute } from "./executable.ts";

const root = resolve(import.meta.dirname, "../..");
const landau = (...words: string[]) => execute(words, { cwd: root });
const own = "examples/12-two-points.mjs";

describe("compare-theory", () => {
  test("says in its first line whether a network agrees, then rates with intervals, then each check", async () => {
    const { code, stdout } = await landau("compare-theory", own, "--seeds", "5", "--seed", "3");
    expect(code).toBe(0);
    const lines = stdout.split("\n");
    expect(lines[0]).toBe("agrees: all 5 checks hold");
    expect(stdout).toMatch(/^etaH, representation +0\.0\d+ +\(95 %: 0\.0\d+ to 0\.0\d+\)$/m);
    expect(lines.filter(line => line.startsWith("holds"))).toHaveLength(5);
  });

  test("JSON has every network, and altered equations where they are asked for", async () => {
    const { code, stdout } = await landau(
      "compare-theory",
      own,
      "--seeds",
      "2",
      "--steps",
      "400",
      "--altered",
      "--json",
    );
    expect(code).toBe(0);
    const { networks, rates } = JSON.parse(stdout);
    expect(networks).toHaveLength(2);
    expect(Object.keys(networks[0].altered)).toEqual(["twiceDy", "twiceDh", "signFlip", "dropped"]);
    expect(rates.etaY.value).toBeGreaterThan(0);
  });

  test.each([
    [[own, "--pair", "0", "0"], "pair is [0,0]: needs two different samples from 0 to 1"],
    [[own, "--pair", "0"], "pair is [0]: needs two different samples from 0 to 1"],
    [[own, "--targets", "z"], "the data have no z: there are x, y"],
    [["examples/06-xor.mjs"], "the model returns no representation: needs { loss, representation, outputs }"],
    [["examples/09-sample-posterior.mjs"], "exports no experiment"],
    [["missing.mjs"], "cannot read missing.mjs"],
  ])("%j is refused", async (words, message) => {
    const { code, stderr } = await landau("compare-theory", ...words);
    expect(code).toBe(2);
    expect(stderr).toContain(message);
  });
});
