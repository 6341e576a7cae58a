import { expect, test } from "vitest";
import { stream } from "../../../src/numerics/stream.ts";
import { readMap } from "../../../src/transitions/map/index.ts";
import { roughnessOf } from "../../../src/transitions/map/roughness.ts";
import { explore } from "./support.ts";
import { trainability } from "./trainability.ts";

const labelsOf = (n: number, phaseAt: (x: number, y: number) => number): number[] =>
  Array.from({ length: n * n }, (_, cell) => phaseAt(cell % n, Math.floor(cell / n)));

test("straight lines at any angle and offset have dimension 1", () => {
  for (const n of [64, 100]) {
    let [judged, farthest] = [0, 0];
    for (let seed = 0; seed < 60; seed++) {
      const random = stream({ seed, purpose: "lines" });
      const angle = 2 * Math.PI * random.uniform();
      const offset = (random.uniform() - 0.5) * 0.9 * n;
      const [c, s, middle] = [Math.cos(angle), Math.sin(angle), (n - 1) / 2];
      const rough = roughnessOf(
        { columns: n, rows: n },
        labelsOf(n, (x, y) => (c * (x - middle) + s * (y - middle) > offset ? 1 : 0)),
      );
      // A line that only cuts off a corner is too short for a verdict.
      if (rough === null || rough.octaves < 4) {
        expect(rough?.resolved ?? null).toBe(null);
        continue;
      }
      judged++;
      expect(rough.resolved).toBe(true);
      farthest = Math.max(farthest, Math.abs(rough.dimension - 1));
      expect(Math.abs(rough.dimension - 1)).toBeLessThanOrEqual(0.05);
    }
    console.log(`${judged} lines on ${n} x ${n} cells: dimension 1 +- ${farthest.toFixed(4)}`);
    expect(judged).toBeGreaterThan(30);
  }
});

test("circles and waves are resolved; a chessboard of single cells and random labels are not", () => {
  const n = 96;
  const grid = { columns: n, rows: n };
  const circle = roughnessOf(
    grid,
    labelsOf(n, (x, y) => ((x - 50) ** 2 + (y - 44) ** 2 < 900 ? 1 : 0)),
  );
  const wave = roughnessOf(
    grid,
    labelsOf(n, (x, y) => (y > 48 + 12 * Math.sin(x / 9) ? 1 : 0)),
  );
  expect(circle?.resolved).toBe(true);
  expect(wave?.resolved).toBe(true);
  const random = stream({ seed: 1, purpose: "labels" });
  const noise = roughnessOf(
    grid,
    labelsOf(n, () => random.below(2)),
  );
  expect(noise?.resolved).toBe(false);
  expect(noise!.dimension).toBeGreaterThan(1.7);
});

test("the boundary of a Koch curve has its dimension", () => {
  // Height over a segment that is flat outside; its boundary has dimension log 4 / log 3.
  const n = 244;
  const points: [number, number][] = [[0, 60]];
  const grow = (x: number, y: number, dx: number, dy: number, depth: number): void => {
    if (depth === 0) {
      points.push([x + dx, y + dy]);
      return;
    }
    const [ux, uy] = [dx / 3, dy / 3];
    const [tx, ty] = [ux / 2 - (Math.sqrt(3) / 2) * uy, (Math.sqrt(3) / 2) * ux + uy / 2];
    grow(x, y, ux, uy, depth - 1);
    grow(x + ux, y + uy, tx, ty, depth - 1);
    grow(x + ux + tx, y + uy + ty, ux - tx, uy - ty, depth - 1);
    grow(x + 2 * ux, y + 2 * uy, ux, uy, depth - 1);
  };
  grow(0, 60, 243, 0, 7);
  // Where a vertical line through the middle of a column meets the curve.
  const crossings = Array.from({ length: n }, (_, column) => {
    const x = column + 0.01;
    return points.flatMap(([bx, by], i) => {
      const [ax, ay] = points[Math.max(0, i - 1)];
      return ax > x !== bx > x ? [ay + ((by - ay) * (x - ax)) / (bx - ax)] : [];
    });
  });
  const rough = roughnessOf(
    { columns: n, rows: n },
    labelsOf(n, (x, y) => crossings[x].filter(height => height < y).length % 2),
  )!;
  expect(rough.octaves).toBeGreaterThanOrEqual(4);
  expect(rough.resolved).toBe(false);
  expect(Math.abs(rough.dimension - Math.log(4) / Math.log(3))).toBeLessThan(0.08);
});

test("the boundary of trainability of a tanh network is not resolved, neither in all cells nor in few", () => {
  const n = 64;
  const grid = { columns: n, rows: n };
  const trains = trainability(1);
  const labels = labelsOf(n, (x, y) =>
    trains(4.5 + (2 * x) / (n - 1), 0.8 + (0.8 * y) / (n - 1)) === "trains" ? 0 : 1,
  );
  const whole = roughnessOf(grid, labels)!;
  expect(whole.octaves).toBe(5);
  expect(whole.resolved).toBe(false);
  expect(whole.dimension - 2 * whole.error).toBeGreaterThan(1.1);

  const votes = explore(grid, ({ column, row }) => `${labels[row * n + column]}`, { seed: 1, exact: true });
  expect(votes.length).toBeLessThan(0.25 * n * n);
  const few = readMap(grid, votes, { exact: true }).roughness!;
  const text = ({ dimension, error }: typeof few) => `${dimension.toFixed(3)} +- ${error.toFixed(3)}`;
  console.log(
    `trainability: ${text(whole)} in all ${n * n} cells, ${text(few)} from ${votes.length} runs; not resolved`,
  );
  expect(few.resolved).toBe(false);
  expect(Math.abs(few.dimension - whole.dimension)).toBeLessThan(2 * Math.sqrt(few.error ** 2 + whole.error ** 2));
});

test("small maps have no verdict, and maps of one phase no boundary", () => {
  expect(
    roughnessOf(
      { columns: 31, rows: 40 },
      labelsOf(40, x => (x > 15 ? 1 : 0)),
    ),
  ).toMatchObject({
    octaves: 3,
    resolved: null,
  });
  expect(
    roughnessOf(
      { columns: 64, rows: 64 },
      labelsOf(64, () => 0),
    ),
  ).toBe(null);
  expect(roughnessOf({ columns: 3, rows: 1 }, [0, 1, 1])).toBe(null);
});
