import { exp, log } from "../../numerics/elementary.ts";
import { leastSquares } from "../../numerics/least-squares.ts";

/** A stretch of a curve before its end, with relative errors; `next` is the first control at which nothing is left. */
export interface Stretch {
  /** Distances are measured from the last control, in units of the stretch, towards the end. */
  readonly controls: readonly number[];
  readonly values: readonly number[];
  readonly errors: readonly number[];
  /** Between which distances from the last control the end is looked for. */
  readonly nearest: number;
  readonly furthest: number;
}

/** How a curve ends, fitted to a stretch. */
export interface EdgeFit {
  /** Distance of the end from the last control of the stretch, and its standard error. */
  readonly end: number;
  readonly endError: number;
  readonly exponent: number;
  readonly exponentError: number;
  /** Value from which it falls at the end. */
  readonly jump: number;
  /** Whether the exponent or the jump is the smallest that was allowed. */
  readonly held: boolean;
  readonly chi2: number;
  readonly points: number;
  readonly parameters: number;
}

/** Rounding of a table, as a share of a value. */
const ROUNDING = 1e-7;

interface Form {
  readonly columns: number;
  /** Writes the row of a point at distance t from the end. */
  readonly row: (t: number, value: number, out: Float64Array) => void;
  /** What the columns add up to. */
  readonly target: (value: number) => number;
  /** The first coefficient where it is held. */
  readonly first?: number;
  /** How large the last coefficient is likely to be, where that is known. */
  readonly lastPrior?: number;
}

/** ln m = exponent ln t + polynomial of t^power. */
const vanishing = (degree: number, power: number): Form => ({
  columns: degree + 2,
  row: (t, _, out) => {
    out[0] = log(t);
    const base = power === 1 ? t : exp(power * log(t));
    for (let n = 0, term = 1; n <= degree; n++, term *= base) out[1 + n] = term;
  },
  target: value => log(value),
});

/** m = jump + polynomial of t^power, relative to m. */
const falling = (degree: number, power: 0.5 | 1): Form => ({
  columns: degree + 1,
  row: (t, value, out) => {
    const base = power === 1 ? t : Math.sqrt(t);
    for (let n = 0, term = 1; n <= degree; n++, term *= base) out[n] = term / value;
  },
  target: () => 1,
});

/** Ends at which a fit is begun, as shares of the way from the nearest to the furthest. */
const ENDS = [
  1e-4, 3e-4, 1e-3, 3e-3, 0.01, 0.02, 0.04, 0.07, 0.1, 0.15, 0.2, 0.27, 0.35, 0.43, 0.52, 0.62, 0.73, 0.85, 0.98,
];
const GOLDEN = 0.3819660112501051;

/** Smallest exponent that is looked for: below 1/12 a power of the distance is hardly told from a jump. */
const LEAST_EXPONENT = 0.06;

/** An order parameter that vanishes as t^exponent times a function of t^power, t = end - control; null where it has no such end. */
export const fitVanishing = (stretch: Stretch, degree: number, power = 1): EdgeFit | null => {
  const found = fitAtLeast(stretch, vanishing(degree, power), LEAST_EXPONENT);
  return found && { ...found, exponent: found.first, exponentError: found.firstError, jump: 0 };
};

/** Smallest exponent that is known of any transition in the plane, that of the Potts model with four states. */
const KNOWN_EXPONENT = 1 / 12;
/** What the part linear in t is likely to change in ln m along the stretch. */
const LINEAR = 0.1;

/** The same with a known exponent and a small linear correction, for few points with errors. */
export const fitKnownVanishing = (stretch: Stretch): EdgeFit | null => {
  const found = fitAtLeast(stretch, { ...vanishing(1, 1), lastPrior: LINEAR }, KNOWN_EXPONENT);
  return found && { ...found, exponent: found.first, exponentError: found.firstError, jump: 0 };
};

/**
 * An order parameter that falls from a height of at least `least`: from a fold, where it goes as a square root (power 1/2), or from a smooth branch
 * (power 1).
 */
export const fitFalling = (stretch: Stretch, degree: number, power: 0.5 | 1, least: number): EdgeFit | null => {
  const found = fitAtLeast(stretch, falling(degree, power), least);
  return found && { ...found, exponent: power, exponentError: 0, jump: found.first };
};

/** The best fit whose first coefficient is at least so much. */
const fitAtLeast = (stretch: Stretch, form: Form, least: number) => {
  const free = fitEnd(stretch, form);
  if (free && free.solution[0] >= least)
    return { ...free, first: free.solution[0], firstError: free.errors[0], held: false };
  const held = fitEnd(stretch, { ...form, first: least });
  return held && { ...held, first: least, firstError: 0, held: true };
};

const fitEnd = (stretch: Stretch, form: Form) => {
  const n = stretch.controls.length;
  if (n < freeColumns(form) + 1) return null;
  const chi2At = (end: number): number => solve(stretch, form, end)?.squares ?? Infinity;
  const ends = ENDS.map(share => stretch.nearest + share * (stretch.furthest - stretch.nearest));
  const levels = ends.map(chi2At);
  const best = levels.indexOf(Math.min(...levels));
  if (!Number.isFinite(levels[best])) return null;
  let [low, high] = [ends[Math.max(0, best - 1)], ends[Math.min(ends.length - 1, best + 1)]];
  for (let i = 0; i < 40; i++) {
    const [a, b] = [low + GOLDEN * (high - low), high - GOLDEN * (high - low)];
    if (chi2At(a) < chi2At(b)) high = b;
    else low = a;
  }
  const end = (low + high) / 2;
  const solved = solve(stretch, form, end);
  return solved && { end, ...withErrors(stretch, form, end, solved.solution, solved.squares) };
};

const freeColumns = ({ columns, first }: Form): number => (first === undefined ? columns : columns - 1);

/** Rows of a form at an end, each in units of its error, with space for further columns, and what they should add up to. */
const systemAt = ({ controls, values, errors }: Stretch, form: Form, end: number, further = 0) => {
  const k = freeColumns(form);
  const skipped = form.columns - k;
  const n = controls.length + (form.lastPrior === undefined ? 0 : 1);
  const rows = new Float64Array(n * (k + further));
  const y = new Float64Array(n);
  const row = new Float64Array(form.columns);
  controls.forEach((control, i) => {
    const unit = errors[i] + ROUNDING;
    form.row(end - control, values[i], row);
    for (let c = 0; c < k; c++) rows[i * (k + further) + c] = row[c + skipped] / unit;
    y[i] = (form.target(values[i]) - (form.first ?? 0) * row[0]) / unit;
  });
  if (form.lastPrior !== undefined) rows[controls.length * (k + further) + k - 1] = 1 / form.lastPrior;
  return { rows, y, n, k };
};

const solve = (stretch: Stretch, form: Form, end: number) => {
  const { rows, y, n, k } = systemAt(stretch, form, end);
  return leastSquares(rows, y, n, k);
};

/** Standard errors of end and solution from a linear fit of both, scaled by the misfit. */
const withErrors = (stretch: Stretch, form: Form, end: number, solution: Float64Array, chi2: number) => {
  const step = 1e-4 * (end - stretch.controls[stretch.controls.length - 1]);
  const here = systemAt(stretch, form, end, 1);
  const there = systemAt(stretch, form, end + step);
  const { n, k } = here;
  for (let i = 0; i < n; i++) {
    let change = here.y[i] - there.y[i];
    for (let c = 0; c < k; c++) change += solution[c] * (there.rows[i * k + c] - here.rows[i * (k + 1) + c]);
    here.rows[i * (k + 1) + k] = change / step;
  }
  const scale = Math.max(1, chi2 / Math.max(1, n - k - 1));
  const covariance = leastSquares(here.rows, here.y, n, k + 1)?.covariance();
  const errors = Array.from({ length: k + 1 }, (_, c) =>
    covariance ? Math.sqrt(scale * covariance[c * (k + 1) + c]) : Infinity,
  );
  return { solution, errors, endError: errors[k], chi2, points: n, parameters: k + 1 };
};
