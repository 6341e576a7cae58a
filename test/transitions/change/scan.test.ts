import { expect, test } from "vitest";
import { leastSquares } from "../../../src/numerics/least-squares.ts";
import { stream } from "../../../src/numerics/stream.ts";
import { fitLaw, groundOf, residualsOf, tangentColumns, termColumns } from "../../../src/transitions/change/law-fit.ts";
import { laws } from "../../../src/transitions/change/laws.ts";
import { columnsOf, LEAST_SEGMENT, meanChanges } from "../../../src/transitions/change/mean-change.ts";
import { smoothDeviations } from "../../../src/transitions/change/noise-law.ts";
import { bestPhi, PHIS } from "../../../src/transitions/change/phi-profile.ts";
import { scan } from "../../../src/transitions/change/scan.ts";

const N = 50;
const normals = (n: number, seed: number): Float64Array => {
  const out = new Float64Array(n);
  stream({ seed, purpose: "noise" }).normals(out);
  return out;
};

/** Sum of squared innovations of values less columns, row by row from the definition of the noise. */
const squaresOf = (values: Float64Array, columns: Float64Array[], phi: number, deviations: Float64Array): number => {
  const white = (column: Float64Array, t: number): number =>
    column[t] / deviations[t] - (phi * column[t - 1]) / deviations[t - 1];
  const times = Array.from({ length: values.length - 1 }, (_, i) => i + 1);
  const rows = Float64Array.from(times.flatMap(t => columns.map(column => white(column, t))));
  const right = Float64Array.from(times, t => white(values, t));
  return leastSquares(rows, right, times.length, columns.length)!.squares;
};

const one = new Float64Array(N).fill(1);
const ramp = Float64Array.from({ length: N }, (_, i) => i);
const deviations = Float64Array.from({ length: N }, (_, i) => 1 + 0.5 * Math.sin(i / 9) + i / N);

test("gains at every place are those of least squares with one change more", () => {
  const values = normals(N, 1).map((value, i) => value + (i > 30 ? 2 : 0));
  for (const phi of [-0.3, 0, 0.7]) {
    const columns = [one, ramp];
    const noise = { phi, deviations };
    const { residuals, basis } = residualsOf(values, columns, noise);
    const whole = squaresOf(values, columns, phi, deviations);
    const gains = scan(residuals, basis, noise, [{ at: 20, kind: "level", width: 1 }]);
    for (const kind of meanChanges)
      for (let at = 0; at < N; at++) {
        const width = gains.widths[at];
        const isPossible =
          kind === "ramp"
            ? gains.ramp[at] > 0
            : at >= LEAST_SEGMENT && at <= N - LEAST_SEGMENT && Math.abs(at - 20) >= LEAST_SEGMENT;
        const change = { at, kind, width: kind === "ramp" ? width : 1 };
        const right = isPossible
          ? whole - squaresOf(values, [...columns, ...columnsOf(change, N)], phi, deviations)
          : 0;
        expect(gains[kind][at]).toBeCloseTo(right, 8);
      }
    const ramps = Array.from(gains.ramp, (gain, at) => ({ gain, at })).filter(({ gain }) => gain > 0);
    expect(ramps.some(({ at }) => gains.widths[at] === 16)).toBe(true);
    for (const { at } of ramps) expect(at + gains.widths[at] - 1 <= 14 || at >= 26).toBe(true);
  }
});

test("the best coefficient of the noise is that of a fine grid of least squares", () => {
  for (let seed = 0; seed < 5; seed++) {
    let last = 0;
    const values = normals(N, seed).map(value => {
      last = 0.2 * seed * last + value;
      return last;
    });
    const even = new Float64Array(N).fill(1);
    const { phi, squares } = bestPhi(values, [one, ramp]);
    expect(squares).toBeCloseTo(squaresOf(values, [one, ramp], phi, even), 8);
    for (let tried = PHIS[0]; tried < 1; tried += 0.01)
      expect(squares).toBeLessThanOrEqual(squaresOf(values, [one, ramp], tried, even) + 1e-3);
  }
});

test("laws are fitted: exponents and rates come back", () => {
  const even = { phi: 0, deviations: new Float64Array(N).fill(1) };
  const steps = Float64Array.from({ length: N }, (_, i) => i + 1);
  const noise = normals(N, 4).map(value => 1e-5 * value);
  const power = fitLaw(
    laws.find(({ name }) => name === "power law")!,
    groundOf({ steps, values: noise.map((value, i) => value + 2 + 3 * (i + 1) ** -0.63) }, [], even),
  );
  expect(Math.exp(power.shapes[0][0])).toBeCloseTo(0.63, 1);
  const rate = fitLaw(
    laws.find(({ name }) => name === "exponential")!,
    groundOf({ steps, values: noise.map((value, i) => value + 2 - Math.exp((-4 * i) / (N - 1))) }, [], even),
  );
  expect(Math.exp(rate.shapes[0][0])).toBeCloseTo(4, 0);
  // What sections leave, tangents take.
  for (const [fit, law] of [
    [power, (i: number) => 2 + 3 * (i + 1) ** -0.63],
    [rate, (i: number) => 2 - Math.exp((-4 * i) / (N - 1))],
  ] as const) {
    const values = Float64Array.from({ length: N }, (_, i) => law(i));
    const { residuals } = residualsOf(values, tangentColumns({ steps, values }, fit, []), even);
    expect(Math.max(...residuals.map(Math.abs))).toBeLessThan(1e-3);
  }
});

test("a power law that begins later is fitted by a member of its family alone, whose tangents are left to intervals", () => {
  const steps = Float64Array.from({ length: N }, (_, i) => 1e5 ** (i / (N - 1)));
  const of = (step: number): number => 2 - 5 * (1 + (step - 1) / 37) ** -0.83;
  const even = { phi: 0, deviations: new Float64Array(N).fill(1) };
  const curve = { steps, values: steps.map(of) };
  const fit = fitLaw(laws.find(({ name }) => name === "later power law")!, groundOf(curve, [], even));
  expect(Math.exp(fit.shapes[0][0])).toBeCloseTo(0.83, 4);
  expect(Math.exp(fit.shapes[0][1])).toBeCloseTo(37, 2);
  expect(fit.squares).toBeLessThan(1e-8);
  expect(termColumns(curve, fit)).toHaveLength(1);
  // What shapes add, by differences.
  const [column, ...tangents] = termColumns(curve, fit, true);
  const [exponent, time] = fit.shapes[0];
  const at = (a: number, t: number, step: number): number => (1 + (step - 1) / Math.exp(t)) ** -Math.exp(a);
  for (const i of [1, 40, N - 1]) {
    expect(column[i]).toBeCloseTo(at(exponent, time, steps[i]), 12);
    const [high, low] = [1e-5, -1e-5].map(by => [at(exponent + by, time, steps[i]), at(exponent, time + by, steps[i])]);
    tangents.forEach((tangent, k) => {
      expect(tangent[i]).toBeCloseTo((high[k] - low[k]) / 2e-5, 8);
    });
  }
});

test("noise that falls has the deviations that are most likely", () => {
  const n = 2000;
  const fall = (i: number): number => (i + 1) ** -0.5;
  const found = smoothDeviations(normals(n - 1, 2).map((value, i) => value * fall(i + 1)))!;
  for (const i of [1, 10, 200, 1999]) {
    const ratio = found[i] / found[500] / (fall(i) / fall(500));
    expect(ratio).toBeGreaterThan(0.8);
    expect(ratio).toBeLessThan(1.25);
  }
  expect(smoothDeviations(new Float64Array(30))).toBeNull();
});
