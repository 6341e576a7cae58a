import { exp, log } from "../../numerics/elementary.ts";
import { once } from "./once.ts";

/** Where the values of a curve were taken: `steps` ascend. */
export interface Axis {
  readonly steps: ArrayLike<number>;
}

/** A smooth law: linear in a constant and in terms, each of which has a shape of its own or none. */
export interface Law {
  readonly name: string;
  readonly terms: readonly Term[];
}

/** A term at a shape, for all steps; the largest entry is of order 1. */
export interface Term {
  readonly shaped: boolean;
  readonly column: (axis: Axis, shape: number) => Float64Array;
  /** What a small change of the shape adds, from the column at the shape. */
  readonly tangent: (axis: Axis, shape: number, column: Float64Array) => Float64Array;
  /** Shapes that are looked at first, ascending. */
  readonly shapes: (axis: Axis) => number[];
}

/** Share of the way from the first step to the last. */
const sharesOf = once(({ steps }: Axis) => {
  const [first, last] = [steps[0], steps[steps.length - 1]];
  return Float64Array.from(steps, step => (step - first) / (last - first));
});

const line: Term = {
  shaped: false,
  column: axis => sharesOf(axis).slice(),
  tangent: axis => new Float64Array(axis.steps.length),
  shapes: () => [0],
};

/** exp(-e^shape distance) at distances from 0. */
const decaying = (distances: (axis: Axis) => Float64Array, shapes: Term["shapes"]): Term => ({
  shaped: true,
  column: (axis, shape) => {
    const rate = exp(shape);
    return distances(axis).map(distance => exp(-rate * distance));
  },
  tangent: (axis, shape, column) => {
    const rate = exp(shape);
    const all = distances(axis);
    return column.map((value, i) => -rate * all[i] * value);
  },
  shapes,
});

/** Shapes are logarithms, as the exponents and rates span decades. */
const between = (low: number, high: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => log(low) + ((log(high) - log(low)) * i) / (count - 1));

/** (1 + distance from the first step in units of the first spacing)^-exponent, which on positive steps 1, 2, ... is step^-exponent. */
const power = decaying(
  once(({ steps }: Axis) => {
    const unit = unitOf(steps);
    const origin = steps[0] - unit;
    return Float64Array.from(steps, step => log((step - origin) / (steps[0] - origin)));
  }),
  () => between(0.03, 6, 9),
);

/** Where the power law begins: at 0 where steps are positive and the first is as far from 0 as from the second or nearer, else one spacing before. */
const unitOf = (steps: ArrayLike<number>): number =>
  steps[0] > 0 && (steps[0] <= steps[1] - steps[0] || isGeometric(steps)) ? steps[0] : steps[1] - steps[0];

const isGeometric = (steps: ArrayLike<number>): boolean => {
  const last = steps.length - 1;
  return (steps[last] - steps[last - 1]) / (steps[1] - steps[0]) > 3;
};

/** exp(-rate share), share of the way from the first step to the last. */
const exponential = decaying(sharesOf, ({ steps }) => {
  const spacing = (steps[1] - steps[0]) / (steps[steps.length - 1] - steps[0]);
  return between(0.2, 1 / spacing, Math.max(10, Math.min(24, Math.round(-2 * log(spacing)))));
});

/** Laws that a curve without a transition may follow. */
export const laws: readonly Law[] = [
  { name: "constant", terms: [] },
  { name: "line", terms: [line] },
  { name: "power law", terms: [power] },
  { name: "exponential", terms: [exponential] },
  { name: "line and power law", terms: [line, power] },
  { name: "line and exponential", terms: [line, exponential] },
  { name: "power law and exponential", terms: [power, exponential] },
];

/** A term's columns at the shapes that are looked at first, made once for each axis. */
export const gridOf = (() => {
  const made = new Map(
    laws.flatMap(({ terms }) =>
      terms.map(term => [
        term,
        once((axis: Axis) => term.shapes(axis).map(shape => ({ shape, column: term.column(axis, shape) }))),
      ]),
    ),
  );
  return (axis: Axis, term: Term) => made.get(term)!(axis);
})();
