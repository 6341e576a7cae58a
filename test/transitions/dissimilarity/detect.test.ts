import { describe, expect, test } from "vitest";
import { stream } from "../../../src/numerics/stream.ts";
import { drawOutcomes } from "../../../src/systems/output-distribution/model/draw-outcomes.ts";
import { magnetLaws } from "../../../src/systems/output-distribution/theory/curie-weiss.ts";
import {
  countOutcomes,
  findOutputTransitions,
  mergeRare,
  scoredFrom,
} from "../../../src/transitions/dissimilarity/index.ts";

const control = Array.from({ length: 25 }, (_, k) => k / 24);
const [before, after] = [[0.5, 0.3, 0.2], [0.2, 0.3, 0.5]]; // biome-ignore format: two distributions in a row
const families = {
  boundary: control.map(t => (t < 0.52 ? before : after)),
  outlier: control.map((_, k) => (k === 12 ? after : before)),
  ramp: control.map(t => before.map((p, x) => p + (after[x] - p) * Math.min(1, Math.max(0, (t - 0.35) / 0.3)))),
  nothing: control.map(() => before),
};
const drawn = (P: readonly number[][], n: number) =>
  P.map((p, k) => drawOutcomes(p, n, stream({ seed: 3, purpose: "detect", step: k })));
const countsOf = (P: readonly number[][], n: number) =>
  countOutcomes(drawn(P, n).map(row => Array.from(row, String))).counts;

describe.each(["boundary", "outlier", "ramp"] as const)("a %s", shape => {
  const place = { boundary: 0.52, outlier: 0.5, ramp: 0.5 }[shape];

  test("is found in exact distributions and in scored samples, where it is and as what it is", () => {
    const P = families[shape];
    for (const outputs of [
      { control, distributions: P },
      { control, scores: scoredFrom(P, drawn(P, 400)) },
    ]) {
      const { transitions, health } = findOutputTransitions(outputs, { resamples: 40 });
      expect(transitions, health.text).toHaveLength(1);
      const [{ interval, shape: told }] = transitions;
      expect(interval[0]).toBeLessThanOrEqual(place);
      expect(interval[1]).toBeGreaterThanOrEqual(place);
      expect(told).toBe(shape);
    }
  });

  test("is found in counts, whose interval holds the place", () => {
    const { transitions, nulls } = findOutputTransitions(
      { control, counts: countsOf(families[shape], 600) },
      { redraws: 100, resamples: 40 },
    );
    expect(nulls!.pValue).toBeLessThan(0.05);
    // A ramp is anywhere between its ends.
    const [low, high] = shape === "ramp" ? [0.35, 0.65] : [place, place];
    expect(transitions[0].interval[0]).toBeLessThanOrEqual(high);
    expect(transitions[0].interval[1]).toBeGreaterThanOrEqual(low);
  });
});

test("nothing is found where nothing changes, nor where outputs drift evenly", () => {
  expect(findOutputTransitions({ control, distributions: families.nothing }).found).toBe(false);
  expect(findOutputTransitions({ control, counts: countsOf(families.nothing, 100) }, { redraws: 100 }).found).toBe(
    false,
  );
  const drift = control.map(t => [0.2 + 0.6 * t, 0.8 - 0.6 * t]);
  expect(findOutputTransitions({ control, distributions: drift }).found).toBe(false);
  expect(findOutputTransitions({ control, counts: countsOf(drift, 200) }, { redraws: 100 }).found).toBe(false);
});

test("the same seed gives the same bits, and names of outcomes do not matter", () => {
  const counts = countsOf(families.boundary, 100);
  const once = findOutputTransitions({ control, counts }, { redraws: 50, resamples: 20 });
  expect(findOutputTransitions({ control, counts }, { redraws: 50, resamples: 20 })).toEqual(once);
  const turned = counts.map(row => row.slice().reverse());
  const other = findOutputTransitions({ control, counts: turned }, { redraws: 50, resamples: 20 });
  other.scans.forEach(({ values }, i) => {
    values.lin.forEach((value, k) => void expect(value).toBeCloseTo(once.scans[i].values.lin[k], 12));
  });
});

test("sharpness is told from the data's own steps: a jump from a smooth change", () => {
  expect(findOutputTransitions({ control, distributions: families.boundary }).transitions[0].sharpness).toBe("jump");
  const T = Array.from({ length: 61 }, (_, k) => 0.4 + 0.02 * k);
  const [magnet] = findOutputTransitions({ control: T, distributions: T.map(magnetLaws(64)) }).transitions;
  expect(magnet.sharpness).toBe("smooth");
  expect(magnet.shape).toBe("ramp");
});

test("a saturated scan is said to be one, and read at a shorter length", () => {
  const T = Array.from({ length: 61 }, (_, k) => 0.4 + 0.02 * k);
  const distributions = T.map(magnetLaws(4096));
  const both = findOutputTransitions({ control: T, distributions }, { L: [1, 5] });
  expect(both.L).toBe(1);
  expect(both.transitions[0].location).toBeCloseTo(0.9609, 3);
  expect(both.scans[1].saturated).not.toBeNull();
  const long = findOutputTransitions({ control: T, distributions }, { L: [5] });
  expect(long.health.findings.find(({ name }) => name === "saturation")!.outcome).toBe("bad");
});

test("probes that change together are told from those that change one by one", () => {
  const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));
  const at = (place: number, t: number) => [sigmoid(30 * (t - place)), sigmoid(-30 * (t - place))];
  const probes = (places: readonly number[]) => control.map(t => places.map(place => at(place, t)));
  const signOf = (places: readonly number[]) =>
    findOutputTransitions({ control, probes: probes(places) }, { resamples: 40 }).health.findings.find(
      ({ name }) => name === "probes",
    );
  expect(signOf(Array.from({ length: 12 }, (_, u) => 0.48 + 0.004 * u))!.outcome).toBe("good");
  expect(signOf([0.1, 0.2, 0.3, 0.4, 0.5, 0.5, 0.51, 0.6, 0.7, 0.8, 0.9])?.outcome ?? "doubtful").toBe("doubtful");
});

test("rare outcomes are taken together until frequencies have power, and no more", () => {
  const samples = control.map((_, k) => Array.from({ length: 50 }, (_, i) => (i < 30 ? "often" : `${k}-${i}`)));
  const all = countOutcomes(samples);
  const merged = mergeRare(all, 2 / 50);
  expect(merged.outcomes.at(-1)).toBe("other");
  expect(merged.outcomes[0]).toBe("often");
  merged.counts.forEach(row => void expect(row.reduce((sum, each) => sum + each, 0)).toBe(50));
  const few = countOutcomes([["a", "b"], ["a", "a"]]); // biome-ignore format: two lists in a row
  expect(mergeRare(few, 0.1)).toEqual(few);
});

test.each([
  [{ control: [0, 1, 2], distributions: [[1], [1], [1]] }, "the number of control values is 3"],
  [{ control: [0, 1, 1, 2], distributions: [[1], [1], [1], [1]] }, "control[2] is 1"],
  [{ control: [0, 1, 2, 3], distributions: [[1], [0.5], [1], [1]] }, "the sum of distributions[1] is 0.5"],
  [{ control: [0, 1, 2, 3], counts: [[1, 2], [1], [1, 2], [1, 2]] }, "the length of counts[1] is 1"],
  [
    {
      control: [0, 1, 2, 3],
      counts: [
        [1, 2],
        [0, 0],
        [1, 2],
        [1, 2],
      ],
    },
    "the sum of counts[1] is 0",
  ],
  [
    {
      control: [0, 1, 2, 3],
      scores: [new Float64Array(3), new Float64Array(4), new Float64Array(4), new Float64Array(4)],
    },
    "the number of scores at control value 0 is 3",
  ],
])("outputs that are none are refused by name: %#", (outputs, message) => {
  expect(() => findOutputTransitions(outputs as never)).toThrow(message);
});
