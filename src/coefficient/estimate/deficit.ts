import type { Problem } from "./problem.ts";

/** How far below L(w*) the loss goes near w*, by its second order: nBeta times Newton's fall; or that w* is a saddle. */
export const deficitOf = (problem: Problem, nBeta: number): { energy: number; saddle?: string } => {
  const { gradient, size, curvature } = problem;
  const { values, vectors, noise } = curvature;
  const worst = values.reduce((least, h) => Math.min(least, h), 0);
  const largest = values.reduce((most, h) => Math.max(most, h), 0);
  // A saddle is felt once the loss falls by a share of 1 / nBeta within the reach of the other directions.
  if (-worst > Math.max(noise, 1e-3 * largest) && fallsAlong(problem, values.indexOf(worst), nBeta))
    return {
      energy: Infinity,
      saddle: `the point is a saddle: its Hessian has the eigenvalue ${worst.toPrecision(3)}, against ${largest.toPrecision(3)} at most; train it further`,
    };
  let fall = 0;
  for (let row = 0; row < size; row++) {
    if (!(values[row] > noise)) continue;
    let along = gradient[row];
    if (vectors) {
      along = 0;
      for (let i = 0; i < size; i++) along += vectors[row * size + i] * gradient[i];
    }
    fall += (along * along) / (2 * values[row]);
  }
  return { energy: nBeta * fall };
};

/** Whether the loss falls along a direction of negative curvature as that says, on either side: where the gradient has a kink it need not. */
const fallsAlong = ({ at, size, excess, curvature }: Problem, row: number, nBeta: number): boolean => {
  const { values, vectors } = curvature;
  const w = new Float64Array(size);
  for (const energy of [1, 1 / 16])
    for (const sign of [1, -1]) {
      const step = sign * Math.sqrt((2 * energy) / (nBeta * -values[row]));
      for (let i = 0; i < size; i++) w[i] = at[i] + step * (vectors ? vectors[row * size + i] : i === row ? 1 : 0);
      if (nBeta * excess.loss(w) < -0.25 * energy) return true;
    }
  return false;
};
