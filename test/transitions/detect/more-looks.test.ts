import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { changeRegions } from "../../../src/transitions/change/change-regions.ts";
import { thresholdCountsOf } from "../../../src/transitions/detect/more-looks.ts";
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
