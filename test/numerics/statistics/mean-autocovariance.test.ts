import { describe, expect, test } from "vitest";
import { autocovariance } from "../../../src/numerics/statistics/autocovariance.ts";
import { meanAutocovarianceOfBits, zeroBits } from "../../../src/numerics/statistics/bit-series.ts";
import { LONG_SERIES, meanAutocovariance } from "../../../src/numerics/statistics/mean-autocovariance.ts";
import { stream } from "../../../src/numerics/stream.ts";

const walks = (count: number, n: number): Float64Array[] =>
  Array.from({ length: count }, (_, chain) => {
    const values = new Float64Array(n);
    stream({ seed: 7, chain, purpose: "walks" }).normals(values);
    for (let i = 1; i < n; i++) values[i] += 0.97 * values[i - 1];
    return values;
  });

const expected = (series: readonly Float64Array[], lag: number): number =>
  series.map(autocovariance).reduce((sum, each) => sum + each[lag], 0) / series.length;

describe.each([
  ["short series", 3, 1000],
  ["long series, an odd number of them", 3, LONG_SERIES + 5],
  ["long series", 4, LONG_SERIES],
])("%s", (_name, count, n) => {
  const series = walks(count, n);
  const at = meanAutocovariance(series);
  test.each([0, 1, 7, 8, 30, 95, 96, 97, 500, n - 1])("lag %i is the mean of the autocovariances", lag => {
    expect(Math.abs(at(lag) - expected(series, lag))).toBeLessThan(1e-12 * expected(series, 0));
  });
});

test("zeros and ones as bits: the same", () => {
  const n = 1001;
  const series = walks(3, n).map(values => values.map(value => (value > 0.3 ? 1 : 0)));
  const bits = zeroBits(3, n);
  for (const [c, values] of series.entries())
    for (const [i, value] of values.entries()) bits.words[c][i >>> 5] |= value << (i & 31);
  const at = meanAutocovarianceOfBits(bits);
  for (const lag of [3, 0, 1, 31, 32, 33, 64, 500, n - 1])
    expect(Math.abs(at(lag) - expected(series, lag))).toBeLessThan(1e-13);
});
