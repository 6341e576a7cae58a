import { minimumByGoldenSections } from "../../numerics/minimum.ts";
import { type Axis, gridOf, type Law, type Term } from "./laws.ts";
import { columnsOf, type MeanChange } from "./mean-change.ts";
import { dot, orthonormal, project } from "./orthonormal.ts";
import type { Season } from "./season.ts";
import { type Noise, whitened } from "./whitened.ts";

/** A law with changes at known places, fitted to a curve for a known noise. */
export interface LawFit {
  readonly law: Law;
  readonly shapes: readonly number[];
  readonly noise: Noise;
  /** Sum of squared innovations. */
  readonly squares: number;
}

/** What is fitted. */
export interface Curve extends Axis {
  readonly values: Float64Array;
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

/** Columns of a law's terms and of what small changes of the shapes add to them. */
export const termColumns = (curve: Axis, { law, shapes }: LawFit): Float64Array[] => {
  const columns = law.terms.map((term, i) => term.column(curve, shapes[i]));
  return [
    ...columns,
    ...law.terms.flatMap((term, i) => (term.shaped ? [term.tangent(curve, shapes[i], columns[i])] : [])),
  ];
};

/** All of them. */
export const tangentColumns = (curve: Curve, fit: LawFit, changes: readonly MeanChange[]) => [
  ...groundColumns(curve, changes),
  ...termColumns(curve, fit),
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
  readonly noise: Noise;
  readonly squares: number;
  readonly candidate: (term: Term, shape: number) => Candidate;
  /** Candidates at the shapes that are looked at first. */
  readonly grid: (term: Term) => readonly Candidate[];
}

/** What a column adds to those of the ground, its square and its product with what is left of the values. */
interface Candidate {
  readonly shape: number;
  readonly column: Float64Array;
  readonly square: number;
  readonly along: number;
}

export const groundOf = (curve: Curve, changes: readonly MeanChange[], noise: Noise): Ground => {
  const { residuals, basis } = residualsOf(curve.values, groundColumns(curve, changes), noise);
  const added = (shape: number, column: Float64Array): Candidate => {
    const left = whitened(column, noise);
    project(left, basis);
    return { shape, column: left, square: dot(left, left), along: dot(left, residuals) };
  };
  const grids = new Map<Term, readonly Candidate[]>();
  return {
    noise,
    squares: dot(residuals, residuals),
    candidate: (term, shape) => added(shape, term.column(curve, shape)),
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
export const fitLaw = (law: Law, { noise, squares: whole, candidate, grid }: Ground): LawFit => {
  // Of two shapes together every other is enough to begin with.
  const stride = law.terms.filter(({ shaped }) => shaped).length;
  const grids = law.terms.map(term => grid(term).filter((_, i) => !term.shaped || i % stride === 0));
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
    if (!term.shaped) continue;
    const spacing = grids[i].length > 1 ? grids[i][1].shape - grids[i][0].shape : 1;
    const { shape } = chosen[i];
    const others = chosen;
    let best = chosen[i];
    minimumByGoldenSections(
      tried => {
        const each = candidate(term, tried);
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
