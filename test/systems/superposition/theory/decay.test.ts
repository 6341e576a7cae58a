import { describe, expect, test } from "vitest";
import { adam } from "../../../../src/learning/adam.ts";
import { stream } from "../../../../src/numerics/stream.ts";
import { populationObjective } from "../../../../src/systems/superposition/model/population.ts";
import { smallColumns } from "../../../../src/systems/superposition/theory/decay.ts";
import { superpositionTheory } from "../../../../src/systems/superposition/theory/index.ts";

/** The least loss with decay that descent finds from columns of many shapes, and |W|^2 there. */
const lowest = (c: number, r: number, decay: number) => {
  const objective = populationObjective({ c, r });
  const gradient = new Float64Array(objective.size);
  const squares = (w: Float64Array) => w.subarray(0, r * c).reduce((sum, each) => sum + each * each, 0);
  const random = stream({ seed: 1, purpose: "starts" });
  const results = Array.from({ length: 8 }, (_, start) => {
    const w = new Float64Array(objective.size).map((_, i) =>
      i < r * c ? 0.1 * random.normal() : 1 / (2 * c) + 0.01 * random.normal(),
    );
    // Half of them from opposed columns, each alone in its direction.
    if (start % 2 === 0)
      for (let i = 0; i < r * c; i++) {
        const [row, column] = [Math.floor(i / c), i % c];
        w[i] = column >> 1 === row ? 0.15 * (column % 2 === 0 ? 1 : -1) : 0.01 * random.normal();
      }
    for (const [stepSize, steps] of [
      [0.01, 3000],
      [0.001, 2000],
      [0.0001, 1000],
    ] as const) {
      const optimiser = adam({ stepSize, beta1: 0.9, beta2: 0.99, epsilon: 1e-10 });
      const state = optimiser.init(w.length);
      for (let step = 0; step < steps; step++) {
        objective.lossAndGradient(w, gradient);
        for (let i = 0; i < r * c; i++) gradient[i] += decay * w[i];
        optimiser.step(w, gradient, state);
      }
    }
    return { total: objective.loss(w) + 0.5 * decay * squares(w), squares: squares(w) };
  });
  return results.reduce((best, each) => (each.total < best.total ? each : best));
};

describe.each([
  [6, 2],
  [5, 2],
  [3, 2],
  [5, 3],
  [7, 1],
])("columns under decay, c = %i, r = %i", (c, r) => {
  const { critical, least } = smallColumns({ c, r }, 0);

  test.each([0.1, 0.9])("are those of the closed form at a share of %d from the least to the critical decay", share => {
    const decay = least + share * (critical - least);
    const expected = smallColumns({ c, r }, decay);
    const found = lowest(c, r, decay);
    expect(found.total).toBeCloseTo(expected.loss + 0.5 * decay * expected.squaredNorm, 8);
    expect(found.squares).toBeCloseTo(expected.squaredNorm, 2);
  });

  test("are lower below the least", () => {
    const decay = least - 0.4 * (critical - least);
    const expected = smallColumns({ c, r }, decay);
    expect(lowest(c, r, decay).total).toBeLessThan(expected.loss + 0.5 * decay * expected.squaredNorm - 1e-9);
    expect(() => superpositionTheory.decay.evaluate({ c, r, weightDecay: decay })).toThrow(
      /^weightDecay is .* at least/,
    );
  });
});
