import { expect, test } from "vitest";
import { stream } from "../../../src/numerics/stream.ts";
import { langevinCoefficient } from "../../../src/protocols/langevin-chain.ts";
import { localMean } from "../../../src/protocols/local-chain.ts";
import { localSamplers, temperedRun } from "../../../src/protocols/tempered-run.ts";
import { classOfDraw, positiveBiasesOf, verticesOf } from "../../../src/systems/superposition/draw-class.ts";
import { populationObjective } from "../../../src/systems/superposition/model/population.ts";
import { shapeOf } from "../../../src/systems/superposition/phases.ts";

test("the class of a draw holds the vertices that the classifier of states counts, and the positive biases", () => {
  const random = stream({ seed: 3, purpose: "draws" });
  for (let i = 0; i < 200; i++) {
    const w = new Float64Array(18);
    random.normals(w);
    const biases = w.subarray(12);
    for (const length of [0, 0.7]) {
      const kind = classOfDraw(w, 6, length);
      expect(verticesOf(kind, 6)).toBe(shapeOf(w, { c: 6, r: 2 }, { length, bias: 0 }).k);
      expect(positiveBiasesOf(kind, 6)).toBe(biases.filter(bias => bias > 0).length);
    }
  }
});

test("a saved run goes on with the same draws", () => {
  const plan = {
    objective: populationObjective({ c: 4, r: 2 }),
    nBeta: 50,
    priorStd: 1,
    classOf: (w: Float64Array) => classOfDraw(w, 4, 0),
    rungs: 3,
    hottest: 0.2,
    local: localSamplers.nuts(),
    burnIn: 30,
    draws: 40,
    random: (purpose: string) => stream({ seed: 2, purpose }),
  };
  const whole = temperedRun(plan);
  whole.advance(40);
  const first = temperedRun(plan);
  first.advance(15);
  const second = temperedRun(plan, structuredClone(first.save()));
  second.advance(25);
  expect(second.losses).toEqual(whole.losses);
  expect(second.classes).toEqual(whole.classes);
  expect(second.ladder()).toEqual(whole.ladder());
});

test("Langevin steps on a quadratic give d / 2 with the known bias of the step size", () => {
  const size = 6;
  const objective = {
    parameters: [{ name: "w", shape: [size], offset: 0 }],
    size,
    loss: (w: Float64Array) => w.reduce((sum, value) => sum + value * value, 0) / 2,
    lossAndGradient(w: Float64Array, gradient: Float64Array) {
      gradient.set(w);
      return this.loss(w);
    },
  };
  const [nBeta, stepSize] = [100, 4e-3];
  const { lambda } = langevinCoefficient({
    objective,
    centre: new Float64Array(size),
    nBeta,
    gamma: 0,
    stepSize,
    burnIn: 1000,
    steps: 200_000,
    random: purpose => stream({ seed: 1, purpose }),
  });
  // Each direction has the variance 1 / (a (1 - stepSize a / 4)) at curvature a = nBeta.
  const expected = size / 2 / (1 - (stepSize * nBeta) / 4);
  expect(Math.abs(lambda - expected)).toBeLessThan(0.06);
});

test("chains that have left their phase do not count, and when all have it is said", () => {
  const chain = (lambda: number, kept: boolean) => ({ lambda, kept, standardError: 0.1 });
  expect(localMean([chain(7, true), chain(-90, false), chain(7.2, true)])).toMatchObject({
    lambda: 7.1,
    kept: 2,
    chains: 3,
  });
  expect(() => localMean([chain(-90, false)])).toThrow("all 1 chains have left");
});
