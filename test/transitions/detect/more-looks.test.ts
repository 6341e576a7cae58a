import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { stream } from "../../../src/numerics/stream.ts";
import { changeRegions } from "../../../src/transitions/change/change-regions.ts";
import { sharedChangesOf, thresholdCountsOf } from "../../../src/transitions/detect/more-looks.ts";
import { viewOf } from "../../../src/transitions/detect/view.ts";

test("on a grokking log a threshold's answer swings by more than ten, that of regions by at most 1.5 between levels 1 % and 10 %", () => {
  const path = join(import.meta.dirname, "../../../examples/data/grokking.csv");
  const [names, ...rows] = readFileSync(path, "utf8")
    .trim()
    .split("\n")
    .map(line => line.split(","));
  const step = rows.map(row => Number(row[0]));
  const tracks = names.slice(1).map((name, c) => ({ name, step, value: rows.map(row => Number(row[c + 1])) }));
  const [{ counts }] = thresholdCountsOf([tracks.find(({ name }) => name === "train_loss")!]);
  const numbers = counts.map(({ changes }) => changes);
  expect(Math.max(...numbers) / Math.min(...numbers)).toBeGreaterThanOrEqual(10);
  const regions = (level: number): number =>
    tracks.reduce((sum, track) => {
      const { values, places } = viewOf(track, { axis: "step", metric: "value", thinning: 1 })!;
      return sum + changeRegions(values, places, { level, shuffles: 199 }).regions.length;
    }, 0);
  const strict = regions(0.01);
  expect(strict).toBeGreaterThan(0);
  expect(regions(0.1) / strict).toBeLessThanOrEqual(1.5);
});

test("a jump in one of many means is one change on both axes, within its interval", () => {
  const n = 800;
  const step = Float64Array.from({ length: n }, (_, i) => 25 * (i + 1));
  const first = 337;
  const tracks = ["a", "b"].map((name, k) => {
    const value = new Float64Array(n);
    stream({ seed: k, purpose: "shared jump" }).normals(value);
    return { name, step, value: value.map((each, i) => each + (i >= first ? 4 : 0)) };
  });
  const { changes } = sharedChangesOf(tracks);
  expect(changes).toHaveLength(1);
  expect(changes[0].levels.map(({ track }) => track)).toEqual(["a", "b"]);
  expect(changes[0].at.low).toBeLessThanOrEqual(step[first]);
  expect(changes[0].at.high).toBeGreaterThanOrEqual(step[first]);
});
