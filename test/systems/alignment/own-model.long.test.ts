import { describe, expect, test } from "vitest";
import type { Tracer } from "../../../src/engine/graph/tracer.ts";
import { type Inputs, model } from "../../../src/engine/model.ts";
import type { Experiment } from "../../../src/experiments/experiment.ts";
import { adam } from "../../../src/learning/adam.ts";
import { gradientDescent } from "../../../src/learning/gradient-descent.ts";
import { compareWithEffectiveTheory } from "../../../src/systems/alignment/own-model/compare.ts";
import { watchPairs } from "../../../src/systems/alignment/own-model/watch.ts";
import { alignedNetStates, alignedRates } from "../../../src/systems/alignment/theory/aligned-linear.ts";

const data = { x: [[-1], [0]], y: [[0.6], [1.3]] };

/** Layers of tanh, the first of which is the representation. */
const layered = (depth: number, spread: number) =>
  model((m: Tracer, { x, y }: Inputs) => {
    let state = x;
    const layers = [];
    for (let i = 0; i < depth; i++) {
      const inputs = state.shape[1];
      const weight = m.parameter(`W${i}`, [inputs, 20], { normal: spread * Math.sqrt(2 / (inputs + 20)) });
      state = m.tanh(m.add(m.matmul(state, weight), m.parameter(`b${i}`, [20])));
      layers.push(state);
    }
    const outputs = m.linear("output", state, 1);
    return { loss: m.mul(0.5, m.squaredError(outputs, y)), representation: layers[depth >> 1], outputs };
  });

const experimentOf = (changed: Partial<Experiment> = {}): Experiment => ({
  model: layered(3, 0.5),
  data,
  optimiser: gradientDescent({ stepSize: 0.05 }),
  steps: 4000,
  ...changed,
});

describe("two aligned linear layers, for which the theory is exact", () => {
  const [alpha, beta, lr] = [0.3, 0.2, 0.02];
  const dy = Math.SQRT1_2;
  const aligned = model((m, { x, y }) => {
    const hidden = m.mul(x, m.parameter("first", [1, 1], [alpha]));
    const outputs = m.mul(hidden, m.parameter("second", [1, 1], [beta]));
    return { loss: m.mul(0.5, m.squaredError(outputs, y)), representation: m.mul(1, hidden), outputs };
  });
  const experiment: Experiment = {
    model: aligned,
    data: { x: [[-0.5], [0.5]], y: [[-dy / 2], [dy / 2]] },
    optimiser: gradientDescent({ stepSize: lr }),
    steps: 1500,
    precision: "f64",
  };

  test("what is watched is what gradient descent by hand does", () => {
    const [{ trajectory, mean2 }] = watchPairs(experiment, { chains: 1, looks: 100, stop: 0 });
    const states = alignedNetStates({ alpha, beta, dx: 1, dy, lr }, trajectory.t);
    states.forEach(({ h, y, w }, i) => {
      expect(trajectory.h[i]).toBeCloseTo(h, 12);
      expect(trajectory.y[i]).toBeCloseTo(y, 12);
      expect(trajectory.w[i]).toBeCloseTo(w, 12);
    });
    expect(mean2).toBeCloseTo(0, 20);
    expect(trajectory.t.at(-1)).toBe(1500);
  });

  test("the verdict agrees, with the rates lr / 2 of the derivation", () => {
    const { rates, checks, networks, verdict } = compareWithEffectiveTheory(experiment, { chains: 2, altered: true });
    const { etaH, etaY } = alignedRates(lr);
    expect(rates!.etaH.value / etaH).toBeCloseTo(1, 2);
    expect(rates!.etaY.value / etaY).toBeCloseTo(1, 2);
    expect(networks[0].comparison!.r2.h).toBeGreaterThan(0.9999);
    expect(checks.map(({ outcome }) => outcome)).not.toContain("fails");
    for (const ratio of Object.values(networks[0].altered!)) expect(ratio).toBeGreaterThan(1.1);
    // Two networks do not tell a fraction.
    expect(verdict).toBe("undecided");
  });
});

test("more networks decide; small initial weights agree and are rich", () => {
  const { verdict, reason, networks } = compareWithEffectiveTheory(experimentOf(), { chains: 6, seed: 2 });
  expect([verdict, reason]).toEqual(["agrees", "all 5 checks hold"]);
  expect(networks.every(({ comparison }) => comparison!.regime === "rich")).toBe(true);
  expect(networks.every(({ left }) => left < 1e-2)).toBe(true);
});

test("a network that has not learned departs, and says so", () => {
  const { verdict, reason } = compareWithEffectiveTheory(experimentOf({ steps: 12 }), { chains: 6 });
  expect(verdict).toBe("departs");
  expect(reason).toMatch(/^networks that learned the pair/);
});

test("a representation that does not follow the theory departs: one that forgets its distance on the way", () => {
  const forgetting = model((m, { x, y }) => {
    const hidden = m.tanh(m.linear("hidden", x, 20));
    const outputs = m.linear("output", hidden, 1);
    // Divided by one plus its outputs' squares: nothing that an encoder would do.
    return {
      loss: m.mul(0.5, m.squaredError(outputs, y)),
      representation: m.div(hidden, m.add(1, m.mul(30, m.square(outputs)))),
      outputs,
    };
  });
  const { verdict } = compareWithEffectiveTheory(experimentOf({ model: forgetting }), { chains: 12, seed: 1 });
  expect(verdict).toBe("departs");
});

test("other optimisers, minibatches, names, pairs and axes are watched too", () => {
  const conv = model((m, { signal, wanted }) => {
    const features = m.tanh(m.convolution("features", signal, 4, { kernel: 3, padding: "same" }));
    const logits = m.linear("output", m.reshape(features, [signal.shape[0], 20]), 2);
    return { loss: m.squaredError(logits, wanted), features, logits };
  });
  const signal = [0, 1, 2].map(k => [0, 1, 2, 3, 4].map(i => [Math.sin(i * (k + 1))]));
  const experiment = {
    model: conv,
    data: { signal, wanted: [[0, 1], [1, 0], [1, 1]] }, // biome-ignore format: three targets
    optimiser: adam({ stepSize: 0.01 }),
    batch: 2,
    steps: 300,
  };
  const names = { inputs: "signal", targets: "wanted", representation: "features", outputs: "logits" };
  const [{ trajectory }] = watchPairs(experiment, { chains: 1, pair: [2, 0], ...names });
  expect(trajectory.dy2).toBe(1);
  expect(trajectory.h[0]).toBeGreaterThan(0);
  expect(trajectory.y[trajectory.y.length - 1]).toBeCloseTo(1, 1);
});

test.each([
  [{ pair: [0, 0] }, /^pair is \[0,0\]: needs two different samples from 0 to 1$/],
  [{ pair: [0, 2] }, /^pair is \[0,2\]: needs two different samples/],
  [{ inputs: "z" }, /^the data have no z: there are x, y$/],
  [{ representation: "hidden" }, /^the model returns no hidden: .*there are loss, representation, outputs$/],
  [{ outputs: "representation" }, /^the model returns representation of shape .*needs that of the targets/],
] as const)("%j is refused", (options, message) => {
  expect(() => compareWithEffectiveTheory(experimentOf(), { chains: 1, ...options })).toThrow(message);
});

test("samples with one target have nothing to tell", () => {
  const same = { x: [[-1], [0]], y: [[1], [1]] };
  expect(() => compareWithEffectiveTheory(experimentOf({ data: same }), { chains: 1 })).toThrow(
    /^pair is \[0,1\]: needs two samples with different targets$/,
  );
});
