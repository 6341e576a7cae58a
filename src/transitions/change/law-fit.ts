import { minimumByThirds } from "../../numerics/minimum.ts";
import type { Axis, Law } from "./laws.ts";
import { columnsOf, type MeanChange } from "./mean-change.ts";
import { dot, orthonormal, project } from "./orthonormal.ts";
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
}

/** Columns of the mean at some shapes: constant, terms, changes. */
export const meanColumns = (curve: Axis, law: Law, shapes: readonly number[], changes: readonly MeanChange[]) => {
  const n = curve.steps.length;
  return [
    new Float64Array(n).fill(1),
    ...law.terms.map((term, i) => term.column(curve, shapes[i])),
    ...changes.flatMap(change => columnsOf(change, n)),
  ];
};

/** What is left of whitened values, and the basis of the whitened columns. */
export const residualsOf = (values: Float64Array, columns: readonly Float64Array[], noise: Noise) => {
  const basis = orthonormal(columns.map(column => whitened(column, noise)));
  const residuals = whitened(values, noise);
  project(residuals, basis);
  return { residuals, basis };
};

/** Few thirds, as tangents do the rest. */
const CLOSER = 11;

/** The best shapes of a law for a noise: all that are looked at first, then, one after the other, closer. */
export const fitLaw = (curve: Curve, law: Law, changes: readonly MeanChange[], noise: Noise): LawFit => {
  const fixed = orthonormal(
    [
      new Float64Array(curve.values.length).fill(1),
      ...changes.flatMap(each => columnsOf(each, curve.values.length)),
    ].map(column => whitened(column, noise)),
  );
  const values = whitened(curve.values, noise);
  project(values, fixed);
  const columnAt = (i: number, shape: number): Float64Array => {
    const column = whitened(law.terms[i].column(curve, shape), noise);
    project(column, fixed);
    return column;
  };
  const whole = dot(values, values);
  const squaresOf = (columns: readonly Float64Array[]): number => whole - explained(values, columns);
  // Of two shapes together every other is enough to begin with.
  const stride = law.terms.filter(({ shaped }) => shaped).length;
  const grids = law.terms.map(term => term.shapes(curve).filter((_, i) => i % stride === 0));
  const tables = grids.map((grid, i) => grid.map(shape => columnAt(i, shape)));
  let [shapes, squares]: [number[], number] = [[], Infinity];
  const look = (chosen: number[], columns: Float64Array[]): void => {
    const i = chosen.length;
    if (i < grids.length) {
      for (const [j, shape] of grids[i].entries()) look([...chosen, shape], [...columns, tables[i][j]]);
      return;
    }
    const here = squaresOf(columns);
    if (here < squares) [shapes, squares] = [chosen, here];
  };
  look([], []);
  for (const [i, term] of law.terms.entries()) {
    if (!term.shaped) continue;
    const spacing = grids[i].length > 1 ? grids[i][1] - grids[i][0] : 1;
    const others = law.terms.map((_, j) => columnAt(j, shapes[j]));
    const squaresAt = (shape: number): number => squaresOf(others.with(i, columnAt(i, shape)));
    const closer = minimumByThirds(squaresAt, shapes[i] - spacing, shapes[i] + spacing, CLOSER);
    const there = squaresAt(closer);
    if (there < squares) [shapes, squares] = [shapes.with(i, closer), there];
  }
  return { law, shapes, noise, squares };
};

/** Share of a column's square that is left of one which depends on the other. */
const DEPENDENT = 1e-10;

/** What at most two columns explain of the square of some values. */
const explained = (values: Float64Array, columns: readonly Float64Array[]): number => {
  if (columns.length === 0) return 0;
  const [first, second] = columns;
  const [a, p] = [dot(first, first), dot(first, values)];
  const alone = a > 0 ? (p * p) / a : 0;
  if (!second || !(a > 0)) return second ? explained(values, [second]) : alone;
  const [b, d, q] = [dot(first, second), dot(second, second), dot(second, values)];
  const left = d - (b * b) / a;
  if (!(left > DEPENDENT * d)) return alone;
  const rest = q - (b * p) / a;
  return alone + (rest * rest) / left;
};

const DIFFERENCE = 1e-3;

/** Columns of the mean and of what small changes of the shapes add to it. */
export const tangentColumns = (curve: Axis, { law, shapes }: LawFit, changes: readonly MeanChange[]) => [
  ...meanColumns(curve, law, shapes, changes),
  ...law.terms.flatMap((term, i) => {
    if (!term.shaped) return [];
    const [ahead, behind] = [DIFFERENCE, -DIFFERENCE].map(by => term.column(curve, shapes[i] + by));
    return [ahead.map((value, t) => (value - behind[t]) / (2 * DIFFERENCE))];
  }),
];
