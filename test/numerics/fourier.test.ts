import { expect, test } from "vitest";
import { fourierInPlace } from "../../src/numerics/fourier.ts";
import { autocovariance } from "../../src/numerics/statistics/autocovariance.ts";
import { stream } from "../../src/numerics/stream.ts";

const numbers = (n: number, purpose: string): Float64Array => {
  const out = new Float64Array(n);
  stream({ seed: 5, purpose }).normals(out);
  return out;
};

test.each([1, 2, 8, 64])("the transform of %d numbers is the sum that defines it", n => {
  const [re, im] = [numbers(n, "re"), numbers(n, "im")];
  const [real, imaginary] = [re.slice(), im.slice()];
  fourierInPlace(real, imaginary);
  for (let k = 0; k < n; k++) {
    let [a, b] = [0, 0];
    for (let j = 0; j < n; j++) {
      const angle = (-2 * Math.PI * j * k) / n;
      a += re[j] * Math.cos(angle) - im[j] * Math.sin(angle);
      b += re[j] * Math.sin(angle) + im[j] * Math.cos(angle);
    }
    expect(Math.abs(real[k] - a)).toBeLessThan(1e-12);
    expect(Math.abs(imaginary[k] - b)).toBeLessThan(1e-12);
  }
});

test("other lengths are refused", () => {
  expect(() => fourierInPlace(new Float64Array(6), new Float64Array(6))).toThrow("is 6: needs a power of two");
});

test.each([1, 5, 100, 257])("autocovariances of %d numbers are the sums that define them", n => {
  const series = numbers(n, "series").map((value, i) => 100 + value + Math.sin(i / 3));
  const mean = series.reduce((a, b) => a + b, 0) / n;
  const found = autocovariance(series);
  expect(found.length).toBe(n);
  for (let lag = 0; lag < n; lag++) {
    let sum = 0;
    for (let i = 0; i + lag < n; i++) sum += (series[i] - mean) * (series[i + lag] - mean);
    expect(Math.abs(found[lag] - sum / n)).toBeLessThan(1e-12);
  }
});
