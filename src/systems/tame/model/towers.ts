import { type Objective, objectiveOf } from "../../../contracts/objective.ts";
import { descendFor } from "../../../learning/descend.ts";
import { heavyBall } from "../../../learning/heavy-ball.ts";
import { softmaxRegression } from "../../../learning/softmax-regression.ts";
import { clipPolygon, type PlanePoint, polygonArea } from "../../../numerics/polygon.ts";
import type { Stream } from "../../../numerics/stream.ts";
import { cutoffClass, type Tower } from "../theory/effective-theory.ts";

/** Which of four towers of states becomes light first, over (ln s, ln u) in a square: a map of four cells, learned by softmax regression. */

/** Length of the side of the square. */
export const SIDE = 5;
export const TOWERS: readonly Tower[] = [
  [1, 0, 0],
  [0, 1, 0],
  [0.5, 0.5, 0.4],
  [0.8, -0.3, 0.6],
];
export const CLASSES = TOWERS.length;
/** Of argmax of K linear scores in n features, (K - 1) n. */
export const NATARAJAN = (CLASSES - 1) * 3;

const [STEP, MOMENTUM] = [3, 0.9];

export interface TowerSample {
  /** ln s, ln u, one point after the other. */
  readonly points: Float64Array;
  readonly classes: Uint8Array;
}

export const towerSample = (N: number, random: Stream): TowerSample => {
  const points = new Float64Array(2 * N);
  random.uniforms(points);
  for (let i = 0; i < points.length; i++) points[i] *= SIDE;
  const classes = Uint8Array.from({ length: N }, (_, i) => cutoffClass(points[2 * i], points[2 * i + 1], TOWERS));
  return { points, classes };
};

/** Mean cross-entropy of linear scores in (ln s / 5, ln u / 5, 1): weights 4 x 3, a row for each class. */
export const softmaxObjective = ({ points, classes }: TowerSample): Objective => {
  const N = classes.length;
  const inputs = Float64Array.from({ length: 3 * N }, (_, i) =>
    i % 3 === 2 ? 1 : points[i - Math.floor(i / 3)] / SIDE,
  );
  const summed = softmaxRegression({ inputs, classes, features: 3, count: CLASSES });
  return objectiveOf({ weights: [CLASSES, 3] }, (w, gradient) => {
    const loss = summed(w, gradient, true);
    for (let j = 0; j < gradient.length; j++) gradient[j] /= N;
    return loss / N;
  });
};

/** Weights after so many steps of momentum from nought. */
export const learnedWeights = (sample: TowerSample, steps: number): Float64Array => {
  const w = new Float64Array(3 * CLASSES);
  descendFor(softmaxObjective(sample), heavyBall({ stepSize: STEP, momentum: MOMENTUM }), w, steps);
  return w;
};

/** Scores l1 ln s + l2 ln u + l3 of each class, the largest of which wins; weights are for coordinates in units of the side. */
export const scoresOf = (w: ArrayLike<number>): readonly Tower[] =>
  TOWERS.map((_, k): Tower => [w[3 * k] / SIDE, w[3 * k + 1] / SIDE, w[3 * k + 2]]);

const square: readonly PlanePoint[] = [
  [0, 0],
  [SIDE, 0],
  [SIDE, SIDE],
  [0, SIDE],
];

/** The part of a region where class k has the largest score. */
const cellWithin = (region: readonly PlanePoint[], scores: readonly Tower[], k: number): readonly PlanePoint[] =>
  scores.reduce(
    (rest, other, j) =>
      j === k ? rest : clipPolygon(rest, [scores[k][0] - other[0], scores[k][1] - other[1], scores[k][2] - other[2]]),
    region,
  );

/** The cells of the square, a convex polygon for each class. */
export const cellsOf = (scores: readonly Tower[]): readonly (readonly PlanePoint[])[] =>
  scores.map((_, k) => cellWithin(square, scores, k));

/** The share of the square that each class has. */
export const sharesOf = (scores: readonly Tower[]): readonly number[] =>
  cellsOf(scores).map(cell => polygonArea(cell) / (SIDE * SIDE));

/** Share of the square where scores name another class than the towers do: exactly, by the areas of common parts of cells. */
export const trueError = (scores: readonly Tower[]): number =>
  cellsOf(TOWERS).reduce((rest, cell, k) => rest - polygonArea(cellWithin(cell, scores, k)) / (SIDE * SIDE), 1);

export const sampleError = (scores: readonly Tower[], { points, classes }: TowerSample): number =>
  classes.reduce((sum, own, i) => sum + (cutoffClass(points[2 * i], points[2 * i + 1], scores) === own ? 0 : 1), 0) /
  classes.length;
