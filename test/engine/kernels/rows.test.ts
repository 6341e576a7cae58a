import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stream } from "../../../src/numerics/stream.ts";
import { createArena } from "./arena.ts";

const problems = fc.record({
  rows: fc.integer({ min: 0, max: 40 }),
  width: fc.integer({ min: 0, max: 21 }),
  tableRows: fc.integer({ min: 1, max: 12 }),
  seed: fc.integer({ min: 0, max: 1e6 }),
});

describe.each([
  { precision: 32, Floats: Float32Array, round: Math.fround },
  { precision: 64, Floats: Float64Array, round: (x: number) => x },
] as const)("f$precision", ({ precision, Floats, round }) => {
  const draw = ({ rows, width, tableRows, seed }: { rows: number; width: number; tableRows: number; seed: number }) => {
    const random = stream({ seed, purpose: "rows" });
    return {
      indices: Int32Array.from({ length: rows }, () => random.below(tableRows)),
      table: new Floats(Array.from({ length: tableRows * width }, random.normal)),
      values: new Floats(Array.from({ length: rows * width }, random.normal)),
    };
  };

  test("gatherRows copies row indices[r] of the table to row r", () => {
    fc.assert(
      fc.property(problems, problem => {
        const { rows, width } = problem;
        const drawn = draw(problem);
        const arena = createArena(2 ** 16);
        const [table, indices] = [arena.place(drawn.table), arena.place(drawn.indices)];
        const out = arena.place(new Floats(rows * width).fill(Number.NaN));
        const gather = precision === 32 ? arena.kernels.gatherRows32 : arena.kernels.gatherRows64;
        gather(out.byteOffset, table.byteOffset, indices.byteOffset, rows, width);
        arena.checkGuards();
        const expected = [...drawn.indices].flatMap(index => [
          ...drawn.table.subarray(index * width, (index + 1) * width),
        ]);
        expect([...out]).toEqual(expected);
      }),
      { seed: 5 },
    );
  });

  test("scatterAddRows adds row r to row indices[r], in ascending r", () => {
    fc.assert(
      fc.property(problems, problem => {
        const { rows, width } = problem;
        const drawn = draw(problem);
        const arena = createArena(2 ** 16);
        const [values, indices] = [arena.place(drawn.values), arena.place(drawn.indices)];
        const out = arena.place(drawn.table);
        const scatterAdd = precision === 32 ? arena.kernels.scatterAddRows32 : arena.kernels.scatterAddRows64;
        scatterAdd(out.byteOffset, values.byteOffset, indices.byteOffset, rows, width);
        arena.checkGuards();
        const expected = [...drawn.table];
        for (let r = 0; r < rows; r++)
          for (let column = 0; column < width; column++) {
            const at = drawn.indices[r] * width + column;
            expected[at] = round(expected[at] + drawn.values[r * width + column]);
          }
        expect([...out]).toEqual(expected);
      }),
      { seed: 6 },
    );
  });
});

test("scatterAddRowsWide adds f32 in f64, which roundSums rounds", () => {
  fc.assert(
    fc.property(problems, ({ rows, width, tableRows, seed }) => {
      const random = stream({ seed, purpose: "rows" });
      const drawn = Float32Array.from({ length: rows * width }, random.normal);
      const places = Int32Array.from({ length: rows }, () => random.below(tableRows));
      const arena = createArena(2 ** 16);
      const [values, indices] = [arena.place(drawn), arena.place(places)];
      const sums = arena.place(new Float64Array(tableRows * width));
      const out = arena.place(new Float32Array(tableRows * width).fill(Number.NaN));
      arena.kernels.scatterAddRowsWide(sums.byteOffset, values.byteOffset, indices.byteOffset, rows, width);
      arena.kernels.roundSums(out.byteOffset, sums.byteOffset, tableRows * width);
      arena.checkGuards();
      const expected = new Float64Array(tableRows * width);
      for (let r = 0; r < rows; r++)
        for (let column = 0; column < width; column++)
          expected[places[r] * width + column] += drawn[r * width + column];
      expect([...sums]).toEqual([...expected]);
      expect([...out]).toEqual([...Float32Array.from(expected)]);
    }),
    { seed: 6 },
  );
});
