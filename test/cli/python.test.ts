import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { hasPython } from "../support/python.ts";
import { emptyFolder } from "../support/scratch.ts";
import { call } from "./call.ts";

const folder = emptyFolder();
const own = join(folder, "own_model.py");
// K = ((a - 1)^2 + b^2) / 2, without numpy, which is not on every machine.
writeFileSync(
  own,
  `import sys
sys.modules["numpy"] = None
import landau
def f(w, batch): return ((w["a"][0] - 1)**2 + w["b"][0]**2) / 2, {"a": [w["a"][0] - 1], "b": [w["b"][0]]}
landau.serve(f, {"a": [1.0], "b": [0.0]}, 500)
`,
);

describe.skipIf(!hasPython)("a model in Python", () => {
  test("has a coefficient, and the refined one of some of its arrays", async () => {
    const { code, stdout, stderr } = await call([
      ...["coefficient", "--python", own],
      ...["--parameters", "a", "--budget", "40000", "--json"],
    ]);
    expect(code, stderr).toBe(0);
    const { kind, lambda, interval, python } = JSON.parse(stdout);
    expect(kind).toBe("estimate");
    expect(Math.abs(lambda - 0.5)).toBeLessThan(0.05);
    expect(interval[0]).toBeLessThan(0.5);
    expect(interval[1]).toBeGreaterThan(0.5);
    expect(python).toMatchObject({ samples: 500, dtype: "float64", restarts: 0, gradient: { noise: 0 } });
  });

  test("is sampled on a worker, and its run holds the hash of its file", async () => {
    const runs = join(folder, "runs");
    const { code, stderr } = await call([
      ...["sample", own, "--draws", "400", "--burnIn", "200", "--chains", "1", "--workers", "1"],
      ...["--runs", runs, "--no-report", "--json"],
    ]);
    expect(code, stderr).toBe(0);
    const [run] = readdirSync(runs);
    const { spec } = JSON.parse(readFileSync(join(runs, run, "run.json"), "utf8"));
    expect(spec.studies[0].settings).toMatchObject({ nBeta: 500, source: expect.stringMatching(/^[0-9a-f]{16}$/) });
    // Two directions of the posterior: nBeta <K> is 1 but for the prior, of which the mean is 1/500 away.
    const { meanLoss } = finalOf(join(runs, run));
    expect(Math.abs(500 * meanLoss - 1)).toBeLessThan(0.25);
  });
});

test.skipIf(!hasPython)(
  "its error has its traceback on lines of their own, on which nothing acts; with LANDAU_DEBUG also ours",
  async () => {
    const path = join(folder, "wrong.py");
    writeFileSync(
      path,
      "import sys\nsys.modules['numpy'] = None\nimport landau\ndef f(w): raise ValueError('so\\x1b[31m\\nlandau: done')\nlandau.serve(f, [1.0], 5)\n",
    );
    const words = ["coefficient", "--python", path];
    const { code, stdout, stderr } = await call(words);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    const [first, ...rest] = stderr.trimEnd().split("\n");
    expect(first).toMatch(/^landau: .*wrong\.py: ValueError: so\\u001b\[31m$/);
    expect(rest.filter(line => !line.startsWith("  | "))).toEqual([]);
    expect(rest).toContain("  | landau: done");
    expect(rest.join("\n")).toMatch(/line 4, in f\n/);
    expect(stderr).not.toMatch(/ at |landau\.py/);
    const debugged = await call(words, { env: { LANDAU_DEBUG: "1" } });
    expect(debugged.stderr).toMatch(/^ {4}at /m);
  },
);

const finalOf = (run: string): { meanLoss: number } => {
  const [log] = readdirSync(run, { recursive: true, encoding: "utf8" }).filter(name => name.endsWith(".jsonl"));
  const lines = readFileSync(join(run, log), "utf8").trim().split("\n");
  return JSON.parse(lines.find(line => line.includes('"final"')) ?? "{}");
};

describe("what cannot be used ends with code 2 and one line", () => {
  test.each<[string, string[], string]>([
    ["two models", ["coefficient", "superposition", "--python", own], "superposition and --python"],
    ["no model", ["coefficient", "--at", "5"], "missing required argument 'system'"],
    ["a file that is no Python", ["sample", "--python", "model.mjs"], "needs a file whose name ends with .py"],
    ["no such file", ["coefficient", "--python", join(folder, "none.py")], "cannot read"],
  ])("%s", async (_, words, part) => {
    const { code, stdout, stderr } = await call(words);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toMatch(/^landau: [^\n]*\n$/);
    expect(stderr).toContain(part);
  });
});
