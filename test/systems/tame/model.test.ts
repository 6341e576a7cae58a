import { describe, expect, test } from "vitest";
import { mean } from "../../../src/numerics/statistics.ts";
import { stream } from "../../../src/numerics/stream.ts";
import * as interpolation from "../../../src/systems/tame/model/interpolation.ts";
import * as slowRoll from "../../../src/systems/tame/model/slow-roll.ts";
import * as towers from "../../../src/systems/tame/model/towers.ts";

const random = (purpose: string) => stream({ seed: 5, purpose });

/** Within four standard errors of a mean over so many values. */
const expectMean = (values: readonly number[], exact: number): void => {
  const centre = mean(values);
  const spread = Math.sqrt(mean(values.map(value => (value - centre) ** 2)));
  expect(Math.abs(centre - exact)).toBeLessThan((4 * spread) / Math.sqrt(values.length));
};

describe("interpolation", () => {
  test.each([0.01, 0.05, 0.5, 0.97])("moments of a clipped label at %d are those of draws", f => {
    const draws = random("clipped");
    const labels = Array.from({ length: 100_000 }, () =>
      Math.min(1, Math.max(0, f + interpolation.NOISE * draws.normal())),
    );
    const { mean: centre, variance } = interpolation.clippedMoments(f);
    expectMean(labels, centre);
    expectMean(
      labels.map(label => (label - centre) ** 2),
      variance,
    );
  });

  test("the true error is that on a large fresh sample, also where predictions are clipped", () => {
    const sample = interpolation.couplingSample(200_000, random("fresh"));
    for (const theta of [
      [0.28, 0.12, 0.2, 0.05],
      [0.5, -0.1, -0.8, 0.6],
    ]) {
      const squares = Array.from(sample.y, (y, i) => {
        const one = { s: sample.s.slice(i, i + 1), a: sample.a.slice(i, i + 1), y: Float64Array.of(y) };
        return interpolation.sampleError(theta, one);
      });
      expectMean(squares, interpolation.trueError(theta));
    }
  });

  test("no coupling near the best one has a smaller error, and its excess is 4 times the label variance, nearly", () => {
    const { theta, error, excess } = interpolation.bestCoupling();
    for (let j = 0; j < 4; j++)
      for (const step of [-0.01, 0.01])
        expect(interpolation.trueError(theta.map((each, i) => each + (i === j ? step : 0)))).toBeGreaterThan(error);
    expect(excess / (4 * interpolation.NOISE ** 2)).toBeCloseTo(1, 1);
  });
});

describe("slow roll", () => {
  test("the distribution of u is that of draws", () => {
    const { u } = slowRoll.slowRollSample(100_000, random("u"));
    for (const at of [-5, -3, -2, -1, 0, 0.5])
      expectMean(
        Array.from(u, each => Number(each < at)),
        slowRoll.distribution(at),
      );
    expect([slowRoll.distribution(-5.2), slowRoll.distribution(0.55)]).toEqual([0, 1]);
  });

  test("the true error of any interval is that on a large fresh sample", () => {
    const { u, y } = slowRoll.slowRollSample(100_000, random("labels"));
    for (const [low, high] of [[-2.5, -1.2], [-2, -1], [-4, -3], [-5, 0.5], [-2, -2], [null, null]] as const)
      expectMean(
        Array.from(u, (each, i) => Number(y[i] !== Number(low !== null && high !== null && each >= low && each <= high))),
        slowRoll.trueError({ low, high }),
      ); // biome-ignore format: an interval each
    const [low, high] = slowRoll.trueInterval();
    expect(slowRoll.trueError({ low, high })).toBeCloseTo(slowRoll.FLIPPED, 12);
  });
});

describe("towers", () => {
  test("cells share out the square, and their areas are those that draws say", () => {
    const shares = towers.sharesOf(towers.TOWERS);
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
    const { classes } = towers.towerSample(100_000, random("towers"));
    shares.forEach((share, k) => {
      expectMean(
        Array.from(classes, own => Number(own === k)),
        share,
      );
    });
  });

  test("the true error of scores is that on a large fresh sample; of the towers themselves it is 0", () => {
    const sample = towers.towerSample(100_000, random("fresh towers"));
    const scores = [[1, 0.1, 0], [0.1, 0.9, 0.3], [0.4, 0.6, 0.2], [0.9, -0.5, 0.4]] as const; // biome-ignore format: scores in a row
    const exact = towers.trueError(scores);
    const measured = towers.sampleError(scores, sample);
    expect(Math.abs(measured - exact)).toBeLessThan(4 * Math.sqrt((exact * (1 - exact)) / 100_000));
    expect(towers.trueError(towers.TOWERS)).toBeCloseTo(0, 12);
  });

  test("the gradient of the cross-entropy is that of its loss", () => {
    const draws = random("weights");
    const objective = towers.softmaxObjective(towers.towerSample(50, draws));
    const w = Float64Array.from({ length: objective.size }, () => 3 * draws.normal());
    const gradient = new Float64Array(objective.size);
    objective.lossAndGradient(w, gradient);
    gradient.forEach((slope, j) => {
      const moved = (h: number) => objective.loss(w.map((each, i) => each + (i === j ? h : 0)));
      expect((moved(1e-5) - moved(-1e-5)) / 2e-5).toBeCloseTo(slope, 7);
    });
  });
});
