import { evaluate, type Scalars } from "../../src/engine/evaluate.ts";
import { type Node, nodesFor } from "../../src/engine/graph/node.ts";
import { numbers } from "../../src/engine/numbers.ts";

/**
 * A number of the oracle and how far a computation in another precision may be from it: running error analysis, to which the
 * compiled programs are held. `size` is the sum of magnitudes over the terms of a sum, so that the bound covers every order of adding.
 */
export interface Bounded {
  readonly value: number;
  readonly size: number;
  readonly error: number;
}

export const exact = (value: number): Bounded => ({ value, size: Math.abs(value), error: 0 });

/** Distance from 1 to the next number. */
export const EPSILON = { f32: 2 ** -23, f64: 2 ** -52 } as const;
export type PrecisionName = keyof typeof EPSILON;
const LARGEST = { f32: 3.4e38, f64: 1.79e308 } as const;
const SMALLEST = { f32: 2 ** -149, f64: 2 ** -1074 } as const;
/** Stated accuracy of exp, log, log1p, tanh, erf, sin and cos, in units of the last place: that of the coarsest, tanh of floats. */
const ELEMENTARY = 5.8;

/** `|value|` at most this far off may be any value: a comparison that rounding can turn, a division that can be by 0. */
const anything = (value: number): Bounded => ({ value, size: Math.abs(value), error: Infinity });

/** Arithmetic on bounded numbers; every operation rounds once, with relative error at most half of epsilon. */
export const boundedScalars = (precision: PrecisionName): Scalars<Bounded> => {
  const half = EPSILON[precision] / 2;
  const largest = LARGEST[precision];
  const made = (value: number, inherited: number, roundings: number, size = Math.abs(value)): Bounded => {
    if (!Number.isFinite(value)) return Number.isFinite(inherited) ? { value, size, error: 0 } : anything(value);
    const error = inherited + roundings * half * (size + inherited) + (roundings > 0 ? SMALLEST[precision] : 0);
    return size + error < largest ? { value, size: size + error, error } : anything(value);
  };
  /** A function with slope at most `slope` around its argument. */
  const smooth = (f: (x: number) => number, slope: (x: number, y: number) => number) => (a: Bounded) => {
    const y = f(a.value);
    return made(y, a.error === 0 ? 0 : a.error * slope(a.value, y), 2 * ELEMENTARY);
  };
  const chosen = (a: Bounded, b: Bounded, value: number) => made(value, Math.max(a.error, b.error), 0);
  const isOpen = (a: Bounded, b: Bounded) =>
    a.error + b.error > 0 && !(Math.abs(a.value - b.value) > a.error + b.error);
  return {
    constant: value => made(value, 0, Math.fround(value) === value ? 0 : 1),
    convert: a => a,
    neg: a => ({ ...a, value: -a.value }),
    exp: a => {
      const y = numbers.exp(a.value);
      return made(y, a.error === 0 ? 0 : y * Math.expm1(a.error), 2 * ELEMENTARY);
    },
    log: a => {
      const y = numbers.log(a.value);
      if (a.error === 0) return made(y, 0, 2 * ELEMENTARY);
      return a.error < a.value ? made(y, a.error / (a.value - a.error), 2 * ELEMENTARY) : anything(y);
    },
    log1p: a => {
      const y = numbers.log1p(a.value);
      if (a.error === 0) return made(y, 0, 2 * ELEMENTARY);
      return a.error < 1 + a.value ? made(y, a.error / (1 + a.value - a.error), 2 * ELEMENTARY) : anything(y);
    },
    tanh: smooth(numbers.tanh, () => 1),
    erf: smooth(numbers.erf, () => 1.1284),
    sin: smooth(numbers.sin, () => 1),
    cos: smooth(numbers.cos, () => 1),
    sqrt: a => {
      const y = Math.sqrt(a.value);
      if (a.error === 0) return made(y, 0, 1);
      return a.error < a.value ? made(y, y - Math.sqrt(a.value - a.error), 1) : anything(y);
    },
    add: (a, b) => made(a.value + b.value, a.error + b.error, 1, a.size + b.size),
    sub: (a, b) => made(a.value - b.value, a.error + b.error, 1, a.size + b.size),
    mul: (a, b) => {
      const value = a.value * b.value;
      if (a.error === 0 && b.error === 0) return made(value, 0, 1);
      return made(value, Math.abs(a.value) * b.error + Math.abs(b.value) * a.error + a.error * b.error, 1);
    },
    div: (a, b) => {
      const value = a.value / b.value;
      if (a.error === 0 && b.error === 0) return made(value, 0, 1);
      const least = Math.abs(b.value) - b.error;
      return least > 0 ? made(value, (a.error + Math.abs(value) * b.error) / least, 1) : anything(value);
    },
    maximum: (a, b) => chosen(a, b, numbers.maximum(a.value, b.value)),
    minimum: (a, b) => chosen(a, b, numbers.minimum(a.value, b.value)),
    compare: (relation, a, b) => ({
      value: numbers.compare(relation, a.value, b.value),
      size: 1,
      error: isOpen(a, b) ? 1 : 0,
    }),
    select: (condition, yes, no) => {
      const value = numbers.select(condition.value, yes.value, no.value);
      if (condition.error === 0) return condition.value !== 0 ? yes : no;
      return made(value, Math.abs(yes.value - no.value) + yes.error + no.error, 0);
    },
    known: index => index.value,
  };
};

/** The values of `outputs`, bounded; `leaf` gives those of parameters, inputs and random arrays. */
export const boundedValues = (
  outputs: readonly Node[],
  precision: PrecisionName,
  leaf: (node: Node) => readonly Bounded[],
): (readonly Bounded[])[] => {
  const scalars = boundedScalars(precision);
  const values = new Map<Node, readonly Bounded[]>();
  for (const node of nodesFor(outputs)) {
    const isLeaf = node.op === "parameter" || node.op === "input" || node.op === "random";
    const operands = node.inputs.map(input => ({ shape: input.shape, data: values.get(input)! }));
    values.set(node, isLeaf ? leaf(node) : evaluate(node, operands, node.shape, scalars));
  }
  return outputs.map(node => values.get(node)!);
};

/** What is wrong with `found`, entry by entry, or undefined. Both sides round, so that twice the error is allowed. */
export const disagreement = (found: ArrayLike<number>, expected: readonly Bounded[]): string | undefined => {
  if (found.length !== expected.length) return `${found.length} entries instead of ${expected.length}`;
  for (const [i, { value, error }] of expected.entries()) {
    if (error === Infinity || Object.is(found[i], value) || found[i] === value) continue;
    if (!(Math.abs(found[i] - value) <= 2 * error))
      return `entry ${i} is ${found[i]}: expected ${value} within ${2 * error}`;
  }
  return undefined;
};
