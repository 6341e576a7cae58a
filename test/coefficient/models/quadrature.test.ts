import { describe, expect, test } from "vitest";
import { allModels } from "../../../src/coefficient/models/index.ts";
import { toNumber } from "../../../src/numerics/fraction.ts";
import { gaussLegendre, onPanels } from "../../../src/numerics/gauss-legendre.ts";

const exactModels = allModels();

/*
 * Local coefficients of models that no building rule covers, from t <K>_t by direct integration over all parameters that
 * matter, on grids that are logarithmic towards the minimum.
 */

const model = (name: string) => exactModels.find(candidate => candidate.name === name)!;

/** Distances from 0 to 1, logarithmic down to e^-depth, with the weights of an integral over them. */
const distances = (depth: number, perUnit = 8) => {
  const rule = gaussLegendre(perUnit);
  const { nodes, weights } = onPanels(
    rule,
    [...Array(depth + 1).keys()].map(i => i - depth),
  );
  const core = onPanels(rule, [0, Math.exp(-depth)]);
  return [
    ...Array.from(core.nodes, (at, i) => ({ at, weight: core.weights[i] })),
    ...Array.from(nodes, (s, i) => ({ at: Math.exp(s), weight: weights[i] * Math.exp(s) })),
  ];
};

const average = () => {
  let [z, energy] = [0, 0];
  return {
    add(weight: number, tK: number) {
      const mass = weight * Math.exp(-tK);
      z += mass;
      energy += mass * tK;
    },
    tMeanK: () => energy / z,
  };
};

test("binomial mixture of two components at one atom: mean and spread", () => {
  const { objective, point, lambda } = model("binomial-mixture-2-of-4-in-1");
  const { loss } = objective();
  const least = loss(point());
  const t = 1e9;
  const { add, tMeanK } = average();
  const w = point();
  for (const mean of distances(16, 6))
    for (const spread of distances(12, 6))
      for (const sign of [-1, 1]) {
        w[1] = sign * mean.at + spread.at;
        w[2] = sign * mean.at - spread.at;
        add(mean.weight * spread.weight, t * (loss(w) - least));
      }
  expect(tMeanK()).toBeCloseTo(toNumber(lambda), 2);
});

test("symmetric factorisation of rank one, 2 x 2, with the rotation of the columns taken out", () => {
  const { objective, lambda } = model("symmetric-2-2-rank-1");
  const { loss } = objective();
  const t = 1e8;
  const { add, tMeanK } = average();
  const w = new Float64Array(4);
  const fine = distances(11, 7);
  const coarse = distances(6, 10);
  for (const radius of fine)
    for (const cross of fine)
      for (const rest of coarse)
        for (const sign of [-1, 1]) {
          // U = [[1 + radius, 0], [cross, rest]]; the circle of rotations has length proportional to 1 + radius.
          w[0] = 1 + 0.5 * sign * radius.at;
          w[2] = cross.at;
          w[3] = rest.at;
          add(radius.weight * cross.weight * rest.weight * w[0], t * loss(w));
        }
  expect(tMeanK()).toBeCloseTo(toNumber(lambda), 2);
});

describe("tanh networks, their output weights integrated out under a unit Gaussian: Z = int det(I + 2t G(b))^(-1/2) db", () => {
  const inputs = [...Array(20).keys()].map(j => (j + 1) / 10);

  test("the design of the models is this one", () => {
    const { loss } = model("tanh-1-2-1").objective();
    const f = (x: number) => 0.7 * Math.tanh(0.4 * x) - 0.2 * Math.tanh(1.3 * x);
    const mean = inputs.reduce((sum, x) => sum + f(x) ** 2, 0) / 20;
    expect(loss(Float64Array.of(0.7, -0.2, 0.4, 1.3))).toBeCloseTo(mean, 15);
  });

  test("two units", () => {
    const t = 1e13;
    let [z, energy] = [0, 0];
    // b_2 = b_1 r: near 0 and near 1 the units get redundant. Signs are absorbed by the output weights.
    const ratios = distances(20, 4).flatMap(({ at, weight }) => [
      { gap: at / 2, low: true, weight: weight / 2 },
      { gap: at / 2, low: false, weight: weight / 2 },
    ]);
    for (const { at: b, weight: ofB } of distances(20, 4)) {
      const first = inputs.map(x => Math.tanh(b * x));
      for (const { gap, low, weight } of ratios) {
        // tanh(b x) - tanh(b r x) without cancellation for r = 1 - gap.
        const second = inputs.map((x, j) =>
          low ? Math.tanh(b * gap * x) : Math.tanh(b * gap * x) * (1 - first[j] * Math.tanh(b * (1 - gap) * x)),
        );
        let [g11, g22, minors] = [0, 0, 0];
        for (let i = 0; i < 20; i++) {
          g11 += first[i] ** 2 / 20;
          g22 += (low ? second[i] : first[i] - second[i]) ** 2 / 20;
          for (let j = 0; j < i; j++) minors += (first[i] * second[j] - first[j] * second[i]) ** 2 / 400;
        }
        const determinant = 1 + 2 * t * (g11 + g22) + 4 * t * t * minors;
        const mass = (ofB * weight * b) / Math.sqrt(determinant);
        z += mass;
        energy += (mass * (t * (g11 + g22) + 4 * t * t * minors)) / determinant;
      }
    }
    expect(energy / z).toBeCloseTo(toNumber(model("tanh-1-2-1").lambda), 2);
  });
});
