import { cos, sin } from "../../../numerics/elementary.ts";
import { solveLinear } from "../../../numerics/linear-algebra.ts";
import { memoised } from "../../../numerics/memoised.ts";
import { offDiagonal } from "../model/pieces.ts";

/**
 * The second variation of H = 3 c L at 4^{sigma+} (no dead vertices). There is no Hessian there, but what H gains at second order
 * is still homogeneous of degree 2 in the displacement: with the vertices e_i moved by d_i, their biases b_i, the positive vestigial columns
 * W_p and the m = c - 4 - sigma negative ones W_v,
 *
 *     E = 3/(2c) U . (U + V + sum_i d_i) + sum_i [ eps_i^2 + 3 eps_i b_i + 3 b_i^2 + sum_j g(A_ij, b_i) ],   eps_i = 2 e_i . d_i,
 *     U = sum_p W_p,   V = sum_v W_v,
 *
 * j over the two neighbours of vertex i, A_ij = e_i . d_j + e_j . d_i, and over all vestigial columns, A_ij = e_i . W_j. Everything but the first term
 * is convex, so that equal W_p and equal W_v are the worst case, and for a given U the rest is a convex problem in 14 variables.
 */
const VERTICES = [0, 1, 2, 3].map(i => [[1, 0, -1, 0][i], [0, 1, 0, -1][i]] as const);
/** V, the four d_i, the four b_i. */
const SIZE = 14;
const movedAt = (i: number, axis: number): number => 2 + 2 * i + axis;
const biasAt = (i: number): number => 10 + i;

/** count g(constant + linear . x, b_row) */
interface Overlap {
  readonly row: number;
  readonly count: number;
  readonly constant: number;
  /** Pairs of a variable and its factor. */
  readonly linear: readonly (readonly [variable: number, factor: number])[];
}

const AXES = [0, 1] as const;

const overlapsOf = (sigma: number, negative: number, U: readonly [number, number]): Overlap[] =>
  VERTICES.flatMap((e, row) => {
    const neighbours = [(row + 1) % 4, (row + 3) % 4].map(j => ({
      row,
      count: 1,
      constant: 0,
      linear: AXES.flatMap(axis => [
        [movedAt(j, axis), e[axis]] as const,
        [movedAt(row, axis), VERTICES[j][axis]] as const,
      ]),
    }));
    const positives = { row, count: sigma, constant: (e[0] * U[0] + e[1] * U[1]) / sigma, linear: [] };
    const negatives = {
      row,
      count: negative,
      constant: 0,
      linear: AXES.map(axis => [axis, e[axis] / negative] as const),
    };
    return [...neighbours, positives, ...(negative > 0 ? [negatives] : [])];
  });

/** Keeps Newton's system regular along the rotation of the polygon, on which E does not depend. */
const RIDGE = 1e-7;
const MOST_STEPS = 200;
const SETTLED = 1e-14;

/** The least E at a given U of length 1, by Newton's method with halved steps. */
const leastAt = (c: number, sigma: number, U: readonly [number, number]): number => {
  const negative = c - 4 - sigma;
  const coupling = 3 / (2 * c);
  const overlaps = overlapsOf(sigma, negative, U);
  const piece = new Float64Array(6);

  const evaluate = (x: Float64Array, gradient: Float64Array, hessian: Float64Array): number => {
    gradient.fill(0);
    hessian.fill(0);
    let value = coupling;
    const summed = AXES.flatMap(axis => [
      ...(negative > 0 ? [[axis, axis] as const] : []),
      ...VERTICES.map((_, i) => [movedAt(i, axis), axis] as const),
    ]);
    for (const [variable, axis] of summed) {
      value += coupling * U[axis] * x[variable];
      gradient[variable] += coupling * U[axis];
    }
    VERTICES.forEach((e, i) => {
      const outward = movedAt(i, i % 2);
      const factor = 2 * e[i % 2];
      const eps = factor * x[outward];
      const b = x[biasAt(i)];
      value += eps * eps + 3 * eps * b + 3 * b * b;
      gradient[outward] += factor * (2 * eps + 3 * b);
      gradient[biasAt(i)] += 3 * eps + 6 * b;
      hessian[outward * SIZE + outward] += 2 * factor * factor;
      hessian[outward * SIZE + biasAt(i)] += 3 * factor;
      hessian[biasAt(i) * SIZE + outward] += 3 * factor;
      hessian[biasAt(i) * SIZE + biasAt(i)] += 6;
    });
    for (const { row, count, constant, linear } of overlaps) {
      const a = linear.reduce((sum, [variable, factor]) => sum + factor * x[variable], constant);
      offDiagonal(a, x[biasAt(row)], piece);
      value += count * piece[0];
      gradient[biasAt(row)] += count * piece[2];
      hessian[biasAt(row) * SIZE + biasAt(row)] += count * piece[5];
      for (const [variable, factor] of linear) {
        gradient[variable] += count * factor * piece[1];
        hessian[variable * SIZE + biasAt(row)] += count * factor * piece[4];
        hessian[biasAt(row) * SIZE + variable] += count * factor * piece[4];
        for (const [other, otherFactor] of linear)
          hessian[variable * SIZE + other] += count * factor * otherFactor * piece[3];
      }
    }
    return value;
  };

  const x = new Float64Array(SIZE);
  const gradient = new Float64Array(SIZE);
  const hessian = new Float64Array(SIZE * SIZE);
  const unused = [new Float64Array(SIZE), new Float64Array(SIZE * SIZE)] as const;
  for (let step = 0; step < MOST_STEPS; step++) {
    const value = evaluate(x, gradient, hessian);
    for (let i = 0; i < SIZE; i++) hessian[i * SIZE + i] += RIDGE;
    const move = solveLinear(hessian, SIZE, gradient);
    const gain = move.reduce((sum, each, i) => sum + each * gradient[i], 0);
    let fraction = 1;
    while (gain * fraction > SETTLED) {
      const trial = x.map((each, i) => each - fraction * move[i]);
      if (evaluate(trial, ...unused) <= value - 1e-4 * fraction * gain) {
        x.set(trial);
        break;
      }
      fraction /= 2;
    }
    if (gain * fraction <= SETTLED) break;
  }
  return evaluate(x, gradient, hessian);
};

/** Directions of U from a vertex to halfway to the next; the others follow by symmetry. */
const DIRECTIONS = 9;
const EIGHTH_TURN = 0.7853981633974483;

/**
 * The least second variation of H at 4^{sigma+} among c features over all displacements with |U| = 1, sigma >= 1. Positive: the point
 * is a minimum up to its flat directions, along which U = 0; negative: a saddle.
 */
export const squareVariation = memoised(({ c, sigma }: { readonly c: number; readonly sigma: number }): number => {
  let least = Number.POSITIVE_INFINITY;
  for (let i = 0; i < DIRECTIONS; i++) {
    const angle = (EIGHTH_TURN * i) / (DIRECTIONS - 1);
    least = Math.min(least, leastAt(c, sigma, [cos(angle), sin(angle)]));
  }
  return least;
});
