import { LandauError } from "../errors.ts";
import { compareFractions, type Fraction, minus, one, over, plus, signOf, times, zero } from "./fraction.ts";

/** What is known of a packing programme and its dual at the optimum, exactly. */
export interface PackingOptimum {
  /** The largest sum of y, which is the smallest w.b of the dual. */
  readonly value: Fraction;
  /** One optimal w of the dual; a vertex. */
  readonly prices: readonly Fraction[];
  /** The j for which y_j > 0 in some optimum: exactly those with (A^T w)_j = 1 for every optimal w. */
  readonly columns: readonly number[];
  /** The i for which (A y)_i < b_i in some optimum: exactly those with w_i = 0 for every optimal w. */
  readonly rows: readonly number[];
}

/**
 * The packing programme  max sum_j y_j,  A y <= b,  y >= 0  and its dual, the covering programme  min w.b,
 * A^T w >= 1,  w >= 0, in exact fractions; b > 0, so that y = 0 is a start. Simplex with Bland's rule, which can't
 * cycle. The sets of `columns` and `rows` come from strict complementarity (Goldman and Tucker 1956): each variable that
 * is not seen positive is maximised over the face of the optima.
 *
 * `matrix` holds the rows of A. Throws when the sum has no bound: some column of A has no positive entry.
 */
export const packingOptimum = (
  matrix: readonly (readonly Fraction[])[],
  bounds: readonly Fraction[],
): PackingOptimum => {
  const rows = matrix.length;
  const columns = matrix[0].length;
  const slack = (i: number) => columns + i;
  const width = columns + rows;
  /** Rows of [A | I] and b, in terms of the current basis. */
  const tableau = matrix.map((row, i) => [...row, ...bounds.map((_, j) => (i === j ? one : zero))]);
  const values = [...bounds];
  const basis = bounds.map((_, i) => slack(i));

  const reducedCost = (costs: readonly Fraction[], column: number): Fraction =>
    tableau.reduce((rest, row, i) => {
      const cost = costs[basis[i]];
      return signOf(cost) === 0 || signOf(row[column]) === 0 ? rest : minus(rest, times(cost, row[column]));
    }, costs[column]);

  const pivot = (row: number, column: number): void => {
    const scale = tableau[row][column];
    tableau[row] = tableau[row].map(entry => over(entry, scale));
    values[row] = over(values[row], scale);
    for (let i = 0; i < rows; i++) {
      const factor = tableau[i][column];
      if (i === row || signOf(factor) === 0) continue;
      tableau[i] = tableau[i].map((entry, j) =>
        signOf(tableau[row][j]) === 0 ? entry : minus(entry, times(factor, tableau[row][j])),
      );
      values[i] = minus(values[i], times(factor, values[row]));
    }
    basis[row] = column;
  };

  /** Bland: of the rows with the smallest ratio, the one whose basic variable comes first. */
  const leavingRow = (column: number): number => {
    let best = -1;
    for (let i = 0; i < rows; i++) {
      if (signOf(tableau[i][column]) <= 0) continue;
      const order =
        best < 0
          ? -1
          : compareFractions(over(values[i], tableau[i][column]), over(values[best], tableau[best][column]));
      if (order < 0 || (order === 0 && basis[i] < basis[best])) best = i;
    }
    return best;
  };

  const maximise = (costs: readonly Fraction[], allowed: readonly number[]): void => {
    for (;;) {
      const entering = allowed.find(column => !basis.includes(column) && signOf(reducedCost(costs, column)) > 0);
      if (entering === undefined) return;
      const row = leavingRow(entering);
      if (row < 0)
        throw new LandauError("input", `the packing programme has no bound: column ${entering} has no positive entry`);
      pivot(row, entering);
    }
  };

  const all = Array.from({ length: width }, (_, column) => column);
  const costs = all.map(column => (column < columns ? one : zero));
  maximise(costs, all);
  const prices = bounds.map((_, i) => minus(zero, reducedCost(costs, slack(i))));
  const value = prices.reduce((sum, price, i) => plus(sum, times(price, bounds[i])), zero);

  // Pivots within the columns of zero reduced cost stay on the face of the optima.
  const face = all.filter(column => signOf(reducedCost(costs, column)) === 0);
  const positive = new Set<number>();
  const notePositive = (): void => {
    for (let i = 0; i < rows; i++) if (signOf(values[i]) > 0) positive.add(basis[i]);
  };
  notePositive();
  for (const column of face) {
    if (positive.has(column)) continue;
    maximise(
      all.map(other => (other === column ? one : zero)),
      face,
    );
    notePositive();
  }
  const found = face.filter(column => positive.has(column));
  return {
    value,
    prices,
    columns: found.filter(column => column < columns),
    rows: found.filter(column => column >= columns).map(column => column - columns),
  };
};
