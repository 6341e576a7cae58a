import type { Objective } from "../../../../src/contracts/objective.ts";
import { type Stream, stream } from "../../../../src/numerics/stream.ts";

/** N(0, 1) parameters. */
export const randomPoint = (random: Stream, { c, r }: { c: number; r: number }): Float64Array => {
  const w = new Float64Array(r * c + c);
  random.normals(w);
  return w;
};

export const randomStream = (purpose: string): Stream => stream({ seed: 7, purpose });

export const evaluate = (objective: Objective, w: Float64Array) => {
  const gradient = new Float64Array(objective.size).fill(Number.NaN);
  const loss = objective.lossAndGradient(w, gradient);
  return { loss, gradient };
};

export const hessianOf = (objective: Required<Pick<Objective, "hessian" | "size">>, w: Float64Array): Float64Array => {
  const hessian = new Float64Array(objective.size ** 2).fill(Number.NaN);
  objective.hessian(w, hessian);
  return hessian;
};

export const distance = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  if (a.length !== b.length) return Infinity;
  let most = 0;
  for (let i = 0; i < a.length; i++) {
    const gap = Math.abs(a[i] - b[i]);
    if (!(gap <= most)) most = gap;
  }
  return most;
};

/** Central differences of `f` in each parameter. */
export const differences = (f: (w: Float64Array) => number, w: Float64Array, h: number): Float64Array =>
  w.map((value, i) => {
    const moved = w.slice();
    moved[i] = value + h;
    const up = f(moved);
    moved[i] = value - h;
    return (up - f(moved)) / (2 * h);
  });
