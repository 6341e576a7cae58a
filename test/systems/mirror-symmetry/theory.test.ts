import { expect, test } from "vitest";
import { mirrorLosses } from "../../../src/systems/mirror-symmetry/model.ts";
import { attractingDecay, leastCurvature, mirrorLyapunov } from "../../../src/systems/mirror-symmetry/theory.ts";

test("a curvature -3 across the mirror is made good by a decay of 3/2: descent goes away from the plane below it, towards it above", () => {
  expect(attractingDecay(-3)).toBe(1.5);
  expect(attractingDecay(2)).toBe(0);
  const after = (decay: number): number => {
    // -3 x^2 / 2 + decay x^2
    let x = 1e-6;
    for (let step = 0; step < 2000; step++) x -= 0.01 * (-3 + 2 * decay) * x;
    return x;
  };
  expect(after(attractingDecay(-3) * 0.99)).toBeGreaterThan(1e-6);
  expect(after(attractingDecay(-3) * 1.01)).toBeLessThan(1e-6);
});

test("SGD on curvatures across the mirror grows as the product of its factors", () => {
  const [h, eta, gamma] = [[-0.4, 0.3, 1.1, 2.5], 0.3, 0.15];
  let x = 1;
  for (const curvature of h) x -= eta * (curvature * x + 2 * gamma * x);
  expect(mirrorLyapunov(h, eta, gamma)).toBeCloseTo(Math.log(Math.abs(x)) / h.length, 14);
});

test("the least curvature is that of the direction, among those that the mirror turns round, in which the loss curves least", () => {
  const H = [
    [2, 0.3, -0.5],
    [0.3, -1, 0.8],
    [-0.5, 0.8, 1.5],
  ];
  const half = Math.SQRT1_2;
  const O = [
    [1, 0],
    [0, half],
    [0, -half],
  ];
  let least = Infinity;
  for (let i = 0; i < 20_000; i++) {
    const [c, s] = [Math.cos((Math.PI * i) / 20_000), Math.sin((Math.PI * i) / 20_000)];
    const n = O.map(([a, b]) => c * a + s * b);
    least = Math.min(
      least,
      n.reduce((sum, x, i) => sum + x * H[i].reduce((inner, h, j) => inner + h * n[j], 0), 0),
    );
  }
  expect(leastCurvature({ O, H })).toBeCloseTo(least, 7);
});

test.each(Object.entries(mirrorLosses))("%s: the plane stops to repel at the critical decay", (_, mirror) => {
  for (const strength of [0.7, 3]) {
    const leastAcross = (decay: number): number => {
      const { lossAndGradient, size } = mirror.objective(strength, decay);
      const h = 1e-4;
      const slope = (a: number, step: number): Float64Array => {
        const gradient = new Float64Array(size);
        lossAndGradient(
          Float64Array.from(mirror.plane(strength), (x, i) => x + step * mirror.O[i][a]),
          gradient,
        );
        return gradient;
      };
      const block = mirror.O[0].flatMap((_, a) => {
        const [up, down] = [slope(a, h), slope(a, -h)];
        return mirror.O[0].map(
          (_, b) => mirror.O.reduce((sum, row, i) => sum + row[b] * (up[i] - down[i]), 0) / (2 * h),
        );
      });
      if (block.length === 1) return block[0];
      const [p, q, , r] = block;
      return (p + r) / 2 - Math.hypot((p - r) / 2, q);
    };
    const critical = mirror.critical(strength);
    expect(leastAcross(0.99 * critical)).toBeLessThan(0);
    expect(leastAcross(1.01 * critical)).toBeGreaterThan(0);
  }
});
