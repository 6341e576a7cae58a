import { expect, test } from "vitest";
import { graphComponents } from "../../src/numerics/graph-components.ts";
import { minimumNorm } from "../../src/numerics/minimum-norm.ts";

test("the solution of least norm solves the equations and lies in the span of the rows", () => {
  const H = Float64Array.of(1, 2, 0, 0, 1, 1);
  const x = new Float64Array(6);
  minimumNorm(H, 2, 3).solve(Float64Array.of(3, 5), x, 1, 2);
  const [a, b, c] = [x[1], x[3], x[5]];
  expect(a + 2 * b).toBeCloseTo(3, 12);
  expect(b + c).toBeCloseTo(5, 12);
  // Orthogonal to (2, -1, 1), which both rows are orthogonal to.
  expect(2 * a - b + c).toBeCloseTo(0, 12);
  expect([x[0], x[2], x[4]]).toEqual([0, 0, 0]);
});

test("components of a graph, nodes without an edge left out", () => {
  expect(graphComponents(6, [0, 1, 4], [1, 2, 5])).toEqual({ nodes: 5, components: 2 });
  expect(graphComponents(3, [], [])).toEqual({ nodes: 0, components: 0 });
});
