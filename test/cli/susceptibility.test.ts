import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { zipSync } from "fflate";
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
const own = file(
  "line.mjs",
  `import { model as traced } from ${JSON.stringify(engine)};
export const model = traced((m, { x, y }) => m.squaredError(m.matmul(x, m.parameter("w", [2, 1])), y));
`,
);
// Rows of x are (1, 0) or (0, 2), half of them each, y is x w: K = w_0^2 / 2 + 2 w_1^2 around w, in each half one direction alone.
const n = 60;
const x = Float64Array.from({ length: 2 * n }, (_, i) => (i < n ? 1 - (i % 2) : 2 * (i % 2)));
const y = Float64Array.from({ length: n }, (_, i) => 3 * x[2 * i] - x[2 * i + 1]);
const data = file("data.npz", packNpz({ x: { shape: [n, 2], data: x }, y: { shape: [n, 1], data: y } }));
const weights = file("weights.npz", packNpz({ w: { shape: [2, 1], data: Float64Array.of(3, -1) } }));
const words = ["susceptibility", own, "--data", data, "--at", weights, "--gamma", "0.001", "--draws", "400"];

describe("a model of one's own, whose answers are known", () => {
  test("rows by halves of the data: each half is all of one direction and nothing of the other", async () => {
    const report = join(folder, "out/report.html");
    const { code, stdout, stderr } = await call([
      ...words,
      "--components",
      "rows",
      "--groups",
      "2",
      "--json",
      "--report",
      report,
    ]);
    expect(code, stderr).toBe(0);
    const { rows, columns, cells } = JSON.parse(stdout);
    expect(rows).toEqual(["w[0,:]", "w[1,:]"]);
    expect(columns).toEqual(["0-29", "30-59"]);
    // L = (L_0 + L_1) / 2: more weight on the half that a direction belongs to doubles its curvature, 1/2 - 1 = -1/2; on the other +1/2.
    for (const [row, column] of [
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ]) {
      const { value, standardError } = cells[row][column];
      expect(Math.abs(value - (row === column ? -0.5 : 0.5))).toBeLessThan(3.5 * standardError + 0.002);
      expect(standardError).toBeLessThan(0.05);
    }
    const page = readFileSync(report, "utf8");
    for (const part of ["Susceptibilities", "</svg>", "w[1,:]", "How to remake it"]) expect(page).toContain(part);
  });

  test("a table for people, and influence between samples", async () => {
    const { code, stdout } = await call([...words, "--influence", "3"]);
    expect(code).toBe(0);
    expect(stdout).toContain("How the mean loss of one sample answers");
    expect(stdout).toMatch(/^20 +-?[\d.]+ ±/m);
  });

  test("groups by labels of a file", async () => {
    const labels = file("labels.npz", new Uint8Array(readFileSync(labelFile())));
    const { stdout } = await call([...words, "--groups", labels, "--json"]);
    expect(JSON.parse(stdout).columns).toEqual(["label 3", "label 7"]);
  });
});

/** An npy of int32 in an npz: our own writer makes floats. */
const labelFile = (): string => {
  const header = "{'descr': '<i4', 'fortran_order': False, 'shape': (60,), }";
  const padded = `${header}${" ".repeat(63 - ((10 + header.length) % 64))}\n`;
  const head = Uint8Array.from([0x93, ...[..."NUMPY"].map(c => c.charCodeAt(0)), 1, 0, padded.length, 0]);
  const labels = Int32Array.from({ length: n }, (_, i) => (i % 3 === 0 ? 3 : 7));
  return file(
    "labels.npy.npz",
    zipOf("labels.npy", [...head, ...new TextEncoder().encode(padded), ...new Uint8Array(labels.buffer)]),
  );
};

const zipOf = (name: string, bytes: readonly number[]): Uint8Array => zipSync({ [name]: Uint8Array.from(bytes) });

describe("what cannot be used ends with code 2 and one line", () => {
  test.each<[string[], string]>([
    [["susceptibility", own, "--data", data], "--at <point>"],
    [[...words, "--groups", "0"], 'groups is "0"'],
    [[...words, "--parameters", "v"], "names among w"],
    [[...words, "--influence", "61"], "at most 60"],
    [[...words, "--groups", weights], "0 arrays of 60 integers"],
    [["susceptibility", "superposition", "--at", "5"], "no losses of some samples"],
  ])("%j", async (given, part) => {
    const { code, stdout, stderr } = await call(given);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(part);
  });
});
