import { describe, expect, test } from "vitest";
import type { Objective } from "../../src/contracts/objective.ts";
import { stream } from "../../src/numerics/stream.ts";
import { chainsOf } from "../../src/sampling/chains-of.ts";
import { freshPhase, hamiltonian } from "../../src/sampling/hamiltonian.ts";
import { hmc } from "../../src/sampling/hmc.ts";
import { mala } from "../../src/sampling/mala.ts";
import { type Mass, masses } from "../../src/sampling/mass.ts";
import { nuts } from "../../src/sampling/nuts.ts";
import { boxed, flatPrior, localised } from "../../src/sampling/prior.ts";
import { sample } from "../../src/sampling/sample.ts";
import { posterior } from "../../src/sampling/target.ts";
import { quadratic } from "../learning/quadratic.ts";
import { expectMean } from "./support.ts";

const random = (purpose: string) => stream({ seed: 1, purpose });

const pieces = (mass: Mass, prior = flatPrior()) => {
  const target = posterior({ objective: quadratic([1, 4, 2]), nBeta: 3, prior });
  const context = { random, burnIn: 0 };
  const moving = { time: 0.2, mass, targetAcceptance: 0.8, adapt: true };
  return hamiltonian(target, context, { name: "test", settings: {} }, moving);
};

describe.each(masses)("leapfrog steps with mass %s", mass => {
  const { init, depart, leap } = pieces(mass);
  const state = init(Float64Array.of(1, -0.5, 0.3));
  if (mass === "diagonal") state.scale.set([1, 2, 0.5]);
  if (mass === "dense") state.scale.set([1, 0, 0, 0.5, 2, 0, -0.3, 0.2, 0.5]);

  test("are reversible: momenta turned, they return", () => {
    const phase = freshPhase(3);
    depart(state, phase);
    const q = phase.q.slice();
    for (let i = 0; i < 20; i++) leap(state, phase, 0.1);
    for (let i = 0; i < 20; i++) leap(state, phase, -0.1);
    for (let i = 0; i < 3; i++) {
      expect(phase.w[i]).toBeCloseTo(state.w[i], 12);
      expect(phase.q[i]).toBeCloseTo(q[i], 12);
    }
  });

  test("have an error of energy that falls as the square of the time", () => {
    const error = (time: number, steps: number): number => {
      const phase = freshPhase(3);
      const before = depart(state, phase);
      let after = before;
      for (let i = 0; i < steps; i++) after = leap(state, phase, time);
      return Math.abs(after - before);
    };
    expect(error(0.02, 40) / error(0.01, 80)).toBeCloseTo(4, 0);
  });

  test("keep volumes in phase space", () => {
    const step = (place: Float64Array): Float64Array => {
      const phase = freshPhase(3);
      depart(state, phase);
      phase.w.set(place.subarray(0, 3));
      phase.q.set(place.subarray(3));
      for (let i = 0; i < 3; i++) phase.gradient[i] = 3 * [1, 4, 2][i] * phase.w[i];
      leap(state, phase, 0.3);
      return Float64Array.of(...phase.w, ...phase.q);
    };
    // The map is linear here, and its columns are differences.
    const zero = new Float64Array(6);
    const columns = Array.from({ length: 6 }, (_, j) => {
      const unit = zero.slice();
      unit[j] = 1;
      return step(unit);
    });
    expect(determinant(columns.map(column => [...column]))).toBeCloseTo(1, 12);
  });
});

const determinant = (rows: number[][]): number => {
  if (rows.length === 0) return 1;
  const pivot = rows.reduce((best, row, i) => (Math.abs(row[0]) > Math.abs(rows[best][0]) ? i : best), 0);
  const [first] = rows.splice(pivot, 1);
  const rest = rows.map(row => row.slice(1).map((value, j) => value - (row[0] / first[0]) * first[j + 1]));
  return (pivot % 2 === 0 ? 1 : -1) * first[0] * determinant(rest);
};

describe("adaptation", () => {
  const target = posterior({
    objective: quadratic([1, 100, 10_000]),
    nBeta: 1,
    prior: localised({ gamma: 0, centre: new Float64Array(3) }),
  });
  const start = Float64Array.of(1, 0.1, 0.01);

  test.each([
    ["NUTS", nuts({ mass: "diagonal" })],
    ["HMC", hmc({ mass: "diagonal", steps: 3 })],
  ])("%s learns the scale of each parameter and accepts as often as it was asked to", (_name, sampler) => {
    const samples = sample({ sampler, target, seed: 1, draws: 1000, burnIn: 1000, start });
    for (const { scale } of samples.reports)
      [1, 0.1, 0.01].forEach((std, i) => {
        const learnt = (scale as number[])[i];
        expect(learnt / std).toBeGreaterThan(0.7);
        expect(learnt / std).toBeLessThan(1.5);
      });
    const rate = samples.acceptance.flatMap(chain => [...chain]).reduce((a, b) => a + b) / 4000;
    expect(rate).toBeGreaterThan(0.7);
    expect(rate).toBeLessThan(0.95);
  });

  test("a mass saves what the scales cost without", () => {
    const evaluations = (mass: Mass) =>
      sample({ sampler: nuts({ mass }), target, seed: 1, chains: 1, draws: 500, start }).evaluations[0];
    expect(evaluations("none")).toBeGreaterThan(4 * evaluations("diagonal"));
  });

  test("after the burn-in nothing is learnt any more, nor at all when asked not to", () => {
    const kernel = nuts().on(target, { random, burnIn: 60 });
    const state = kernel.init(start);
    for (let i = 0; i < 60; i++) kernel.step(state);
    const { time, scale } = { time: state.time, scale: [...state.scale] };
    for (let i = 0; i < 60; i++) kernel.step(state);
    expect({ time: state.time, scale: [...state.scale] }).toEqual({ time, scale });

    const fixed = nuts({ stepSize: 0.01, adapt: false }).on(target, { random, burnIn: 60 });
    const held = fixed.init(start);
    for (let i = 0; i < 60; i++) fixed.step(held);
    expect({ time: held.time, scale: [...held.scale] }).toEqual({ time: 0.01, scale: [1, 1, 1] });
  });

  test("MALA comes to its own acceptance", () => {
    const samples = sample({
      sampler: mala(),
      target: posterior({ objective: quadratic([1, 1]), nBeta: 5 }),
      seed: 2,
      draws: 2000,
      start: new Float64Array(2),
    });
    const rate = samples.acceptance.flatMap(chain => [...chain]).reduce((a, b) => a + b) / 8000;
    expect(Math.abs(rate - 0.574)).toBeLessThan(0.05);
  });
});

describe("what goes wrong is named", () => {
  const constant: Objective = {
    ...quadratic([0]),
    lossAndGradient(_w, gradient) {
      gradient.fill(0);
      return 0;
    },
  };

  test("a density without end", () => {
    const kernel = nuts().on(posterior({ objective: constant, nBeta: 1 }), { random, burnIn: 10 });
    expect(() => kernel.init(Float64Array.of(1))).toThrow(
      /^no step is too long at the start of nuts .*: needs a density that can be normalised$/,
    );
  });

  test("a gradient that does not belong to the loss", () => {
    const wrong: Objective = {
      ...constant,
      lossAndGradient(w, gradient) {
        gradient.fill(0);
        return w[0] === 1 ? 0 : 1e9;
      },
    };
    const kernel = hmc().on(posterior({ objective: wrong, nBeta: 1 }), { random, burnIn: 10 });
    expect(() => kernel.init(Float64Array.of(1))).toThrow(
      /^no step is accepted at the start of hmc .*: needs a loss that is continuous/,
    );
  });

  test("a dense mass inside a box", () => {
    const target = posterior({ objective: quadratic([1]), nBeta: 1, prior: boxed({ low: [0], high: [1] }) });
    expect(() => nuts({ mass: "dense" }).on(target, { random, burnIn: 10 })).toThrow(
      'mass is "dense": needs "none" or "diagonal" inside a box',
    );
  });

  test.each<[() => unknown, string]>([
    [() => nuts({ stepSize: 0 }), "stepSize is 0: needs a positive number"],
    [() => nuts({ targetAcceptance: 1 }), "targetAcceptance is 1: needs a number between 0 and 1"],
    [() => nuts({ maxDepth: 30 }), "maxDepth is 30: needs a whole number from 1 to 20"],
    [
      () =>
        nuts({ mass: "heavy" as Mass }).on(posterior({ objective: quadratic([1]), nBeta: 1 }), { random, burnIn: 0 }),
      'mass is "heavy": needs one of none, diagonal, dense',
    ],
    [() => hmc({ steps: 0 }), "steps is 0: needs a whole number from 1"],
    [() => hmc({ jitter: 1.5 }), "jitter is 1.5: needs a number between 0 and 1"],
    [() => mala({ stepSize: -1 }), "stepSize is -1: needs a positive number"],
  ])("%#", (make, message) => {
    expect(make).toThrow(message);
  });

  test("a gradient that is NaN, or a density without bound", () => {
    const run = (objective: Objective) => () => {
      const kernel = nuts({ stepSize: 0.5, adapt: false }).on(posterior({ objective, nBeta: 1 }), {
        random,
        burnIn: 0,
      });
      const state = kernel.init(Float64Array.of(0.1));
      for (let i = 0; i < 1000; i++) kernel.step(state);
    };
    const beyond = (value: number, slope: number): Objective => ({
      ...quadratic([1]),
      lossAndGradient(w, gradient) {
        gradient[0] = w[0] > 1 ? slope : w[0];
        return w[0] > 1 ? value : 0.5 * w[0] * w[0];
      },
    });
    expect(run(beyond(1, Number.NaN))).toThrow(/^the gradient is NaN at step \d+ of nuts /);
    expect(run(beyond(-Infinity, 0))).toThrow(/^the loss is -Infinity at step \d+ of nuts /);
    expect(run(beyond(Infinity, Number.NaN))).not.toThrow();
  });

  test("while the step size is looked for, a NaN far out is a refusal; afterwards it stops the chain", () => {
    // -log of a density on w > 0, written carelessly: NaN below 0.
    const careless: Objective = {
      ...quadratic([1]),
      lossAndGradient(w, gradient) {
        gradient[0] = w[0] > 0 ? w[0] - 1 / w[0] : Number.NaN;
        return w[0] > 0 ? 0.5 * w[0] * w[0] - Math.log(w[0]) : Number.NaN;
      },
    };
    const target = posterior({ objective: careless, nBeta: 1 });
    const kernel = mala({ stepSize: 3, adapt: false }).on(target, { random, burnIn: 50 });
    const adapting = mala().on(target, { random, burnIn: 2000 });
    const state = adapting.init(Float64Array.of(1));
    for (let i = 0; i < 2000; i++) adapting.step(state);
    expect(state.w[0]).toBeGreaterThan(0);
    const held = kernel.init(Float64Array.of(1));
    expect(() => {
      for (let i = 0; i < 1000; i++) kernel.step(held);
    }).toThrow(
      /^the loss is NaN at step \d+ of mala .*: needs a smaller stepSize, or a loss that is Infinity, not NaN/,
    );
  });
});

test("where the prior says no, the loss is not asked", () => {
  const guarded: Objective = {
    ...quadratic([1]),
    lossAndGradient(w, gradient) {
      if (w[0] < 0) throw new Error("asked outside");
      gradient[0] = 1;
      return w[0];
    },
  };
  const positive = {
    settings: { kind: "positive" },
    energy: (w: Float64Array) => (w[0] < 0 ? Infinity : 0),
    addGradient() {},
  };
  const samples = sample({
    sampler: nuts(),
    target: posterior({ objective: guarded, nBeta: 2, prior: positive }),
    seed: 3,
    draws: 4000,
    burnIn: 500,
    start: Float64Array.of(0.5),
  });
  // Exponential of rate 2.
  expectMean(chainsOf(samples, "w[0]"), 0.5, { ess: 400 });
});
