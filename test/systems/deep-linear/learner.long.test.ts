import { describe, expect, test } from "vitest";
import { learningCoefficient } from "../../../src/coefficient/estimate/learning-coefficient.ts";
import { defaultsOf, type Settings } from "../../../src/contracts/field.ts";
import { symmetricEigenvalues } from "../../../src/numerics/linear-algebra.ts";
import { stream } from "../../../src/numerics/stream.ts";
import { phasePoint } from "../../../src/protocols/phase-point.ts";
import { flowersLearner } from "../../../src/systems/deep-linear/flowers.ts";
import { networkAnneal, networkLearner } from "../../../src/systems/deep-linear/learner.ts";
import { criticalPoint } from "../../../src/systems/deep-linear/theory/critical.ts";
import { problemOf } from "../../../src/systems/deep-linear/theory/network.ts";
import { branch, swept } from "../swept.ts";

type Changed = Partial<ReturnType<typeof defaults>>;
const defaults = () => defaultsOf(networkLearner.controls);
const network = (changed: Changed) => ({ ...defaults(), width: 3, dx: 2, ...changed });
const flowers = { ...defaultsOf(flowersLearner.controls), width: 3, weightDecay: 0.2 };
const ADDRESS = { seed: 1, chain: 0 };

describe("objectives", () => {
  const cases = [
    ["a noisy network", networkLearner.objective(network({ sigma2: 0.5 }), ADDRESS)],
    ["a tanh network", networkLearner.objective(network({ activation: "tanh", samples: 6 }), ADDRESS)],
    ["a linear network on flowers", flowersLearner.objective({ ...flowers, activation: "linear" }, ADDRESS)],
    ["a tanh network on flowers", flowersLearner.objective(flowers, ADDRESS)],
  ] as const;
  test.each(cases)("%s: gradient by central differences", (_name, { size, loss, lossAndGradient }) => {
    const w = new Float64Array(size);
    stream({ seed: 2, purpose: "point" }).normals(w);
    const gradient = new Float64Array(size);
    expect(lossAndGradient(w, gradient)).toBe(loss(w));
    const h = 1e-5;
    w.forEach((_, i) => {
      const [up, down] = [h, -h].map(step => loss(w.map((x, j) => (i === j ? x + step : x))));
      expect(gradient[i]).toBeCloseTo((up - down) / (2 * h), 7);
    });
  });
});

describe("the predicted order parameter is where slow sweeps stand", () => {
  const base = { width: 4, dx: 2, values: 6, steps: 800, kick: 0 };
  test.each<[string, Settings]>([
    ["no hidden layer", { D: 0, from: 0.1, to: 1 }],
    ["one layer, noise", { D: 1, sigma2: 0.8, variance: 1.4, from: 0.1, to: 0.8 }],
    ["two layers, over the strength", { D: 2, weightDecay: 0.2, control: "strength", from: 0.8, to: 1.8 }],
    ["two layers, over the noise", { D: 2, weightDecay: 0.2, control: "sigma2", from: 0, to: 2 }],
    ["three layers", { D: 3, from: 0.05, to: 0.25, spread: 0.7 }],
    ["relu, one layer", { D: 1, activation: "relu", samples: 16, from: 0.1, to: 0.4 }],
    ["swish, one layer", { D: 1, activation: "swish", width: 8, samples: 6, values: 3, from: 0.1, to: 0.4 }],
    ["relu, two layers", { D: 2, activation: "relu", samples: 8, width: 6, values: 3, from: 0.05, to: 0.19 }],
    ["a single tanh neuron is not known", { D: 1, activation: "tanh", samples: 8, from: 0.1, to: 0.4, steps: 1 }],
  ])("%s", (_name, changed) => {
    const settings = { ...defaultsOf(networkAnneal.settings), ...base, ...changed };
    const up = branch(swept(networkAnneal, { ...base, ...changed }), "up");
    for (const { control, order } of up) {
      const predicted = networkLearner.order.theory?.({ ...settings, [settings.control]: control }) ?? null;
      if (changed.activation === "tanh") expect(predicted).toBeNull();
      else expect(Math.abs((order as number) - predicted!)).toBeLessThan(4e-3);
    }
  });

  test("beyond the transition it is 0, though the learned state is still a minimum", () => {
    const at = network({ weightDecay: 0.43 });
    expect(networkLearner.order.theory?.(at)).toBe(0);
    expect(networkLearner.phases(at).map(({ label }) => label)).toEqual(["learned", "trivial"]);
  });
});

describe("critical values", () => {
  test.each([
    { D: 1, weightDecay: 0.7, variance: 2 },
    { D: 2, weightDecay: 0.2, variance: 1.5, sigma2: 0.4 },
    { D: 3, weightDecay: 0.1, width: 5 },
    { D: 2, weightDecay: 0.15, activation: "relu" } as const,
  ])("at %o: the transition and the spinodal pass through the decay", changed => {
    const at = network(changed);
    const critical = networkLearner.critical!(at);
    const ends = (values: typeof at) => {
      const { gamma_c, gamma_spinodal_up } = criticalPoint(problemOf(values)!.problem);
      return [gamma_c as number, gamma_spinodal_up as number];
    };
    expect(critical.weightDecay).toEqual([...new Set(ends(at))]);
    for (const name of ["strength", "sigma2"] as const)
      critical[name]?.forEach((value, i) => {
        expect(ends({ ...at, [name]: value })[i]).toBeCloseTo(at.weightDecay, 12);
      });
    expect(critical.strength).toHaveLength(changed.D === 1 ? 1 : 2);
    expect(critical.sigma2?.length ?? 0).toBe(changed.D === 1 || changed.activation ? 0 : 2);
  });

  test("a smooth network with one layer: the origin loses stability at c1 N", () => {
    const { weightDecay, strength } = networkLearner.critical!(
      network({ D: 1, activation: "gelu", width: 1, strength: 3 }),
    );
    expect(weightDecay).toEqual([1.5]);
    expect(strength).toEqual([0.6]);
    expect(networkLearner.critical!(network({ D: 2, activation: "tanh" }))).toEqual({});
  });
});

/** Eigenvalues of the Hessian, from central differences of the gradient. */
const curvatures = (at: ReturnType<typeof network>, w: Float64Array): Float64Array => {
  const { size, lossAndGradient } = networkLearner.objective(at, ADDRESS);
  const h = 1e-4;
  const hessian = new Float64Array(size * size);
  const [up, down] = [new Float64Array(size), new Float64Array(size)];
  for (let i = 0; i < size; i++) {
    const moved = w.slice();
    moved[i] = w[i] + h;
    lossAndGradient(moved, up);
    moved[i] = w[i] - h;
    lossAndGradient(moved, down);
    // Both triangles get half of each.
    for (let j = 0; j < size; j++) {
      hessian[i * size + j] += (up[j] - down[j]) / (4 * h);
      hessian[j * size + i] += (up[j] - down[j]) / (4 * h);
    }
  }
  return symmetricEigenvalues(hessian, size);
};

describe("learned points and their coefficients", () => {
  test.each([
    { D: 0, weightDecay: 0.3 },
    { D: 1, weightDecay: 0.5 },
    { D: 1, weightDecay: 0.5, width: 1 },
    { D: 2, weightDecay: 0.3 },
    { D: 2, weightDecay: 0.45 },
    { D: 3, weightDecay: 0.2, width: 2, dx: 3 },
    { D: 1, weightDecay: 0.4, sigma2: 0.5, variance: 1.3 },
    { D: 2, weightDecay: 0.2, sigma2: 0.3, width: 4 },
  ])("at %o: a minimum at the predicted level, bent but in the predicted number of directions", changed => {
    const at = network(changed);
    const phase = at.D === 0 ? "no transition" : "learned";
    const { w, objective } = phasePoint(networkLearner, phase, at);
    const gradient = new Float64Array(w.length);
    expect(objective.lossAndGradient(w, gradient)).toBeCloseTo(
      networkLearner.phases(at).find(({ label }) => label === phase)!.loss,
      13,
    );
    for (const force of gradient) expect(Math.abs(force)).toBeLessThan(1e-14);
    expect(networkLearner.observe(at, w, { ...ADDRESS, loss: 0 }).label).toBe(phase);
    const values = curvatures(at, w);
    expect(Math.min(...values)).toBeGreaterThan(-1e-7);
    expect(networkLearner.coefficient!(phase, at)!.lambda).toBe(values.filter(value => value > 1e-6).length / 2);
  });

  test.each([
    ["learned", { D: 1, weightDecay: 0.5 }],
    ["learned", { D: 2, weightDecay: 0.25, width: 2 }],
    ["learned", { D: 1, weightDecay: 0, width: 2 }],
    ["learned", { D: 2, weightDecay: 0, width: 2 }],
    ["trivial", { D: 2, weightDecay: 0.6, width: 2 }],
  ] as const)("%s at %o: the estimate agrees", (phase, changed) => {
    const at = network(changed);
    const { w, objective } = phasePoint(networkLearner, phase, at);
    const exact = networkLearner.coefficient!(phase, at)!.lambda;
    const result = learningCoefficient(objective, w, { samples: 100_000, seed: 3, budget: 120_000 });
    if (result.kind === "failure") throw new Error(result.text);
    expect(Math.abs(result.lambda - exact)).toBeLessThan(4 * result.standardError + 0.03 * exact);
    expect(result.standardError).toBeLessThan(0.05 * exact);
  });

  test("there is none at saddles, at critical decays and where theory does not know", () => {
    const lambda = (phase: string, changed: Changed) => networkLearner.coefficient!(phase, network(changed));
    expect(lambda("trivial", { D: 1, weightDecay: 0.5 })).toBeNull();
    expect(lambda("trivial", { D: 1, weightDecay: 1 })).toBeNull();
    expect(lambda("learned", { D: 1, weightDecay: 1 })).toBeNull();
    expect(lambda("learned", { D: 2, weightDecay: 0.3, activation: "tanh" })).toBeNull();
    expect(lambda("learned", { D: 2, weightDecay: 0, sigma2: 1 })).toBeNull();
  });

  test("a phase without a closed form is found by descent, one that is not there is refused", () => {
    const at = network({ activation: "tanh", weightDecay: 0.2, width: 2, samples: 3 });
    const { w } = phasePoint(networkLearner, "learned", at);
    expect(networkLearner.observe(at, w, { ...ADDRESS, loss: 0 }).label).toBe("learned");
    expect(() => phasePoint(networkLearner, "learned", network({ weightDecay: 0.6 }))).toThrow(
      '--at is "learned": needs one of trivial',
    );
  });
});

test("flowers: the predicted norm of a linear network is that of its followed state below the transition", () => {
  const at = { ...flowers, activation: "linear" } as const;
  const [trivial, learned] = flowersLearner.phases(at);
  expect(learned.loss).toBeLessThan(trivial.loss);
  const settled = phasePoint(flowersLearner, "learned", at);
  expect(settled.objective.loss(settled.w)).toBeCloseTo(learned.loss, 6);
  const { order } = flowersLearner.observe(at, settled.w, { ...ADDRESS, loss: learned.loss });
  expect(order).toBeCloseTo(flowersLearner.order.theory!(at)!, 5);
  expect(flowersLearner.critical!({ ...at, D: 1 }).weightDecay![0]).toBeGreaterThan(1);
  expect(flowersLearner.order.theory!(flowers)).toBeNull();
});
