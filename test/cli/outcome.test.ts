import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test, vi } from "vitest";
import type { Claim, System } from "../../src/contracts/index.ts";
import { emptyFolder } from "../support/scratch.ts";
import { call } from "./call.ts";

const claim = (id: string, measured: number): Claim => ({
  id,
  where: "eq. 1",
  statement: `The value of ${id} is one.`,
  routes: { measured: "counting", predicted: "arithmetic", kind: "formula" },
  studies: [],
  measure: () => [{ quantity: "value", measured, predicted: 1, tolerance: 0.5 }],
});

const broken: System["theory"][string] = {
  summary: "cannot be evaluated",
  where: "nowhere",
  inputs: {},
  evaluate: () => {
    throw new TypeError("a slip");
  },
};

// The table of systems is asked for it while this file is still being imported.
const card = vi.hoisted(() => ({
  name: "toy",
  title: "Toy",
  summary: "A system of claims alone.",
  source: { citation: "Nobody", url: "https://example.org" },
}));
const toy: System = {
  ...card,
  theory: { broken },
  protocols: {},
  studies: [],
  claims: [claim("right", 1), claim("wrong", 2)],
  vectors: {},
};

vi.mock("../../src/systems/index.ts", () => ({
  loadSystem: async () => toy,
  listedSystems: {
    toy: {
      card,
      load: async () => toy,
      exhibits: async () => ({ figures: [], tables: [], formulae: [], symbols: [], bibtex: "" }),
    },
  },
}));

const runs = emptyFolder();
afterAll(() => rmSync(runs, { recursive: true }));

test("1: a claim fails; verdicts, report and next commands are printed all the same", async () => {
  const { code, stdout } = await call(["reproduce", "toy", "--runs", runs]);
  expect(code).toBe(1);
  expect(stdout).toContain("✓ right  formula  value: 1.00, predicted 1.00 ± 0.5\n");
  expect(stdout).toMatch(/^✗ fails {2}formula +wrong\n +The value of wrong is one\.$/m);
  expect(stdout).toContain("1 holds, 1 fails, 0 undecided\n");
  const [, report] = /^report: (.*)$/m.exec(stdout) ?? [];
  expect(readFileSync(report, "utf8")).toContain("The value of wrong is one.");
  expect(stdout).toMatch(/next:\n {2}landau show toy-quick-/);
});

test("0: the claims that were asked for hold", async () => {
  const { code, stdout } = await call(["reproduce", "toy", "--only", "right", "--runs", runs, "--json"]);
  expect(code).toBe(0);
  const { verdicts, report } = JSON.parse(stdout);
  expect(verdicts).toMatchObject([{ claim: "right", outcome: "holds" }]);
  expect(existsSync(report)).toBe(true);
});

test("--no-report: none is written, and resuming the finished run writes it", async () => {
  const words = ["reproduce", "toy", "--only", "right", "--runs", runs, "--no-report"];
  const { code, stdout, stderr } = await call(words);
  expect(code).toBe(0);
  expect(stdout + stderr).not.toMatch(/report: |writing the report/);
  const [, path] = /^ {2}(?:npx )?landau resume (\S+)$/m.exec(stdout) ?? [];
  const report = join(path, "report.html");
  expect(existsSync(report)).toBe(false);
  expect(JSON.parse((await call([...words, "--json"])).stdout).report).toBe(null);

  expect(JSON.parse((await call(["resume", path, "--json"])).stdout).report).toBe(report);
  expect(readFileSync(report, "utf8")).toContain("The value of right is one.");
});

test("the record of a run holds the command that made it, show prints its verdicts", async () => {
  await call(["reproduce", "toy", "--only", "wrong", "--runs", runs]);
  const { code, stdout } = await call(["show", "last", "--runs", runs]);
  expect(code).toBe(0);
  expect(stdout).toMatch(new RegExp(`^command +landau reproduce toy --only wrong --runs\\s+${runs}$`, "m"));
  expect(stdout).toMatch(/^status +finished$/m);
  expect(stdout).toMatch(/^content hash +[0-9a-f]{64}$/m);
  expect(stdout).toContain("0 hold, 1 fails, 0 undecided");
});

test("70: a fault of the program, with its stack only when asked for", async () => {
  const plain = await call(["theory", "toy", "broken"]);
  expect(plain).toEqual({
    code: 70,
    stdout: "",
    stderr:
      "landau: a fault of the program, not of yours: a slip\nPlease report it; LANDAU_DEBUG=1 shows where it happened.\n",
  });
  const debugged = await call(["theory", "toy", "broken"], { env: { LANDAU_DEBUG: "1" } });
  expect(debugged.stderr).toMatch(/a slip\nTypeError: a slip\n +at /);
});
