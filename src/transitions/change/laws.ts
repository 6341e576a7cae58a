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

/** What a term is not linear in: logarithms of exponents, rates and times; none, one or two of them. */
export type Shape = readonly number[];

/** A term at a shape, for all steps; the largest entry is of order 1. */
export interface Term {
  readonly column: (axis: Axis, shape: Shape) => Float64Array;
  /** What a small change of each entry of the shape adds, from the column at the shape. */
  readonly tangents: (axis: Axis, shape: Shape, column: Float64Array) => Float64Array[];
  /** Values of each entry that are looked at first, evenly spaced, in all combinations. */
  readonly entries: (axis: Axis) => readonly (readonly number[])[];
  /** Number of entries. Only with one the tangent stands beside the column when curves are fitted: two of them, of any sign, make bends that no member of the family has. */
  readonly shaped: 0 | 1 | 2;
}

/** Share of the way from the first step to the last. */
const sharesOf = once(({ steps }: Axis) => {
  const [first, last] = [steps[0], steps[steps.length - 1]];
  return Float64Array.from(steps, step => (step - first) / (last - first));
});

/** A term without a shape. */
const plain = (column: (axis: Axis) => Float64Array): Term => ({
  column: axis => column(axis).slice(),
  tangents: () => [],
  entries: () => [],
  shaped: 0,
});

const line = plain(sharesOf);

/** exp(-e^shape distance) at distances from 0. */
const decaying = (distances: (axis: Axis) => Float64Array, shapes: (axis: Axis) => number[]): Term => ({
  column: (axis, [shape]) => {
    const rate = exp(shape);
    return distances(axis).map(distance => exp(-rate * distance));
  },
  tangents: (axis, [shape], column) => {
    const rate = exp(shape);
    const all = distances(axis);
    return [column.map((value, i) => -rate * all[i] * value)];
  },
  entries: axis => [shapes(axis)],
  shaped: 1,
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

/** (1 + distance from the first step / time)^-exponent, which a hyperbola and, for long times, an exponential are, too. */
const laterPower: Term = {
  column: ({ steps }, [shape, time]) => {
    const [exponent, unit] = [exp(shape), exp(time)];
    return Float64Array.from(steps, step => exp(-exponent * log(1 + (step - steps[0]) / unit)));
  },
  tangents: ({ steps }, [shape, time], column) => {
    const [exponent, unit] = [exp(shape), exp(time)];
    const distances = Float64Array.from(steps, step => (step - steps[0]) / unit);
    return [
      column.map((value, i) => -exponent * log(1 + distances[i]) * value),
      column.map((value, i) => (exponent * distances[i] * value) / (1 + distances[i])),
    ];
  },
  entries: ({ steps }) => {
    const [first, last] = [steps[1] - steps[0], steps[steps.length - 1] - steps[0]];
    return [between(0.1, 6, 4), between(first, last, Math.max(4, Math.min(7, Math.round(log(last / first) / 2))))];
  },
  shaped: 2,
};

/** Laws that a curve without a transition may follow. */
export const laws: readonly Law[] = [
  { name: "constant", terms: [] },
  { name: "line", terms: [line] },
  { name: "power law", terms: [power] },
  { name: "exponential", terms: [exponential] },
  { name: "line and power law", terms: [line, power] },
  { name: "line and exponential", terms: [line, exponential] },
  { name: "power law and exponential", terms: [power, exponential] },
  { name: "later power law", terms: [laterPower] },
];

/** A term's columns at the shapes that are looked at first, made once for each axis. */
export const gridOf = (() => {
  const made = new Map(
    laws.flatMap(({ terms }) =>
      terms.map(term => [
        term,
        once((axis: Axis) =>
          combinations(term.entries(axis)).map(shape => ({ shape, column: term.column(axis, shape) })),
        ),
      ]),
    ),
  );
  return (axis: Axis, term: Term) => made.get(term)!(axis);
})();

const combinations = ([first, ...rest]: readonly (readonly number[])[]): Shape[] =>
  first ? first.flatMap(value => combinations(rest).map(others => [value, ...others])) : [[]];
