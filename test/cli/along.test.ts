import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
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
const engine = resolve(import.meta.dirname, "../../src/engine/model.ts");
// y = a b x with the true product 1: a valley of minima, along which one direction is flat, so that lambda is 1/2.
const own = file(
  "product.mjs",
  `import { model as traced } from ${JSON.stringify(engine)};
export const model = traced((m, { x, y }) => {
  const product = m.mul(m.parameter("a", []), m.parameter("b", []));
  return { loss: m.squaredError(m.mul(product, x), y), product };
});
`,
);
const n = 100;
const x = Float64Array.from({ length: n }, (_, i) => (i - 49.5) / 30);
const data = file("data.npz", packNpz({ x: { shape: [n], data: x }, y: { shape: [n], data: x } }));
const scalar = (value: number) => ({ shape: [], data: Float64Array.of(value) });
const checkpoints = join(folder, "checkpoints");
mkdirSync(checkpoints);
const save = (step: number, a: number, b: number) =>
  file(`checkpoints/step-${step}.npz`, packNpz({ a: scalar(a), b: scalar(b) }));
save(10, 2, 0.3);
save(100, 2, 0.5);
save(1000, 2, 0.5);
const keep = join(folder, "kept");
const words = ["coefficient", own, "--data", data, "--along", checkpoints, "--keep", keep, "--draws", "200"];

describe("coefficients along training", () => {
  test("a checkpoint that is no minimum is told; one that is has the coefficient of its valley; the report draws them", async () => {
    const report = join(folder, "along.html");
    const { code, stdout, stderr } = await call([...words, "--json", "--report", report]);
    expect(code, stderr).toBe(0);
    const { points } = JSON.parse(stdout);
    expect(points.map(({ step }: { step: number }) => step)).toEqual([10, 100, 1000]);
    expect(points.map(({ outcome }: { outcome: string }) => outcome)).toEqual(["doubtful", "good", "good"]);
    expect(points[0].text).toContain("no minimum");
    for (const { lambda, standardError, loss, outputs } of points.slice(1)) {
      expect(Math.abs(lambda - 0.5)).toBeLessThan(4 * standardError + 0.03);
      expect(standardError).toBeLessThan(0.05);
      expect(loss).toBe(0);
      expect(outputs).toEqual({ product: 1 });
    }
    const page = readFileSync(report, "utf8");
    for (const part of ["Learning coefficient along training", "loss", "product", "</svg>", "At nBeta 21.71 and gamma"])
      expect(page).toContain(part);
    expect(page).toMatch(/<li>step 10: no minimum/);
  });

  test("stopped anywhere, the same call goes on and ends with the same bits; equal weights are measured once", async () => {
    const whole = (await call([...words, "--json"])).stdout;
    const [name] = readdirSync(keep);
    const lines = readFileSync(join(keep, name), "utf8").trimEnd().split("\n");
    // The localiser and two points: the checkpoints 100 and 1000 are equal.
    expect(lines).toHaveLength(3);
    // As a kill in the middle of a line leaves it.
    writeFileSync(join(keep, name), `${lines[0]}\n${lines[1].slice(0, 60)}`);
    expect((await call([...words, "--json"])).stdout).toBe(whole);
    const after = readFileSync(join(keep, name), "utf8").trimEnd().split("\n");
    expect(after.slice(-2).map(line => JSON.parse(line).key)).toEqual(lines.slice(1).map(line => JSON.parse(line).key));
  });

  test("a table for people", async () => {
    const { stdout } = await call(words);
    expect(stdout).toMatch(/^step +loss +product +lambda +95 % +health$/m);
    expect(stdout).toMatch(/^step 10: no minimum/m);
  });

  test.each<[string[], string]>([
    [["coefficient", own, "--data", data, "--along", join(folder, "nowhere")], "cannot read"],
    [["coefficient", own, "--data", data, "--along", folder, "--at", "x.npz"], "--at x.npz and --along"],
    [["coefficient", own, "--data", data, "--along", folder], "data.npz: no step in its name"],
    [["coefficient", own, "--data", data, "--along", keep], "no npz or safetensors file"],
    [["coefficient", own, "--data", data, "--at", "x.npz", "--gamma", "3"], "--gamma 3 is for --along"],
    [["coefficient", own, "--data", data, "--at", "x.npz", "--draws", "30"], "--draws 30 is for --along"],
  ])("%j", async (given, part) => {
    const { code, stdout, stderr } = await call(given);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(part);
  });
});
