import type { Objective } from "../../contracts/objective.ts";
import { invalid } from "../../errors.ts";
import { type Fraction, fraction } from "../../numerics/fraction.ts";
import { symmetricEigen } from "../../numerics/linear-algebra.ts";
import { norm } from "../../numerics/norm.ts";
import { stream } from "../../numerics/stream.ts";
import { flatDirection, lossAlong, type SplitSpectrum } from "./flat-directions.ts";
import { hessianAt } from "./hessian.ts";

export interface RankFloorSettings {
  /** Least ratio of the smallest singular value that counts to the largest that does not. 1e3 when absent. */
  readonly gap?: number;
  /** Singular values up to this share of the largest are zero; those at the level of rounding always are. */
  readonly zeroBelow?: number;
  /** How far the flat directions are walked, as a share of 1 + the root mean square of w. 0.1 when absent. */
  readonly radius?: number;
  /** Random flat directions that are walked, both ways. 8 when absent. */
  readonly probes?: number;
  readonly seed?: number;
}

/** The singular values of the Hessian, descending, and the gap that its rank rests on. */
interface Spectrum {
  readonly singularValues: Float64Array;
  readonly rank: number;
  readonly gap: {
    /** The last singular value that counts; null at rank 0. */
    readonly above: number | null;
    /** The next one, or the level of noise where that is larger. */
    readonly below: number;
    /** above / below. */
    readonly ratio: number | null;
  };
}

export type RankFloor =
  /** The floor is the value: the zero set is a manifold whose codimension is the rank. */
  | ({
      readonly status: "value";
      readonly lambda: Fraction;
      readonly multiplicity: 1;
      readonly rise: number;
    } & Spectrum)
  /** lambda is larger than the floor: K rises along the flat directions, by up to `rise`. */
  | ({ readonly status: "floor"; readonly lambdaAbove: Fraction; readonly rise: number } & Spectrum)
  | ({ readonly status: "undecided"; readonly reason: string } & Partial<Spectrum>);

/**
 * The floor r/2 of the local learning coefficient at a minimum w, r the rank of the Hessian there, and whether it is the
 * value. By the splitting lemma K is, in suitable coordinates, |u|^2 + k(v) with u in r and v in the other directions, so
 *
 *     lambda = r/2 + lambda(k) >= r/2,
 *
 * with equality exactly when k = 0 near w, that is, when the zero set of K is a manifold of codimension r (Morse-Bott).
 * The rank is read from a gap in the singular values; k is read at random points v of a small sphere among the flat
 * directions. At the default radius a k that starts with a power of up to about 12 is seen.  [Morse 1932; Bott 1954]
 *
 * Returns "undecided" with a reason, never a guess: when w is no minimum, when no gap is clear, when a walk fails.
 */
export const rankFloor = (objective: Objective, w: Float64Array, settings: RankFloorSettings = {}): RankFloor => {
  check(settings);
  const { gap: leastRatio = 1e3, zeroBelow = 0, radius = 0.1, probes = 8, seed = 0 } = settings;
  const { size } = objective;
  const { matrix, noise } = hessianAt(objective, w);
  if (matrix.some(entry => !Number.isFinite(entry)))
    return { status: "undecided", reason: "the Hessian at w is not finite: needs a point where the loss is smooth" };

  const { values, vectors } = byMagnitude(matrix, size);
  const singularValues = values.map(Math.abs);
  const largest = singularValues[0];
  const zero = Math.max(size * noise, zeroBelow * largest, Number.MIN_VALUE);
  const rank = singularValues.filter(value => value > zero).length;
  const below = Math.max(singularValues[rank] ?? 0, zero);
  const above = rank === 0 ? null : singularValues[rank - 1];
  const spectrum: Spectrum = { singularValues, rank, gap: { above, below, ratio: above && above / below } };
  const undecided = (reason: string): RankFloor => ({ status: "undecided", reason, ...spectrum });

  if (above !== null && above < leastRatio * below)
    return undecided(
      `no clear gap: singular value ${rank} is ${above}, the next ${below}: needs a ratio of ${leastRatio}`,
    );
  const negative = values.subarray(0, rank).find(value => value < 0);
  if (negative !== undefined) return undecided(`w is no minimum: it has the curvature ${negative}`);
  const gradient = new Float64Array(size);
  const start = objective.lossAndGradient(w, gradient);
  const slope = norm(gradient);
  const slopeAllowed = RELATIVE_GRADIENT * largest * (1 + norm(w));
  if (!(slope <= slopeAllowed))
    return undecided(`w is no minimum: its gradient has length ${slope}, above ${slopeAllowed}`);

  const split: SplitSpectrum = { size, rank, values, vectors };
  const distance = radius * (1 + norm(w) / Math.sqrt(size));
  // What rounding leaves of a difference of losses, and a share of K at this distance in a curved direction.
  const flat = 16 * Number.EPSILON * Math.abs(start) + 1e-13 * largest * distance * distance;
  const random = stream({ seed, purpose: "rank-floor" });
  let rise = 0;
  for (let probe = 0; rank < size && probe < probes; probe++) {
    const direction = flatDirection(split, random.at(probe));
    for (const signed of [distance, -distance]) {
      const loss = lossAlong(objective, w, split, direction, signed);
      if (loss === null)
        return undecided(`a walk of ${distance} along the flat directions does not settle: needs a smaller radius`);
      if (loss - start < -flat)
        return undecided(`w is no minimum: the loss falls by ${start - loss} within a distance of ${distance}`);
      rise = Math.max(rise, loss - start);
    }
  }
  const lambda = fraction(rank, 2);
  return rise <= flat
    ? { status: "value", lambda, multiplicity: 1, rise, ...spectrum }
    : { status: "floor", lambdaAbove: lambda, rise, ...spectrum };
};

/** Length of a gradient that still counts as zero, relative to the largest curvature and 1 + |w|. */
const RELATIVE_GRADIENT = 1e-7;

/** Eigenvalues by descending magnitude, with their vectors. */
const byMagnitude = (matrix: Float64Array, n: number): Pick<SplitSpectrum, "values" | "vectors"> => {
  const eigen = symmetricEigen(matrix, n);
  const order = Array.from(eigen.values.keys()).sort((i, j) => Math.abs(eigen.values[j]) - Math.abs(eigen.values[i]));
  const vectors = new Float64Array(n * n);
  order.forEach((from, row) => {
    vectors.set(eigen.vectors.subarray(from * n, (from + 1) * n), row * n);
  });
  return { values: Float64Array.from(order, i => eigen.values[i]), vectors };
};

const check = ({ gap, zeroBelow, radius, probes }: RankFloorSettings): void => {
  if (gap !== undefined && !(gap > 1)) throw invalid("gap", gap, "a number above 1");
  if (zeroBelow !== undefined && !(zeroBelow >= 0 && zeroBelow < 1))
    throw invalid("zeroBelow", zeroBelow, "a number in [0, 1)");
  if (radius !== undefined && !(radius > 0 && radius <= Number.MAX_VALUE))
    throw invalid("radius", radius, "a number above 0");
  if (probes !== undefined && !(Number.isInteger(probes) && probes >= 1))
    throw invalid("probes", probes, "an integer of at least 1");
};
