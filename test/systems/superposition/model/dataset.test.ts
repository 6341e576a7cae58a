import { describe, expect, test } from "vitest";
import { isLandauError } from "../../../../src/errors.ts";
import { stream } from "../../../../src/numerics/stream.ts";
import { datasetFromJson, drawDataset } from "../../../../src/systems/superposition/model/dataset.ts";
import { empiricalObjective } from "../../../../src/systems/superposition/model/empirical.ts";

test("features are uniform and amplitudes uniform in [0, 1), within five standard errors", () => {
  const [c, n] = [5, 20_000];
  const { feature, amplitude } = drawDataset(stream({ seed: 3, purpose: "draw" }), { c, n });
  const counts = new Array(c).fill(0);
  for (const j of feature) counts[j]++;
  for (const count of counts)
    expect(Math.abs(count / n - 1 / c)).toBeLessThan(5 * Math.sqrt(((1 / c) * (1 - 1 / c)) / n));
  const mean = amplitude.reduce((sum, t) => sum + t, 0) / n;
  expect(Math.abs(mean - 1 / 2)).toBeLessThan(5 / Math.sqrt(12 * n));
  const squares = amplitude.reduce((sum, t) => sum + t * t, 0) / n;
  expect(Math.abs(squares - 1 / 3)).toBeLessThan(5 * Math.sqrt(4 / 45 / n));
  expect(amplitude.every(t => t >= 0 && t < 1)).toBe(true);
});

test("the same address gives the same samples, and a longer draw begins with them", () => {
  const draw = (n: number) => drawDataset(stream({ seed: 3, chain: 2, purpose: "draw" }), { c: 6, n });
  expect(draw(50)).toEqual(draw(50));
  expect(draw(80).amplitude.slice(0, 50)).toEqual(draw(50).amplitude);
  expect(draw(80).feature.slice(0, 50)).toEqual(draw(50).feature);
});

describe("refused", () => {
  test.each([
    [{ c: 2.5, n: 3 }, "c is 2.5"],
    [{ c: 6, n: 0 }, "n is 0"],
    [{ c: 6, n: Number.NaN }, "n is NaN"],
  ])("draw %o", (settings, message) => {
    expect(() => drawDataset(stream({ seed: 1, purpose: "draw" }), settings)).toThrow(message);
  });

  test.each([
    [{ c: 1, feature: [0], amp: [1] }, "c is 1"],
    [{ c: 6, feature: [], amp: [] }, "feature is []"],
    [{ c: 6, feature: "0", amp: [1] }, 'feature is "0"'],
    [{ c: 6, feature: [0, 1], amp: [1] }, "amp is [1]: needs a list of 2 amplitudes"],
    [{ c: 6, feature: [0, 6], amp: [1, 1] }, "feature[1] is 6: needs an integer from 0 to c - 1 = 5"],
    [{ c: 6, feature: [0, -1], amp: [1, 1] }, "feature[1] is -1"],
    [{ c: 6, feature: [0, 1.5], amp: [1, 1] }, "feature[1] is 1.5"],
    [{ c: 6, feature: [0, 1], amp: [1, -0.1] }, "amp[1] is -0.1: needs a finite number >= 0"],
    [{ c: 6, feature: [0, 1], amp: [1, null] }, "amp[1] is null"],
    [{ c: 6, feature: [0, 1], amp: [1, "1"] }, 'amp[1] is "1"'],
  ])("JSON %o", (input, message) => {
    let thrown: unknown;
    try {
      datasetFromJson(input);
    } catch (error) {
      thrown = error;
    }
    expect(isLandauError(thrown, "input")).toBe(true);
    expect((thrown as Error).message).toContain(message);
  });

  test.each([
    [[0, 1], [1], "amplitude.length is 1: needs as many entries as feature has, 2"],
    [[], [], "feature is []: needs at least one sample"],
    [[0, 3], [1, 1], "feature[1] is 3"],
    [[0, 1], [1, -1], "amplitude[1] is -1"],
    [[0, 1], [1, Number.NaN], "amplitude[1] is NaN"],
    [[0, 1], [1, Infinity], "amplitude[1] is Infinity"],
    [[0, 1], [1, 1e200], "amplitude is 1e+200: needs squares with a finite sum"],
  ])("an objective on features %o with amplitudes %o", (feature, amplitude, message) => {
    const dataset = { c: 3, feature: Int32Array.from(feature), amplitude: Float64Array.from(amplitude) };
    expect(() => empiricalObjective(dataset, 2)).toThrow(message);
  });
});
