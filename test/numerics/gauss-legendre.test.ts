import { expect, test } from "vitest";
import { cumulativeMatrix, gaussLegendre, onPanels } from "../../src/numerics/gauss-legendre.ts";

test("three points are those of the tables", () => {
  const { nodes, weights } = gaussLegendre(3);
  [-Math.sqrt(0.6), 0, Math.sqrt(0.6)].forEach((node, i) => {
    expect(nodes[i]).toBeCloseTo(node, 15);
  });
  [5 / 9, 8 / 9, 5 / 9].forEach((weight, i) => {
    expect(weights[i]).toBeCloseTo(weight, 15);
  });
});

test.each([1, 2, 7, 24, 101])("%i points integrate powers up to 2n - 1 exactly", n => {
  const { nodes, weights } = gaussLegendre(n);
  for (let power = 0; power < Math.min(2 * n, 60); power++) {
    const sum = nodes.reduce((total, x, i) => total + weights[i] * x ** power, 0);
    expect(sum).toBeCloseTo(power % 2 === 0 ? 2 / (power + 1) : 0, 13);
  }
});

test("on panels, the exponential integral of a long interval", () => {
  const { nodes, weights } = onPanels(gaussLegendre(12), [0, 0.5, 2, 5, 9]);
  const sum = nodes.reduce((total, x, i) => total + weights[i] * Math.exp(-x), 0);
  expect(sum).toBeCloseTo(1 - Math.exp(-9), 13);
});

test("cumulative integrals of a polynomial at every node", () => {
  const rule = gaussLegendre(8);
  const matrix = cumulativeMatrix(rule);
  rule.nodes.forEach((x, i) => {
    const sum = rule.nodes.reduce((total, node, k) => total + matrix[i * 8 + k] * (3 * node ** 5 - node + 2), 0);
    const antiderivative = (s: number) => s ** 6 / 2 - s ** 2 / 2 + 2 * s;
    expect(sum).toBeCloseTo(antiderivative(x) - antiderivative(-1), 13);
  });
});

test("a number of points that is not one is refused", () => {
  expect(() => gaussLegendre(0)).toThrow("n is 0");
});
