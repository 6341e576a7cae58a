import { describe, expect, test } from "vitest";
import { defaultsOf } from "../../../src/contracts/field.ts";
import { stream } from "../../../src/numerics/stream.ts";
import {
  collectiveState,
  minority,
  networkControls,
  startState,
  strengths,
} from "../../../src/systems/collective-learning/networks.ts";
import { implicitFlow } from "../../../src/systems/collective-learning/theory/implicit-flow.ts";
import {
  collectiveObjective,
  magnetisation,
  rungeKutta4,
} from "../../../src/systems/collective-learning/theory/model.ts";

const random = stream({ seed: 5, purpose: "test" });
const delta = Float64Array.from({ length: 40 }, () => 2 * random.normal());
const start = Float64Array.from({ length: 40 }, () => -1.7 + 4 * random.uniform());
const at = (D: number, sigma: number) => ({ D, gamma: 0.05, sigma, delta });
const largestDistance = (a: Float64Array, b: Float64Array) =>
  a.reduce((most, x, i) => Math.max(most, Math.abs(x - b[i])), 0);

describe.each([0, 1, 2, 3])("D = %i", D => {
  test("the flow is -N / (2 (D+1)) times the gradient, which is the slope of the mean loss", () => {
    const { loss, lossAndGradient } = collectiveObjective(at(D, 1.3));
    const gradient = new Float64Array(40);
    expect(lossAndGradient(start, gradient)).toBe(loss(start));
    const M = start.reduce((a, b) => a + b, 0) / 40;
    const h = 1e-5;
    start.forEach((m, i) => {
      const force = delta[i] * m ** D - m ** (2 * D + 1) - 0.05 * m + 1.3 * (M - m);
      expect((-40 / (2 * (D + 1))) * gradient[i]).toBeCloseTo(force, 9);
      const [up, down] = [1, -1].map(sign => loss(start.map((x, j) => (i === j ? x + sign * h : x))));
      expect((up - down) / (2 * h) / gradient[i]).toBeCloseTo(1, 3);
    });
  });

  test.each([0, 1, 50])("sigma = %d: implicit steps arrive where equal ones do", sigma => {
    const fixed = start.slice();
    rungeKutta4(at(D, sigma), fixed, { dt: 1e-4, steps: 20_000 });
    const own = start.slice();
    implicitFlow(at(D, sigma), 1e-10).advance(own, 2);
    expect(largestDistance(own, fixed)).toBeLessThan(1e-7);
  });
});

test("equal steps are of fourth order", () => {
  const end = (steps: number) => {
    const m = start.slice();
    rungeKutta4(at(1, 1), m, { dt: 1 / steps, steps });
    return m;
  };
  const [coarse, middle, fine] = [100, 200, 400].map(end);
  const ratio = largestDistance(coarse, middle) / largestDistance(middle, fine);
  expect(Math.log2(ratio)).toBeGreaterThan(3.8);
  expect(Math.log2(ratio)).toBeLessThan(4.4);
});

describe("implicit steps", () => {
  test("the error follows the tolerance, in the fourth order of the number of steps", () => {
    const exact = start.slice();
    implicitFlow(at(1, 20), 1e-13).advance(exact, 5);
    const [loose, tight] = [1e-6, 1e-10].map(tolerance => {
      const m = start.slice();
      const flow = implicitFlow(at(1, 20), tolerance);
      flow.advance(m, 5);
      return { error: largestDistance(m, exact), steps: flow.steps() };
    });
    expect(loose.error).toBeLessThan(1e-4);
    expect(tight.error).toBeLessThan(1e-8);
    const order = Math.log(loose.error / tight.error) / Math.log(tight.steps / loose.steps);
    expect(order).toBeGreaterThan(3.5);
    expect(order).toBeLessThan(5.5);
  });

  test("a strong coupling costs no more steps than a weak one, and a long time few more than a short one", () => {
    const steps = (sigma: number, time: number) => {
      const flow = implicitFlow({ ...at(1, sigma), gamma: 1e-3 }, 1e-6);
      flow.advance(start.slice(), time);
      return flow.steps();
    };
    expect(steps(1e5, 10)).toBeLessThan(2 * steps(1, 10));
    expect(steps(100, 2e5)).toBeLessThan(3 * steps(100, 2e3));
  });

  test("one call or several lead to the same place", () => {
    const [once, thrice] = [start.slice(), start.slice()];
    implicitFlow(at(2, 3), 1e-11).advance(once, 6);
    const flow = implicitFlow(at(2, 3), 1e-11);
    for (const time of [1, 2, 3]) flow.advance(thrice, time);
    flow.advance(thrice, 0);
    expect(largestDistance(once, thrice)).toBeLessThan(1e-9);
  });

  test("all at zero stay there, and what grows from near zero is followed", () => {
    const zero = new Float64Array(40);
    implicitFlow(at(1, 1), 1e-6).advance(zero, 100);
    expect(zero.every(m => m === 0)).toBe(true);
    // One network: m^2 = (p0 P)/(p0 + (P - p0) exp(-2 P t)) with P = delta - gamma.
    const m = Float64Array.of(1e-6);
    implicitFlow({ D: 1, gamma: 0.5, sigma: 7, delta: [2] }, 1e-10).advance(m, 9);
    expect(m[0]).toBeCloseTo(Math.sqrt((1e-12 * 1.5) / (1e-12 + (1.5 - 1e-12) * Math.exp(-27))), 7);
  });

  test("bad times, states and tolerances are refused by name", () => {
    expect(() => implicitFlow(at(1, 1), 0)).toThrow(/^tolerance is 0/);
    expect(() => implicitFlow(at(1, 1)).advance(start.slice(), -1)).toThrow(/^time is -1/);
    expect(() => implicitFlow(at(1, 1)).advance(new Float64Array(3), 1)).toThrow(/^the length of m is 3: needs 40/);
    expect(() => implicitFlow(at(1, 1)).advance(new Float64Array(40).fill(Number.NaN), 1)).toThrow(/^m\[0\] is NaN/);
    expect(() => implicitFlow(at(1, -1))).toThrow(/^sigma is -1/);
  });
});

test("two hidden layers, variance 4, from m = 1: 20000 units of time at both sides of the end of order", () => {
  const settings = { ...defaults, D: 2, sample: "standardised" } as const;
  const private_ = strengths(settings, { seed: 1, chain: 0 });
  const end = (sigma: number) => {
    const m = new Float64Array(200).fill(1);
    implicitFlow({ D: 2, gamma: 1e-3, sigma, delta: private_ }, 1e-7).advance(m, 2e4);
    return magnetisation(m);
  };
  expect(Math.abs(end(100) - 0.2539)).toBeLessThan(0.005);
  expect(Math.abs(end(140))).toBeLessThan(1e-6);
});

const defaults = defaultsOf(networkControls);

describe("the networks", () => {
  const moments = (values: Float64Array) => {
    const mean = values.reduce((a, b) => a + b, 0) / values.length;
    return [mean, values.reduce((a, b) => a + (b - mean) ** 2, 0) / values.length];
  };

  test.each(["standardised", "quantiles"] as const)("%s strengths have mean and variance exactly", sample => {
    const [mean, variance] = moments(strengths({ ...defaults, sample, deltaMean: 0.5 }, { seed: 2, chain: 1 }));
    expect(mean).toBeCloseTo(0.5, 13);
    expect(variance).toBeCloseTo(4, 12);
  });

  test("drawn strengths and starts are those of the law, other for each chain, the same for the same", () => {
    const settings = { ...defaults, networks: 20_000 };
    const [mean, variance] = moments(strengths(settings, { seed: 2, chain: 1 }));
    expect(Math.abs(mean)).toBeLessThan(4 * (2 / Math.sqrt(20_000)));
    expect(Math.abs(variance - 4)).toBeLessThan(4 * 4 * Math.sqrt(2 / 20_000));
    const m = startState(settings, { seed: 2, chain: 1 });
    const [low, high] = [m.reduce((a, b) => Math.min(a, b)), m.reduce((a, b) => Math.max(a, b))];
    expect(low).toBeGreaterThanOrEqual(-1.7);
    expect(high).toBeLessThan(2.3);
    expect(Math.abs(moments(m)[0] - 0.3)).toBeLessThan(4 * (4 / Math.sqrt(12 * 20_000)));
    expect(startState(settings, { seed: 2, chain: 1 })).toEqual(m);
    expect(startState(settings, { seed: 2, chain: 2 })).not.toEqual(m);
  });

  test("order is what more than half of the networks' size has in common", () => {
    expect(collectiveState([0.5, 0.6])).toMatchObject({ M: 0.55, order: 0.55, label: "ordered" });
    expect(collectiveState([-0.5, -0.6])).toMatchObject({ order: 0.55, label: "ordered" });
    expect(collectiveState([0.5, -0.5])).toMatchObject({ M: 0, label: "disordered" });
    expect(collectiveState([1e-5, 1e-5])).toMatchObject({ label: "disordered" });
  });

  test("a network of the minority is counted, and found out when the field is too strong for it", () => {
    // The first withstands 2 ((4 - 1)/3)^(3/2) = 2 against sigma M = 1, the second nothing.
    expect(minority({ D: 1, gamma: 0, sigma: 1, delta: [4, 4, 4] }, [2, 2, -1])).toEqual({
      minority: 1,
      unexplained: 0,
    });
    expect(minority({ D: 1, gamma: 0, sigma: 1, delta: [4, 4, 0.5] }, [2, 2, -1])).toEqual({
      minority: 1,
      unexplained: 1,
    });
    // For even depth data pull to their own sign: negative ones hold a negative m, whatever the sign of M.
    const frozen = { D: 2, gamma: 0, sigma: 0.1, delta: [3, 3, -3] };
    expect(minority(frozen, [1.4, 1.4, -1.4])).toEqual({ minority: 1, unexplained: 0 });
    expect(minority({ ...frozen, delta: [-3, -3, 3] }, [-1.4, -1.4, 1.4])).toEqual({ minority: 1, unexplained: 0 });
    expect(minority({ ...frozen, delta: [3, 3, 3] }, [1.4, 1.4, -1.4])).toEqual({ minority: 1, unexplained: 1 });
  });
});
