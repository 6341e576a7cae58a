import { leastSquares } from "../../numerics/least-squares.ts";
import { minimumByGoldenSections } from "../../numerics/minimum.ts";
import { type Axis, gridOf, type Law, type Shape, type Term } from "./laws.ts";
import { columnsOf, type MeanChange } from "./mean-change.ts";
import { dot, orthonormal, project } from "./orthonormal.ts";
import type { Season } from "./season.ts";
import { type Noise, whitened } from "./whitened.ts";

/** A law with changes at known places, fitted to a curve for a known noise. */
export interface LawFit {
  readonly law: Law;
  readonly shapes: readonly Shape[];
  readonly noise: Noise;
  /** Sum of squared innovations. */
  readonly squares: number;
}

/** What is fitted. */
export interface Curve extends Axis {
  readonly values: Float64Array;
  /** Sum of squares that comes from how the values were rounded: less is no noise. */
  readonly rounding?: number;
  readonly season?: Season | null;
  /** Ways in which the mean may change, all by default. */
  readonly kinds?: readonly MeanChange["kind"][];
}

/**
 * Columns of the mean that all laws have: constant and sudden changes of level, as one column for each stretch between them so that most products of two are 0; season;
 * other changes. The first column is that of the first stretch.
 */
export const groundColumns = ({ values, season }: Curve, changes: readonly MeanChange[]): Float64Array[] => {
  const n = values.length;
  const edges = [0, ...changes.flatMap(({ at, kind }) => (kind === "level" ? [at] : [])).sort((a, b) => a - b), n];
  return [
    ...edges.slice(1).map((end, i) => new Float64Array(n).fill(1, edges[i], end)),
    ...(season?.columns ?? []),
    ...changes.flatMap(change => (change.kind === "level" ? [] : columnsOf(change, n))),
  ];
};

/** Columns of a law's terms and of what small changes of the shapes add to them: of those that stand beside them in fits, or of all. */
export const termColumns = (curve: Axis, { law, shapes }: LawFit, isWhole = false): Float64Array[] => {
  const columns = law.terms.map((term, i) => term.column(curve, shapes[i]));
  const beside = law.terms.flatMap((term, i) =>
    term.shaped === 1 || isWhole ? term.tangents(curve, shapes[i], columns[i]) : [],
  );
  return [...columns, ...beside];
};

/** All of them. */
export const tangentColumns = (curve: Curve, fit: LawFit, changes: readonly MeanChange[], isWhole = false) => [
  ...groundColumns(curve, changes),
  ...termColumns(curve, fit, isWhole),
];

/** What is left of whitened values, and the basis of the whitened columns. */
export interface Rest {
  readonly residuals: Float64Array;
  readonly basis: readonly Float64Array[];
}

export const residualsOf = (values: Float64Array, columns: readonly Float64Array[], noise: Noise): Rest => {
  const basis = orthonormal(columns.map(column => whitened(column, noise)));
  const residuals = whitened(values, noise);
  project(residuals, basis);
  return { residuals, basis };
};

/** The same with more columns. */
export const withColumns = ({ residuals, basis }: Rest, columns: readonly Float64Array[], noise: Noise): Rest => {
  const more = orthonormal(
    columns.map(column => whitened(column, noise)),
    basis,
  );
  const left = residuals.slice();
  project(left, more.slice(basis.length));
  return { residuals: left, basis: more };
};

/** Constant and changes fitted for one noise, and the columns that laws add to them. */
export interface Ground {
  readonly axis: Axis;
  readonly noise: Noise;
  readonly squares: number;
  readonly residuals: Float64Array;
  readonly added: (shape: Shape, column: Float64Array) => Candidate;
  /** Candidates at the shapes that are looked at first. */
  readonly grid: (term: Term) => readonly Candidate[];
}

/** What a column adds to those of the ground, its square and its product with what is left of the values. */
interface Candidate {
  readonly shape: Shape;
  readonly column: Float64Array;
  readonly square: number;
  readonly along: number;
}

export const groundOf = (curve: Curve, changes: readonly MeanChange[], noise: Noise): Ground => {
  const { residuals, basis } = residualsOf(curve.values, groundColumns(curve, changes), noise);
  const added = (shape: Shape, column: Float64Array): Candidate => {
    const left = whitened(column, noise);
    project(left, basis);
    return { shape, column: left, square: dot(left, left), along: dot(left, residuals) };
  };
  const grids = new Map<Term, readonly Candidate[]>();
  return {
    axis: curve,
    noise,
    squares: dot(residuals, residuals),
    residuals,
    added,
    grid: term => {
      const grid = grids.get(term) ?? gridOf(curve, term).map(({ shape, column }) => added(shape, column));
      grids.set(term, grid);
      return grid;
    },
  };
};

/** Few sections, as tangents do the rest. */
const CLOSER = 9;

/** The best shapes of a law beside a ground: all that are looked at first, then, one after the other, closer. */
export const fitLaw = (law: Law, ground: Ground): LawFit => {
  const { axis, noise, squares: whole, added, grid } = ground;
  // Of two shapes together every other is enough to begin with.
  const stride = law.terms.filter(({ shaped }) => shaped > 0).length;
  const grids = law.terms.map(term => grid(term).filter((_, i) => term.shaped !== 1 || i % stride === 0));
  let [chosen, squares]: [Candidate[], number] = [[], Infinity];
  const look = (candidates: Candidate[]): void => {
    const i = candidates.length;
    if (i < grids.length) {
      for (const each of grids[i]) look([...candidates, each]);
      return;
    }
    const here = whole - explained(candidates);
    if (here < squares) [chosen, squares] = [candidates, here];
  };
  look([]);
  for (const [i, term] of law.terms.entries()) {
    if (term.shaped === 0) continue;
    if (term.shaped === 2) {
      const best = member(term, ground, chosen[i]);
      return { law, shapes: [best.shape], noise, squares: whole - explained([best]) };
    }
    const [entries] = term.entries(axis);
    const spacing = (entries.length > 1 ? entries[1] - entries[0] : 1) * stride;
    const [shape] = chosen[i].shape;
    const others = chosen;
    let best = chosen[i];
    minimumByGoldenSections(
      tried => {
        const each = added([tried], term.column(axis, [tried]));
        const here = whole - explained(others.with(i, each));
        if (here < squares) [best, squares] = [each, here];
        return here;
      },
      shape - spacing,
      shape + spacing,
      CLOSER,
    );
    chosen = chosen.with(i, best);
  }
  return { law, shapes: chosen.map(({ shape }) => shape), noise, squares };
};

const ROUNDS = 20;
const HALVINGS = 6;
/** What squares fall by at least, as a share, for another round. */
const WORTH = 1e-4;

/** The best member of a family of one term near a shape, by Gauss and Newton's method; shapes stay between those that are looked at first. */
const member = (term: Term, { axis, residuals, squares: whole, added }: Ground, start: Candidate): Candidate => {
  const ranges = term.entries(axis);
  let best = start;
  for (let round = 0; round < ROUNDS; round++) {
    const { shape } = best;
    const columns = [best, ...term.tangents(axis, shape, term.column(axis, shape)).map(column => added(shape, column))];
    const [rows, count] = [residuals.length, columns.length];
    const matrix = Float64Array.from(
      { length: rows * count },
      (_, i) => columns[i % count].column[Math.floor(i / count)],
    );
    const solution = leastSquares(matrix, residuals.slice(), rows, count)?.solution;
    if (!solution) return best;
    const before = best;
    for (let [halving, share] = [0, 1]; halving < HALVINGS && best === before; halving++, share /= 2) {
      const tried = shape.map((entry, k) => {
        const spacing = ranges[k][1] - ranges[k][0];
        const move = Math.max(-spacing, Math.min(spacing, (share * solution[k + 1]) / solution[0]));
        return Math.max(ranges[k][0], Math.min(ranges[k][ranges[k].length - 1], entry + move));
      });
      const each = added(tried, term.column(axis, tried));
      if (explained([each]) > explained([best])) best = each;
    }
    const left = whole - explained([before]);
    if (!(left - (whole - explained([best])) > WORTH * left)) return best;
  }
  return best;
};

/** Share of a column's square that is left of one which depends on the other. */
const DEPENDENT = 1e-10;

/** What at most two columns explain of the square of some values. */
const explained = ([first, second]: readonly Candidate[]): number => {
  if (!first) return 0;
  const { square: a, along: p } = first;
  const alone = a > 0 ? (p * p) / a : 0;
  if (!second || !(a > 0)) return second ? explained([second]) : alone;
  const { square: d, along: q } = second;
  const b = dot(first.column, second.column);
  const left = d - (b * b) / a;
  if (!(left > DEPENDENT * d)) return alone;
  const rest = q - (b * p) / a;
  return alone + (rest * rest) / left;
};
