/**
 * Two equations in two unknowns: writes the values f, g and the derivatives f_x, f_y, g_x, g_y at (x, y) into `out`
 * (length 6, in this order).
 */
export type PlanarEquations = (x: number, y: number, out: Float64Array) => void;

/** Longest change of a coordinate in one step: keeps rough starts from flying off. */
const LONGEST_STEP = 0.3;
const MAX_STEPS = 200;
/** Steps below this relative size are converged; quadratic convergence then leaves only rounding. */
const CONVERGED = 1e-13;

/** Newton's method with capped steps; null when it does not converge to a regular root from here. */
export const planarNewton = (
  equations: PlanarEquations,
  [x, y]: readonly [x: number, y: number],
): readonly [x: number, y: number] | null => {
  const out = new Float64Array(6);
  let polish = 2;
  for (let step = 0; step < MAX_STEPS; step++) {
    equations(x, y, out);
    const [f, g, fx, fy, gx, gy] = out;
    const determinant = fx * gy - fy * gx;
    const dx = (fy * g - gy * f) / determinant;
    const dy = (gx * f - fx * g) / determinant;
    const longest = Math.max(Math.abs(dx), Math.abs(dy));
    if (!Number.isFinite(longest)) return null;
    const scale = Math.min(1, LONGEST_STEP / longest);
    x += scale * dx;
    y += scale * dy;
    if (longest < CONVERGED * (Math.abs(x) + Math.abs(y)) && polish-- === 0) return [x, y];
  }
  return null;
};
