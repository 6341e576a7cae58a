import { expect, test } from "vitest";
import { exp } from "../../../src/numerics/elementary.ts";
import { stream } from "../../../src/numerics/stream.ts";
import { findChanges } from "../../../src/transitions/change/find-changes.ts";
import { dot, orthonormal, project } from "../../../src/transitions/change/orthonormal.ts";
import { bestPhi, lagsOf, PHIS, profileOf } from "../../../src/transitions/change/phi-profile.ts";

const N = 298;
const noise = new Float64Array(N);
stream({ seed: 3, purpose: "profile" }).normals(noise);
const column = (of: (t: number) => number): Float64Array => Float64Array.from({ length: N }, (_, t) => of(t));

/** Squares of what whitened columns leave of whitened values, by orthonormal columns. */
const leftOf = (values: Float64Array, columns: readonly Float64Array[], phi: number): number => {
  const [rest, ...white] = [values, ...columns].map(each =>
    Float64Array.from({ length: N - 1 }, (_, t) => each[t + 1] - phi * each[t]),
  );
  project(rest, orthonormal(white));
  return dot(rest, rest);
};

/** Columns of an exponential law of some rate, with a bend. */
const columnsAt = (rate: number): Float64Array[] => [
  column(() => 1),
  column(t => exp(-rate * t)),
  column(t => -rate * t * exp(-rate * t)),
  column(t => Math.max(0, t - 293) / N),
];

test("the best coefficient leaves what whitened columns leave, exponentials too that die out as the noise does", () => {
  // Such a column is next to nothing once it is whitened, and its products have no digits left.
  for (const rate of [0.3, 0.02, 0.0044, 0.001])
    for (const shape of [0, 40]) {
      let [walk, place] = [0, 0];
      const values = noise.map((draw, t) => {
        walk = 0.97 * walk + 0.05 * draw;
        place += walk;
        return place + shape * Math.max(0, t - 150);
      });
      const { phi, squares, walk: atOne } = bestPhi(values, columnsAt(rate));
      const exact = leftOf(values, columnsAt(rate), phi);
      expect(Math.abs(squares / exact - 1)).toBeLessThan(1e-5);
      expect(Math.abs(atOne / leftOf(values, columnsAt(rate), 1) - 1)).toBeLessThan(1e-5);
      for (const other of PHIS)
        if (other < 1 - 1 / N) expect(squares).toBeLessThanOrEqual(leftOf(values, columnsAt(rate), other) * 1.00001);
    }
});

test("lags of more columns are those of all of them", () => {
  const [first, second, ...others] = columnsAt(0.05);
  const values = noise.map((draw, t) => draw + 0.01 * t);
  const known = lagsOf(values, [first, second]);
  const [step, whole] = [profileOf(lagsOf(values, others, known)), bestPhi(values, columnsAt(0.05))];
  expect(step.squares).toBeCloseTo(whole.squares, 8);
  expect(step.phi).toBeCloseTo(whole.phi, 8);
});

test("plateaus and falls with smooth noise keep all their bends", () => {
  // With products that had lost their digits an exponential explained all of such a curve.
  const places = [60, 110, 160, 215];
  let [slope, level, rough, smooth] = [0, 6, 0, 0];
  const values = noise.map((draw, t) => {
    if (places.includes(t)) slope = slope === 0 ? -0.03 : 0;
    rough = 0.8 * rough + 0.002 * draw;
    smooth = 0.9 * smooth + rough;
    level += slope;
    return level + smooth;
  });
  const { changes } = findChanges(values);
  expect(changes.length).toBe(4);
  changes.forEach(({ at }, i) => {
    expect(Math.abs(at.estimate - places[i])).toBeLessThanOrEqual(5);
  });
});
