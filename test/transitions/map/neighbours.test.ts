import { expect, test } from "vitest";
import { stream } from "../../../src/numerics/stream.ts";
import { largestMissed } from "../../../src/transitions/map/largest-missed.ts";
import { neighboursOn } from "../../../src/transitions/map/neighbours.ts";

test("the nearest cells with runs, with ties of the last, are those that sorting all of them finds", () => {
  const random = stream({ seed: 4, purpose: "cells with runs" });
  for (const [columns, rows] of [[1, 1], [9, 1], [7, 12], [23, 17]])
    for (const share of [0, 0.02, 0.3, 1]) {
      const seen = Float64Array.from({ length: columns * rows }, () => (random.uniform() < share ? 1 + random.below(3) : 0));
      const near = neighboursOn({ columns, rows });
      const nearest = near.among(seen);
      for (let draw = 0; draw < 40; draw++) {
        const [cell, count, itself] = [random.below(columns * rows), 1 + random.below(30), random.uniform() < 0.5];
        const all = [...seen.keys()].filter(other => seen[other] > 0 && (itself || other !== cell));
        all.sort((a, b) => near.square(cell, a) - near.square(cell, b) || a - b);
        const last = all.length < count ? Infinity : near.square(cell, all[count - 1]);
        expect(nearest(cell, count, itself)).toEqual(all.filter(other => near.square(cell, other) <= last));
      }
    } // biome-ignore format: pairs in a row
});

test("the largest disc that was missed reaches to the nearest run at 95 % of all places", () => {
  // Runs at 0, 10, ..., 40 of a row of 41 cells: 4 of 41 are 5 away, 2 of them more than a twentieth; 9 cells are nearer to a centre than 5.
  const seen = Array.from({ length: 41 }, (_, cell) => (cell % 10 === 0 ? 1 : 0));
  expect(largestMissed({ columns: 41, rows: 1 }, seen)).toBe(9 / 41);
});
