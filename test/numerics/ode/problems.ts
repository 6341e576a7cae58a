import { solveLinear } from "../../../src/numerics/linear-algebra.ts";
import type { Method } from "../../../src/numerics/ode/method.ts";
import type { StiffProblem } from "../../../src/numerics/ode/rosenbrock.ts";
import type { EmbeddedTableau } from "../../../src/numerics/ode/tableau.ts";

/** Order 3 with an error estimate of order 2 [Bogacki and Shampine 1989]: a method that only the tests know. */
export const bogackiShampine: EmbeddedTableau = {
  order: 3,
  errorOrder: 3,
  lastIsFirst: true,
  nodes: [0, 1 / 2, 3 / 4, 1],
  stages: [[], [1 / 2], [0, 3 / 4], [2 / 9, 1 / 3, 4 / 9]],
  weights: [2 / 9, 1 / 3, 4 / 9, 0],
  errorWeights: [2 / 9 - 7 / 24, 1 / 3 - 1 / 4, 4 / 9 - 1 / 3, -1 / 8],
};

/** A stiff problem from its force and its Jacobian, written row by row, solved by elimination. */
export const dense = (
  size: number,
  force: StiffProblem["force"],
  jacobian: (y: Float64Array) => readonly number[],
): StiffProblem => {
  let matrix = new Float64Array(size * size);
  return {
    size,
    force,
    factorise(y, shift) {
      matrix = Float64Array.from(jacobian(y), (entry, k) => (k % (size + 1) === 0 ? shift : 0) - entry);
      return true;
    },
    solve(g) {
      g.set(solveLinear(matrix, size, g));
    },
  };
};

/** The end of `count` equal steps over [0, time], and the estimated error of the first. */
export const endOf = (method: Method, y0: readonly number[], time: number, count: number) => {
  const y = Float64Array.from(y0);
  const [next, error] = [new Float64Array(y.length), new Float64Array(y.length)];
  const h = time / count;
  let estimate = Number.NaN;
  for (let step = 0; step < count; step++) {
    method.begin(step * h, y, step > 0);
    method.attempt(step * h, y, h, next, error);
    if (step === 0) estimate = Math.max(...error.map(Math.abs));
    y.set(next);
  }
  return { y, estimate };
};
