import { minimumByGoldenSections } from "../../numerics/minimum.ts";
import { dot, orthonormal, project } from "./orthonormal.ts";
import { whitened } from "./whitened.ts";

/** Coefficients of the noise that are looked at. */
export const PHIS = [-0.6, -0.3, 0, 0.2, 0.4, 0.6, 0.75, 0.85, 0.9, 0.94, 0.97, 0.99, 1] as const;

const CLOSER = 14;
/** What is left at most of a column of length 1 which depends on those before: a constant, at phi = 1. */
const DEPENDENT = 1e-11;
/**
 * Columns of whose squares less than a share is left by those before lose digits, one after the other; where the product of what they lose is beyond `LOST`, sums of products
 * don't do. Beyond the middle coefficient all smooth columns fade together.
 */
const littleAt = (phi: number): number => (phi > MIDDLE ? 0.1 : 0.01);
const LOST = 1e-5;
/**
 * Coefficient by which columns are whitened before they are made orthonormal. Smooth columns at right angles are so nearly dependent once they are whitened by coefficients near
 * 1 that products of theirs would lose all digits; from here neither these nor independent noise are far.
 */
const MIDDLE = 0.9;

/** Sums of squared innovations at the best coefficient and for a random walk, whose coefficient is 1. */
export interface PhiProfile {
  readonly phi: number;
  readonly squares: number;
  readonly walk: number;
}

/**
 * Columns whitened and made orthonormal, the values beside them, and sums of products, row-major over the columns and, last, the values: with them a coefficient costs no
 * pass over the values, as an innovation x_t - phi x_(t-1) is w_t + (MIDDLE - phi) x_(t-1), where w is what is whitened.
 */
export interface Lags {
  readonly basis: readonly Float64Array[];
  readonly rest: Float64Array;
  /** All of these as they are before they are whitened. */
  readonly plain: readonly Float64Array[];
  /** Products of two whitened ones, of a whitened one with the value before of another, and of two values before. */
  readonly white: Float64Array;
  readonly mixed: Float64Array;
  readonly before: Float64Array;
}

/** x_0 and w_1, w_2, ... */
const whiten = (values: Float64Array): Float64Array =>
  values.map((value, t) => (t > 0 ? value - MIDDLE * values[t - 1] : value));

const unwhiten = (white: Float64Array): Float64Array => {
  let value = 0;
  return white.map(each => {
    value = each + MIDDLE * value;
    return value;
  });
};

/** Lags of values and columns, all in units of the noise's deviations; those of more columns begin at what is known of the first. */
export const lagsOf = (values: Float64Array, columns: readonly Float64Array[], known?: Lags): Lags => {
  const basis = orthonormal(columns.map(whiten), known?.basis);
  const kept = known?.basis.length ?? 0;
  const rest = known?.rest.slice() ?? whiten(values);
  project(rest, basis.slice(kept));
  const all = [...basis, rest];
  const plain = [...(known?.plain.slice(0, kept) ?? []), ...all.slice(kept).map(unwhiten)];
  const size = all.length;
  const n = values.length;
  const [white, mixed, before] = [0, 1, 2].map(() => new Float64Array(size * size));
  for (let a = 0; a < size; a++)
    for (let b = 0; b <= a; b++) {
      const [at, across] = [a * size + b, b * size + a];
      if (known && a < kept && b < kept) {
        const [from, over] = [a * (kept + 1) + b, b * (kept + 1) + a];
        white[at] = white[across] = known.white[from];
        before[at] = before[across] = known.before[from];
        [mixed[at], mixed[across]] = [known.mixed[from], known.mixed[over]];
        continue;
      }
      const [w, v, x, y] = [all[a], all[b], plain[a], plain[b]];
      let [both, ahead, behind, past] = [0, 0, 0, 0];
      for (let t = 1; t < n; t++) {
        both += w[t] * v[t];
        ahead += w[t] * y[t - 1];
        behind += x[t - 1] * v[t];
        past += x[t - 1] * y[t - 1];
      }
      white[at] = white[across] = both;
      before[at] = before[across] = past;
      [mixed[at], mixed[across]] = [ahead, behind];
    }
  return { basis, rest, plain, white, mixed, before };
};

/**
 * The coefficient at which the sum of squared innovations is least, for a mean that is spanned by the columns of some lags. Between 1 - 1 / n and 1 noise is a random walk over
 * all of a curve of n values: that is not looked at.
 */
export const profileOf = ({ basis, rest, plain, white, mixed, before }: Lags): PhiProfile => {
  const size = basis.length + 1;
  const matrix = new Float64Array(size * size);
  const squaresAt = (phi: number): number => {
    const by = MIDDLE - phi;
    for (let a = 0; a < size; a++)
      for (let b = 0; b < size; b++) {
        const at = a * size + b;
        matrix[at] = white[at] + by * (mixed[at] + mixed[b * size + a]) + by * by * before[at];
      }
    return lastPivot(matrix, size, littleAt(phi)) ?? squaresOf(plain, phi);
  };
  const most = 1 - 1 / rest.length;
  const tried = [...PHIS.filter(phi => phi < most), most];
  const grid = tried.map(squaresAt);
  const best = grid.indexOf(Math.min(...grid));
  const [low, high] = [tried[Math.max(0, best - 1)], tried[Math.min(tried.length - 1, best + 1)]];
  const closer = minimumByGoldenSections(squaresAt, low, high, CLOSER);
  const squares = squaresAt(closer);
  const walk = squaresAt(1);
  return squares < grid[best] ? { phi: closer, squares, walk } : { phi: tried[best], squares: grid[best], walk };
};

/** The best coefficient for values and columns that are used once. */
export const bestPhi = (values: Float64Array, columns: readonly Float64Array[]): PhiProfile =>
  profileOf(lagsOf(values, columns));

/** What is left of the last diagonal entry when the others are eliminated; null where that loses too many digits. Overwrites the matrix. */
const lastPivot = (matrix: Float64Array, size: number, little: number): number | null => {
  const whole = Float64Array.from({ length: size }, (_, k) => matrix[k * size + k]);
  let kept = 1;
  for (let k = 0; k < size - 1; k++) {
    const pivot = matrix[k * size + k];
    if (!(pivot > DEPENDENT)) continue;
    kept *= Math.min(1, pivot / whole[k] / little);
    if (kept < LOST) return null;
    for (let a = k + 1; a < size; a++) {
      const share = matrix[a * size + k] / pivot;
      for (let b = k + 1; b < size; b++) matrix[a * size + b] -= share * matrix[k * size + b];
    }
  }
  const left = matrix[size * size - 1];
  return left < LOST * whole[size - 1] ? null : left;
};

/** The same from the columns and the values, which are the last, themselves. */
const squaresOf = (plain: readonly Float64Array[], phi: number): number => {
  const noise = { phi, deviations: new Float64Array(plain[0].length).fill(1) };
  const all = plain.map(column => whitened(column, noise));
  const rest = all[all.length - 1];
  project(rest, orthonormal(all.slice(0, -1)));
  return dot(rest, rest);
};
