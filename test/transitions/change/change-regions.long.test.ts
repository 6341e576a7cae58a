import { expect, test } from "vitest";
import { jumpSeries, nullSeries, nulls } from "../../../bench/change/series.ts";
import { changeRegions } from "../../../src/transitions/change/change-regions.ts";
import { full } from "../../support/full.ts";
import { messageOf } from "../../support/message-of.ts";

const OPTIONS = { shuffles: 99 };
const TIMEOUT = full ? 900_000 : 60_000;

test(
  "curves without a change have a region no more often than the level says",
  () => {
    const seeds = Array.from({ length: full ? 100 : 3 }, (_, i) => 9000 + i);
    const curves = Object.keys(nulls).flatMap(name => seeds.map(seed => nullSeries(name, seed)));
    const alarms = curves.filter(
      ({ values, steps }) => changeRegions(values, steps, OPTIONS).regions.length > 0,
    ).length;
    // 5 %, and what is seen of that in so many once in a thousand times.
    expect(alarms).toBeLessThanOrEqual(0.05 * curves.length + 3.1 * Math.sqrt(0.0475 * curves.length));
  },
  TIMEOUT,
);

test(
  "a jump of three standard deviations lies in a region, and hardly any region holds none",
  () => {
    const seeds = Array.from({ length: full ? 100 : 4 }, (_, i) => 9000 + i);
    let [held, empty, wide] = [0, 0, 0];
    for (const phi of [0, 0.5, 0.9])
      for (const seed of seeds) {
        const { values, at } = jumpSeries(phi, 3, seed);
        for (const { low, high, estimate, score } of changeRegions(values, undefined, OPTIONS).regions) {
          expect(low <= estimate && estimate <= high && score > 0).toBe(true);
          if (low <= at && at <= high) held++;
          else empty++;
          wide = Math.max(wide, high - low);
        }
      }
    const count = 3 * seeds.length;
    expect(held).toBeGreaterThanOrEqual(count - 1 - 0.02 * count);
    expect(empty).toBeLessThanOrEqual(0.05 * count + 3.1 * Math.sqrt(0.0475 * count));
    // Short stretches are enough.
    expect(wide).toBeLessThan(150);
  },
  TIMEOUT,
);

test("a stricter level has fewer regions; the same seed the same ones; units do not matter", () => {
  const { values } = jumpSeries(0.5, 2, 9001);
  const strict = changeRegions(values, undefined, { level: 0.01, shuffles: 199 });
  const loose = changeRegions(values, undefined, { level: 0.2, shuffles: 199 });
  expect(strict.threshold).toBeGreaterThan(loose.threshold);
  expect(loose.regions.length).toBeGreaterThanOrEqual(strict.regions.length);
  expect(changeRegions(values, undefined, { level: 0.2, shuffles: 199 })).toEqual(loose);
  const scaled = changeRegions(
    values.map(value => 1024 * value),
    undefined,
    { level: 0.2, shuffles: 199 },
  );
  expect(scaled.regions.map(({ low, high }) => [low, high])).toEqual(loose.regions.map(({ low, high }) => [low, high]));
});

test("curves without noise, and what cannot be used", () => {
  expect(changeRegions(new Float64Array(60).fill(3)).regions).toEqual([]);
  const stairs = changeRegions(Float64Array.from({ length: 60 }, (_, i) => (i < 25 ? 0 : 1)));
  expect(stairs.regions).toHaveLength(1);
  expect(stairs.regions[0].estimate).toBe(25);
  const { values } = jumpSeries(0, 3, 1);
  expect(messageOf(() => changeRegions(values, undefined, { level: 1 }))).toBe(
    "level is 1: needs a number between 0 and 1",
  );
  expect(messageOf(() => changeRegions(values, undefined, { level: 0.01, shuffles: 50 }))).toMatch(
    /^shuffles is 50: needs an integer from 99/,
  );
  expect(messageOf(() => changeRegions(new Float64Array(10_001)))).toMatch(/^the length of values is 10001/);
});
