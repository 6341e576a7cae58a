import { convexHull } from "../../numerics/convex-hull.ts";
import { type Dimensions, fromFlat } from "./model/layout.ts";
import { populationObjective } from "./model/population.ts";
import { nearestLevel } from "./theory/levels.ts";

/** A state is on a level when its population loss is within this of it; otherwise it is in transit. */
export const LEVEL_TOLERANCE = 3e-4;

/** A feature is live when its column is longer than 1/2 and its own output answers: |W_i|^2 + b_i > 0.1. */
const LIVE_SQUARED_LENGTH = 0.25;
const LIVE_RESPONSE = 0.1;

/** Order parameters: the shape that the columns of W make in the plane, and what the features outside it do. */
export interface Shape {
  /** Vertices of the convex hull of the columns; null unless r = 2. */
  readonly k: number | null;
  /** Features that are reconstructed. */
  readonly live: number;
  /** Features that are not live and have a positive bias. */
  readonly sigma: number;
  /** Hull vertices that are not live and have no positive bias; null unless r = 2. */
  readonly phi: number | null;
}

export interface ShapeTolerances {
  /** Columns up to this length are left out of the hull: 0 for posterior samples, 0.1 for training checkpoints. */
  readonly length: number;
  /** Biases above this are positive. */
  readonly bias: number;
}

const TRAINING: ShapeTolerances = { length: 0.1, bias: 0.02 };

/**
 * The order parameters of a state by its flat parameters. Unchanged by rotations and reflections of the hidden space and
 * by permutations of the features.
 */
export const shapeOf = (w: Float64Array, { c, r }: Dimensions, tolerances = TRAINING): Shape => {
  let [live, sigma] = [0, 0];
  // Of the columns that may be corners of the hull: where they are, and whether the feature is neither live nor positive.
  const columns: (readonly [number, number])[] = [];
  const isMute: boolean[] = [];
  for (let i = 0; i < c; i++) {
    const bias = w[r * c + i];
    let squaredLength = 0;
    for (let at = i; at < r * c; at += c) squaredLength += w[at] * w[at];
    const isLive = squaredLength > LIVE_SQUARED_LENGTH && squaredLength + bias > LIVE_RESPONSE;
    const isPositive = bias > tolerances.bias;
    if (isLive) live++;
    else if (isPositive) sigma++;
    if (r !== 2 || !(Math.sqrt(squaredLength) > tolerances.length)) continue;
    columns.push([w[i], w[c + i]]);
    isMute.push(!isLive && !isPositive);
  }
  if (r !== 2) return { k: null, live, sigma, phi: null };
  const hull = convexHull(columns);
  return { k: hull.length, live, sigma, phi: hull.filter(corner => isMute[corner]).length };
};

/** A state of training: where it is, its order parameters, and the energy level it sits on. */
export interface Phase extends Shape {
  readonly W: readonly (readonly number[])[];
  readonly b: readonly number[];
  /** Population loss. */
  readonly loss: number;
  /** The energy level within `LEVEL_TOLERANCE`, e.g. "4+"; null in transit, and for r other than 2. */
  readonly label: string | null;
  /** Loss minus that of the nearest energy level; null for r other than 2. */
  readonly levelGap: number | null;
}

/** Classifies flat parameters. */
export const classifyState = (w: Float64Array, { c, r }: Dimensions): Phase => {
  const { W, b } = fromFlat(w, { c, r });
  const loss = populationObjective({ c, r }).loss(w);
  return { W, b, loss, ...levelAt(loss, { c, r }), ...shapeOf(w, { c, r }) };
};

/** The label of the energy level within `LEVEL_TOLERANCE` of a loss, and the signed distance from the nearest one; null for r other than 2. */
export const levelAt = (loss: number, { c, r }: Dimensions): Pick<Phase, "label" | "levelGap"> => {
  if (r !== 2) return { label: null, levelGap: null };
  const { level } = nearestLevel(c, loss);
  const levelGap = loss - level.loss;
  return { label: Math.abs(levelGap) < LEVEL_TOLERANCE ? level.label : null, levelGap };
};

/** What a record says of a state, without its parameters. */
export const describeState = ({ loss, label, k, live, sigma, phi }: Phase) => ({ loss, label, k, live, sigma, phi });
export type Described = ReturnType<typeof describeState>;
