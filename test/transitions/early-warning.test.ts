import { expect, test } from "vitest";
import { stream } from "../../src/numerics/stream.ts";
import { earlyWarning } from "../../src/transitions/detect/early-warning.ts";
import { messageOf } from "../support/message-of.ts";

const N = 150;
/** AR(1) noise of coefficient 1/2. */
const noise = (seed: number): Float64Array => {
  const random = stream({ seed, purpose: "warning" });
  let value = random.normal();
  return Float64Array.from({ length: N }, () => {
    value = 0.5 * value + random.normal();
    return value;
  });
};

/** A fold that is passed slowly: dx = (mu + x^2) dt and noise, mu from -1 to -0.03. */
const fold = (seed: number): Float64Array => {
  const random = stream({ seed, purpose: "fold" });
  let x = -1;
  return Float64Array.from({ length: 600 }, (_, i) => {
    for (let k = 0; k < 4; k++) x += 0.1 * (-1 + (0.97 * i) / 600 + x * x) + Math.sqrt(0.1) * 0.03 * random.normal();
    return x;
  });
};

test("surrogate p-values are even where nothing changes, and small before a fold", () => {
  const options = { surrogates: 39 };
  const seeds = Array.from({ length: 30 }, (_, seed) => seed);
  const quiet = seeds.map(seed => earlyWarning(noise(seed), options).autocorrelation.p);
  const mean = quiet.reduce((sum, p) => sum + p, 0) / quiet.length;
  // Of an even law of 30, four standard errors.
  expect(Math.abs(mean - 0.5)).toBeLessThan(4 * Math.sqrt(1 / 12 / 30));
  const slow = seeds.slice(0, 20).map(seed => earlyWarning(fold(seed), options).autocorrelation.p);
  expect(slow.filter(p => p <= 0.05).length).toBeGreaterThanOrEqual(12);
  expect(messageOf(() => earlyWarning(new Float64Array(20)))).toMatch(/^the length of values is 20/);
});

test("the rise of ln variance is that of the noise, and no surrogate falls as much as noise that dies away", () => {
  const random = stream({ seed: 2, purpose: "rise" });
  const white = Float64Array.from({ length: 2000 }, () => random.normal());
  // A spread that grows as e^(t / 2): from the middle of the first window to that of the last, three quarters of the range, ln variance rises by 0.75.
  const growing = white.map((value, i) => value * Math.exp(i / 4000));
  const { variance } = earlyWarning(growing, { surrogates: 19 });
  expect(Math.abs(variance.rise - 0.75)).toBeLessThan(0.2);
  const dying = white.subarray(0, 400).map((value, i) => value * Math.exp(-i / 100));
  expect(earlyWarning(dying, { surrogates: 19 }).variance.p).toBe(1);
});

test("surrogates hang together as the series does: where that is all, few series look like a warning", () => {
  const slow = (seed: number): Float64Array => {
    const random = stream({ seed, purpose: "slow" });
    let value = random.normal() / Math.sqrt(1 - 0.81);
    return Float64Array.from({ length: N }, () => {
      value = 0.9 * value + random.normal();
      return value;
    });
  };
  const p = Array.from({ length: 60 }, (_, seed) => earlyWarning(slow(seed), { surrogates: 39 }).variance.p);
  expect(p.filter(each => each <= 0.05).length).toBeLessThan(9);
});
