import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { packNpz } from "../../src/formats/pack-npz.ts";
import { emptyFolder } from "../support/scratch.ts";
import { call } from "./call.ts";

const folder = emptyFolder();
const file = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

// y = a x + b by least squares on inputs with mean 0: K = a^2 <x^2> + b^2 around the true line, so lambda = 1.
const engine = resolve(import.meta.dirname, "../../src/engine/model.ts");
const own = file(
  "line.mjs",
  `import { model } from ${JSON.stringify(engine)};
export const model_ = model((m, { x, y }) => m.squaredError(m.add(m.mul(m.parameter("a", []), x), m.parameter("b", [])), y));
export { model_ as model };
`,
);
const x = Float64Array.from({ length: 200 }, (_, i) => (i - 99.5) / 100);
const data = file(
  "data.npz",
  packNpz({ x: { shape: [200], data: x }, y: { shape: [200], data: x.map(value => 2 * value - 1) } }),
);
const scalar = (value: number) => ({ shape: [], data: Float64Array.of(value) });
const weights = file("weights.npz", packNpz({ a: scalar(2), b: scalar(-1) }));

describe("a model of one's own", () => {
  test("has the learning coefficient of its free parameters", async () => {
    const report = join(folder, "out/report.html");
    const { code, stdout, stderr } = await call([
      ...["coefficient", own, "--data", data, "--at", weights],
      ...["--budget", "40000", "--report", report, "--json"],
    ]);
    expect(code, stderr).toBe(0);
    const { kind, lambda, interval, health } = JSON.parse(stdout);
    expect(kind).toBe("estimate");
    expect(Math.abs(lambda - 1)).toBeLessThan(0.05);
    expect(interval[0]).toBeLessThan(1);
    expect(interval[1]).toBeGreaterThan(1);
    expect(health.findings.map(({ name }: { name: string }) => name)).toContain("convergence");
    const page = readFileSync(report, "utf8");
    for (const part of ["Health", "Running estimate", "Traces", "How to remake it", "</svg>"])
      expect(page).toContain(part);
  });

  test("of some parameters alone: the refined coefficient", async () => {
    const { code, stdout, stderr } = await call([
      ...["coefficient", own, "--data", data, "--at", weights],
      ...["--parameters", "a", "--budget", "40000", "--json"],
    ]);
    expect(code, stderr).toBe(0);
    expect(Math.abs(JSON.parse(stdout).lambda - 0.5)).toBeLessThan(0.03);
  });
});

describe("what cannot be used ends with code 2 and one line", () => {
  const bare = ["coefficient", own, "--data", data];
  test.each<[string, string[], string]>([
    ["no point", bare, "required option '--at <point>' not specified"],
    ["no such file", [...bare, "--at", join(folder, "none.npz")], "cannot read"],
    ["no data", ["coefficient", own, "--at", weights], "exports no experiment with data: name a file with --data"],
    [
      "an array too many",
      [...bare, "--at", file("more.npz", packNpz({ a: scalar(2), b: scalar(1), c: scalar(0) }))],
      "more.npz: c is no parameter of the model, which has a, b",
    ],
    [
      "an array too few",
      [...bare, "--at", file("less.npz", packNpz({ a: scalar(2) }))],
      "less.npz: no array b, a parameter of the model; there are a",
    ],
    [
      "another shape",
      [...bare, "--at", file("shape.npz", packNpz({ a: { shape: [1], data: Float64Array.of(2) }, b: scalar(1) }))],
      "shape.npz: a has shape [1], the model's has []",
    ],
    [
      "what is no number",
      [...bare, "--at", file("nan.npz", packNpz({ a: scalar(Number.NaN), b: scalar(1) }))],
      "nan.npz: a, entry 0 is NaN: needs a finite number",
    ],
    ["a broken file", [...bare, "--at", file("cut.safetensors", "{}")], "cut.safetensors: 2 bytes"],
    ["an unknown phase", ["coefficient", "superposition", "--at", "9"], 'family is "9"'],
    ["an unknown setting", ["coefficient", "superposition", "--at", "5", "--set", "d=3"], "d"],
    ["settings of a model", [...bare, "--at", weights, "--set", "c=3"], "--set c=3 is for a system"],
    ["data of a system", ["coefficient", "superposition", "--at", "5", "--data", data], "has its own"],
    ["an unknown array", [...bare, "--at", weights, "--parameters", "q"], "q"],
  ])("%s", async (_, words, message) => {
    const { code, stderr } = await call(words);
    expect(stderr).toContain(message);
    expect(stderr.trim().split("\n")).toHaveLength(1);
    expect(code).toBe(2);
  });
});
