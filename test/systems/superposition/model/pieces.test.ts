import { describe, expect, test } from "vitest";
import {
  diagonal,
  diagonalBranch,
  diagonalSlopes,
  offDiagonal,
  offDiagonalBranch,
  offDiagonalSlopes,
} from "../../../../src/systems/superposition/model/pieces.ts";
import { excess, golden } from "./golden.ts";
import { distance } from "./numerical.ts";

type Piece = (a: number, b: number, out: Float64Array) => void;

const values = (piece: Piece, a: number, b: number): Float64Array => {
  const out = new Float64Array(6).fill(Number.NaN);
  piece(a, b, out);
  return out;
};

test.each(golden<{ a: number; b: number }, { g: number[] }>("off-diagonal-piece"))(
  "cross term, reference $name",
  ({ input: { a, b }, expected }) => {
    expect(excess(values(offDiagonal, a, b), expected.g)).toBeLessThanOrEqual(1e-10);
  },
);

test.each(golden<{ a: number; b: number }, { d: number[] }>("diagonal-piece"))(
  "self term, reference $name",
  ({ input: { a, b }, expected }) => {
    expect(excess(values(diagonal, a, b), expected.d)).toBeLessThanOrEqual(1e-10);
  },
);

/** One point inside each branch. */
const branches = [
  [offDiagonal, offDiagonalBranch, "O+", 0.7, 0.2],
  [offDiagonal, offDiagonalBranch, "O+", -0.3, 0.5],
  [offDiagonal, offDiagonalBranch, "O+cut", -0.9, 0.4],
  [offDiagonal, offDiagonalBranch, "O-", 0.9, -0.4],
  [offDiagonal, offDiagonalBranch, "O0", 0.3, -0.4],
  [diagonal, diagonalBranch, "D+", 0.7, 0.2],
  [diagonal, diagonalBranch, "D-", 0.9, -0.4],
  [diagonal, diagonalBranch, "D0", 0.3, -0.4],
] as const;

describe.each(branches)("%o", (piece, branchOf, name, a, b) => {
  test(`(${a}, ${b}) is on branch ${name}`, () => expect(branchOf(a, b)).toBe(name));

  test(`derivatives on ${name} are those of the value`, () => {
    const h = 1e-5;
    const centre = values(piece, a, b);
    const difference = (by: "a" | "b") => {
      const [plus, minus] = [h, -h].map(step => values(piece, by === "a" ? a + step : a, by === "b" ? b + step : b));
      return plus.map((value, i) => (value - minus[i]) / (2 * h));
    };
    const [byA, byB] = [difference("a"), difference("b")];
    expect(
      distance([byA[0], byB[0], byA[1], byA[2], byB[2]], [...centre.slice(1, 4), centre[4], centre[5]]),
    ).toBeLessThan(1e-8);
    expect(Math.abs(byB[1] - byA[2])).toBeLessThan(1e-8);
  });
});

test("the short forms give the same bits", () => {
  for (const [piece, , , a, b] of branches) {
    const short = new Float64Array(3);
    (piece === diagonal ? diagonalSlopes : offDiagonalSlopes)(a, b, short);
    expect(short).toEqual(values(piece, a, b).slice(0, 3));
  }
});

test("value and first derivatives are continuous across branches", () => {
  const step = 1e-9;
  for (const piece of [offDiagonal, diagonal])
    for (const [a, b, da, db] of [
      [0.6, 0, 0, 1],
      [0.6, -0.6, 0, 1],
      ...(piece === diagonal
        ? []
        : [
            [-0.6, 0.6, 1, 0],
            [0, 0.4, 1, 0],
            [0, -0.4, 1, 0],
          ]),
    ])
      expect(
        distance(
          values(piece, a + step * da, b + step * db).slice(0, 3),
          values(piece, a - step * da, b - step * db).slice(0, 3),
        ),
      ).toBeLessThan(40 * step);
});

test("nothing is lost near a = 0, where the two lines of thresholds meet", () => {
  for (const a of [1e-300, 1e-150, 1e-17, 1e-8])
    for (const ratio of [0.25, 0.5, 0.75]) {
      const upper = values(offDiagonal, a, -ratio * a);
      const cut = values(offDiagonal, -a, ratio * a);
      // g is homogeneous of degree 2: scale a out.
      const unit = values(offDiagonal, 1, -ratio);
      const unitCut = values(offDiagonal, -1, ratio);
      expect(distance([upper[1] / a, upper[2] / a, ...upper.slice(3)], unit.slice(1))).toBeLessThan(1e-14);
      expect(distance([cut[1] / a, cut[2] / a, ...cut.slice(3)], unitCut.slice(1))).toBeLessThan(1e-14);
    }
  expect([...values(offDiagonal, 0, 0)]).toEqual([0, 0, 0, 0, 0, 0]);
  expect([...values(offDiagonal, 0, 2)]).toEqual([12, 6, 12, 2, 3, 6]);
});

test("a NaN comes out again", () => {
  for (const piece of [offDiagonal, diagonal])
    for (const [a, b] of [
      [Number.NaN, 1],
      [Number.NaN, -1],
      [1, Number.NaN],
    ])
      expect(values(piece, a, b)[0]).toBeNaN();
});
