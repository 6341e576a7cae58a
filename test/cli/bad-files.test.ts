import { existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { emptyFolder } from "../support/scratch.ts";
import { call } from "./call.ts";

const folder = emptyFolder();
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

const refused = async (words: readonly string[]): Promise<string> => {
  const { code, stdout, stderr } = await call(words);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toMatch(/^landau: [^\n]*\n$/);
  return stderr;
};

describe("a spec that cannot be used: file, line and column; no run folder is made", () => {
  const study = '[[studies]]\nname = "a"\nprotocol = "train"\nchains = 1\n';
  test.each<[string, string, string]>([
    ["cut.toml", "system = \n", ":1:"],
    ["cut.json", '{\n  "system": "superposition",\n}', ":3:1: not JSON"],
    ["cut.yaml", "system: superposition\nstudies: [\n", ":3:1: not YAML"],
    ["spec.txt", "", "needs .toml, .json or .yaml"],
    ["system.toml", `system = "superpos"\nseed = 0\n${study}settings = {}`, ":1: system: unknown system"],
    ["key.toml", `system = "superposition"\nsede = 0\n${study}settings = {}`, 'unknown key "sede": did you mean seed?'],
    ["setting.toml", `system = "superposition"\nseed = 0\n${study}settings = { scheem = "A" }`, "did you mean scheme?"],
    [
      "range.toml",
      `system = "superposition"\nseed = 0\n${study}settings = { c = 2 }`,
      "c is 2: needs a whole number between 3",
    ],
    ["nan.toml", `system = "superposition"\nseed = 0\n${study}settings = { stepSize = nan }`, "stepSize is NaN"],
    [
      "together.toml",
      `system = "superposition"\nseed = 0\n${study}settings = { c = 4, r = 4, scheme = "R" }`,
      "r is 4",
    ],
    ["negative.toml", `system = "superposition"\nseed = 0\n${study}settings = { n = -1 }`, "n is -1: needs"],
    ["seed.toml", `system = "superposition"\nseed = -1\n${study}settings = {}`, "seed is -1: needs"],
  ])("%s", async (name, text, message) => {
    const path = file(name, text);
    const runs = join(folder, "no-runs");
    const line = await refused(["run", path, "--runs", runs]);
    expect(line).toContain(name);
    expect(line).toContain(message);
    expect(existsSync(runs)).toBe(false);
  });
});

describe("run folders", () => {
  test("one that cannot be written", async () => {
    const blocked = join(file("a-file", ""), "runs");
    expect(await refused(["train", "superposition", "--runs", blocked])).toContain(`cannot write ${blocked}: `);
  });

  test.each<[string, string, string]>([
    ["half-written", "", "has no run.json: its making was interrupted"],
    ["cut", '{"format": "landau-run/1", "id', ":1:"],
    ["newer", '{"format": "landau-run/99"}', "was written by a newer Landau (format landau-run/99): update Landau"],
    ["foreign", '{"format": "else"}', 'needs "landau-run/1"'],
  ])(
    "one that is %s: named by show, resume and export, marked by runs, and left as it is",
    async (name, text, message) => {
      const runs = join(folder, "runs");
      mkdirSync(join(runs, name), { recursive: true });
      if (text !== "") writeFileSync(join(runs, name, "run.json"), text);
      const before = readdirSync(join(runs, name));
      for (const words of [
        ["show", name],
        ["resume", name],
        ["export", name],
      ]) {
        const line = await refused([...words, "--runs", runs]);
        expect(line).toContain(join(runs, name));
        expect(line).toContain(message);
      }
      const { code, stdout } = await call(["runs", "--runs", runs]);
      expect(code).toBe(0);
      expect(stdout).toMatch(new RegExp(`^${name} +unreadable`, "m"));
      expect(readdirSync(join(runs, name))).toEqual(before);
    },
  );

  test("no runs yet", async () => {
    const nowhere = join(folder, "nowhere");
    expect(await call(["runs", "--runs", nowhere])).toEqual({
      code: 0,
      stdout: `no runs in ${nowhere}: landau reproduce superposition makes one\n`,
      stderr: "",
    });
    expect(await call(["runs", "--runs", nowhere, "--json"])).toEqual({ code: 0, stdout: "[]\n", stderr: "" });
    expect(await refused(["show", "last", "--runs", nowhere])).toContain("there are no runs");
  });
});

describe("vector files", () => {
  test.each<[string, string, string]>([
    ["cut.json", '{"format": "landau-vectors/1",\n "cases": [', ":2:12: not JSON"],
    [
      "newer.json",
      '{"format": "landau-vectors/2", "system": "superposition", "cases": [1]}',
      "a newer landau may read it",
    ],
    [
      "system.json",
      '{"format": "landau-vectors/1", "system": "superpositoin", "cases": [{"quantity": "a", "input": {}, "expected": 1}]}',
      "did you mean superposition?",
    ],
    [
      "case.json",
      '{"format": "landau-vectors/1", "system": "superposition", "cases": [1]}',
      "cases[0] is 1: needs an object",
    ],
  ])("%s", async (name, text, message) => {
    const line = await refused(["verify", file(name, text)]);
    expect(line).toContain(name);
    expect(line).toContain(message);
  });
});
