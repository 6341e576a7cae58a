import { expect, test } from "vitest";
import { stream } from "../../src/numerics/stream.ts";
import { earlyWarning } from "../../src/transitions/detect/early-warning.ts";
import { full } from "../support/full.ts";
import { messageOf } from "../support/message-of.ts";

const N = 150;
/** Stationary AR(1) noise. */
const noise = (seed: number, phi: number): Float64Array => {
  const random = stream({ seed, purpose: `warning ${phi}` });
  let value = random.normal() / Math.sqrt(1 - phi * phi);
  return Float64Array.from({ length: N }, () => {
    value = phi * value + random.normal();
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

/** Probability that p-values k/m, k = 1, ..., m, which are all equally likely, have a share of any k farther from its own than these. [Kolmogorov, Smirnov] */
const evenness = (ps: readonly number[], m: number): number => {
  let farthest = 0;
  for (let k = 1; k <= m; k++)
    farthest = Math.max(farthest, Math.abs(ps.filter(p => p <= (k + 0.5) / m).length / ps.length - k / m));
  const root = Math.sqrt(ps.length);
  const scaled = (root + 0.12 + 0.11 / root) * farthest;
  let tail = 0;
  for (let j = 1; j <= 100; j++) tail += (j % 2 ? 2 : -2) * Math.exp(-2 * j * j * scaled * scaled);
  return Math.min(1, tail);
};

const indicators = ["variance", "autocorrelation"] as const;
const SERIES = full ? 500 : 40;
const SURROGATES = full ? 99 : 39;
/** The full check takes 30 seconds of an idle core. */
const TIMEOUT = full ? 900_000 : 60_000;

test.each(full ? [0, 0.5, 0.9] : [0.5])(
  "p-values are even where nothing changes: AR(1) noise of coefficient %s",
  phi => {
    const found = Array.from({ length: SERIES }, (_, seed) =>
      earlyWarning(noise(1000 + seed, phi), { surrogates: SURROGATES, seed }),
    );
    for (const name of indicators) {
      const own = found.map(each => each[name].p);
      expect(evenness(own, SURROGATES + 1), name).toBeGreaterThan(0.01);
      // The measure sees a shift of a tenth.
      if (full)
        expect(
          evenness(
            own.map(p => Math.max(0.01, p - 0.1)),
            SURROGATES + 1,
          ),
        ).toBeLessThan(0.01);
    }
  },
  TIMEOUT,
);

test(
  "before a fold that is passed slowly both are seen at 5 % in at least 60 % of the series",
  () => {
    const count = full ? 100 : 16;
    const found = Array.from({ length: count }, (_, seed) =>
      earlyWarning(fold(seed), { surrogates: SURROGATES, seed }),
    );
    for (const name of indicators)
      expect(found.filter(each => each[name].p <= 0.05).length, name).toBeGreaterThanOrEqual(0.6 * count);
  },
  TIMEOUT,
);

test("too few values are refused", () => {
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
