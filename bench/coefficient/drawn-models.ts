import { deepLinear } from "../../src/coefficient/exact/deep-linear.ts";
import { reducedRankLocal } from "../../src/coefficient/exact/reduced-rank.ts";
import { matrixProduct } from "../../src/coefficient/models/matrix-product.ts";
import { regression } from "../../src/coefficient/models/regression.ts";
import type { Objective } from "../../src/contracts/objective.ts";
import { tanh } from "../../src/numerics/elementary.ts";
import { toNumber } from "../../src/numerics/fraction.ts";
import { type Stream, stream } from "../../src/numerics/stream.ts";
import { inUnits, lossOf, type MoreModel, model } from "./more-models.ts";

/** A loss that is 0 at its point, with what is known of it there. `add` writes its gradient and returns K. */
interface Part {
  readonly at: readonly number[];
  readonly lambda: number;
  readonly multiplicity: number;
  evaluate(w: Float64Array, gradient: Float64Array): number;
}

/** |u|^(2 p) of d parameters: d / (2 p). */
const power = (d: number, p: number): Part => ({
  at: Array.from({ length: d }, () => 0),
  lambda: d / (2 * p),
  multiplicity: 1,
  evaluate(w, gradient) {
    let square = 0;
    for (const x of w) square += x * x;
    for (let i = 0; i < d; i++) gradient[i] = 2 * p * square ** (p - 1) * w[i];
    return square ** p;
  },
});

/** Values and gradients of parts that share no parameter. */
const each = (parts: readonly Part[], w: Float64Array, gradient: Float64Array): number[] => {
  let offset = 0;
  return parts.map(part => {
    const end = offset + part.at.length;
    const value = part.evaluate(w.subarray(offset, end), gradient.subarray(offset, end));
    offset = end;
    return value;
  });
};

/** Lambdas add, and multiplicities less 1. */
const sum = (parts: readonly Part[]): Part => ({
  at: parts.flatMap(({ at }) => at),
  lambda: parts.reduce((total, { lambda }) => total + lambda, 0),
  multiplicity: 1 + parts.reduce((total, { multiplicity }) => total + multiplicity - 1, 0),
  evaluate: (w, gradient) => each(parts, w, gradient).reduce((total, value) => total + value, 0),
});

/** The least lambda, and the multiplicities of those that have it added: zeta functions multiply, and their poles with them. */
const product = (parts: readonly Part[]): Part => {
  const least = Math.min(...parts.map(({ lambda }) => lambda));
  return {
    at: parts.flatMap(({ at }) => at),
    lambda: least,
    multiplicity: parts.reduce((total, { lambda, multiplicity }) => total + (lambda === least ? multiplicity : 0), 0),
    evaluate(w, gradient) {
      const values = each(parts, w, gradient);
      let offset = 0;
      parts.forEach(({ at }, k) => {
        const rest = values.reduce((total, value, j) => (j === k ? total : total * value), 1);
        for (let i = 0; i < at.length; i++) gradient[offset + i] *= rest;
        offset += at.length;
      });
      return values.reduce((total, value) => total * value, 1);
    },
  };
};

/** Times 1 + s^2 / (1 + s^2), s = 1/2 + c . w, between 1 and 2: a factor that is nowhere 0 changes nothing. */
const withUnit = (part: Part, numbers: Stream): Part => {
  const c = part.at.map(() => numbers.normal());
  return {
    ...part,
    evaluate(w, gradient) {
      const s = c.reduce((total, along, i) => total + along * w[i], 0.5);
      const share = 1 / (1 + s * s);
      const value = part.evaluate(w, gradient);
      for (let i = 0; i < w.length; i++) gradient[i] = (2 - share) * gradient[i] + value * 2 * s * share * share * c[i];
      return (2 - share) * value;
    },
  };
};

/** At w_i + b_i w_(i+1)^2 in place of w_i: a change of variables with the determinant 1, which bends valleys. */
const bent = (part: Part, numbers: Stream): Part => {
  const b = part.at.map((_, i) => (i + 1 < part.at.length ? numbers.normal() : 0));
  const moved = new Float64Array(part.at.length);
  return {
    ...part,
    evaluate(w, gradient) {
      for (let i = 0; i < w.length; i++) moved[i] = w[i] + (b[i] === 0 ? 0 : b[i] * w[i + 1] * w[i + 1]);
      const value = part.evaluate(moved, gradient);
      for (let i = w.length - 1; i > 0; i--) gradient[i] += 2 * b[i - 1] * w[i] * gradient[i - 1];
      return value;
    },
  };
};

/** Units of a tanh network at a point where they do nothing together: their (a, b), and what they add. */
interface Group {
  readonly name: string;
  readonly units: readonly (readonly [a: number, b: number])[];
  readonly lambda: number;
  readonly multiplicity: number;
}

/**
 * f(x) = sum_k a_k tanh(b_k x) where the truth is tanh(x). tanh(b x) around different |b|, and around 0, with their derivatives by b, are independent
 * functions of x: so units near one b have the ideal M_j = sum_k a_k (b_k - b)^j less its value in the truth, j = 0, 1, ..., those near 0 have sum_k a_k b_k^(2 j + 1), and
 * the lambdas of such groups add. First those that have b = 1 at the truth, of which there is one in each network; then the others.
 */
const MAIN: readonly Group[] = [
  { name: "alone", units: [[1, 1]], lambda: 1, multiplicity: 1 },
  // Beyond M_0 and M_1 a definite form in b_1 - b_2.
  {
    name: "shared",
    units: [
      [0.3, 1],
      [0.7, 1],
    ],
    lambda: 5 / 4,
    multiplicity: 1,
  },
  {
    name: "opposed",
    units: [
      [1.8, 1],
      [-0.8, 1],
    ],
    lambda: 5 / 4,
    multiplicity: 1,
  },
  // A definite form in two differences: 2 / 4.
  {
    name: "three",
    units: [
      [0.5, 1],
      [0.2, 1],
      [0.3, 1],
    ],
    lambda: 3 / 2,
    multiplicity: 1,
  },
  // a_2 (b_1 - b_2)^2.
  {
    name: "silent twin",
    units: [
      [1, 1],
      [0, 1],
    ],
    lambda: 5 / 4,
    multiplicity: 1,
  },
];
const OTHERS: readonly Group[] = [
  { name: "none", units: [], lambda: 0, multiplicity: 1 },
  // a b with both 0, or one of them.
  { name: "gone", units: [[0, 0]], lambda: 1 / 2, multiplicity: 2 },
  { name: "dead", units: [[0.8, 0]], lambda: 1 / 2, multiplicity: 1 },
  { name: "silent", units: [[0, 2.2]], lambda: 1 / 2, multiplicity: 1 },
  // a_1 + a_2 and b_1 - b_2 are the two directions.
  {
    name: "cancelling",
    units: [
      [1.2, 2.2],
      [-1.2, 2.2],
    ],
    lambda: 1,
    multiplicity: 1,
  },
  // a_1 + a_2, and a_1 (b_1 - b_2).
  {
    name: "silent pair",
    units: [
      [0, 2.2],
      [0, 2.2],
    ],
    lambda: 1,
    multiplicity: 2,
  },
  // a_1 b_1 + a_2 b_2, and on it b_1^3.
  {
    name: "dead pair",
    units: [
      [0.8, 0],
      [0.5, 0],
    ],
    lambda: 1 / 2 + 1 / 6,
    multiplicity: 1,
  },
];

const tanhPart = (groups: readonly Group[]): Part => {
  const units = groups.flatMap(group => group.units);
  const count = units.length;
  return {
    at: [...units.map(([a]) => a), ...units.map(([, b]) => b)],
    lambda: groups.reduce((total, { lambda }) => total + lambda, 0),
    multiplicity: 1 + groups.reduce((total, { multiplicity }) => total + multiplicity - 1, 0),
    evaluate(w, gradient) {
      gradient.fill(0);
      let loss = 0;
      for (let j = 1; j <= 16; j++) {
        const x = j / 6;
        let f = -tanh(x);
        const responses = units.map((_, k) => tanh(w[count + k] * x));
        for (let k = 0; k < count; k++) f += w[k] * responses[k];
        for (let k = 0; k < count; k++) {
          gradient[k] += 2 * f * responses[k];
          gradient[count + k] += 2 * f * w[k] * x * (1 - responses[k] * responses[k]);
        }
        loss += f * f;
      }
      return loss;
    },
  };
};

const modelOf = (name: string, family: string, part: Part, source: string): MoreModel =>
  model({
    name,
    family,
    truth: part.lambda,
    multiplicity: part.multiplicity,
    source,
    at: part.at,
    objective: lossOf(part.at.length, (w, out) => part.evaluate(w, out)),
  });

/** A product of matrices, each in units of its own. */
const chain = (
  name: string,
  family: string,
  widths: readonly number[],
  pointOf: (w: Float64Array) => void,
  exact: { readonly lambda: Parameters<typeof toNumber>[0]; readonly multiplicity: number },
  numbers: Stream,
): MoreModel => {
  const map = matrixProduct(widths);
  const at = new Float64Array(map.size);
  pointOf(at);
  const known = regression(map, at);
  const plain: Objective = {
    parameters: known.parameters,
    size: known.size,
    loss: w => known.loss(w),
    lossAndGradient: (w, out) => known.lossAndGradient(w, out),
  };
  const exponents = known.parameters.map(() => numbers.below(7) - 3);
  const units = known.parameters.flatMap(({ shape }, s) =>
    Array.from({ length: shape[0] * shape[1] }, () => 10 ** exponents[s]),
  );
  const { objective, at: point } = inUnits(plain, [...at], units);
  return model({
    name: `${name} in units ${exponents.map(k => `1e${k}`).join(", ")}`,
    family,
    truth: toNumber(exact.lambda),
    multiplicity: exact.multiplicity,
    source: "src/coefficient/exact; lambda does not depend on the units",
    objective,
    at: point,
  });
};

/**
 * Sixty models whose lambda is exact, drawn by a seed: crossings with units, products of powers of blocks, sums of these, high multiplicities, tanh networks with units that
 * share, cancel or die, reduced rank and deep linear networks in rescaled layers. Parts are bent at random.
 */
export const drawnModels = (seed: number): readonly MoreModel[] => {
  const numbers = stream({ seed, purpose: "exact models" });
  const between = (least: number, most: number): number => least + numbers.below(most - least + 1);
  const some = <T>(count: number, make: (k: number) => T): T[] => Array.from({ length: count }, (_, k) => make(k));
  const perhapsBent = (part: Part): Part => (numbers.uniform() < 0.5 ? bent(part, numbers) : part);
  const crossing = (least: number, most: number, top: number): Part =>
    product(some(between(least, most), () => power(1, between(1, top))));
  const block = (): Part => product(some(between(2, 3), () => power(between(1, 6), between(1, 3))));
  const PRODUCTS = "products of independent losses: the least lambda, multiplicities of equals add";
  const SUMS = "sums of independent losses: lambdas add, multiplicities less 1 add";
  return [
    ...some(10, k =>
      modelOf(
        `crossing-${k}`,
        "crossings with units",
        withUnit(crossing(2, 4, 3), numbers),
        `${PRODUCTS}; a unit changes nothing`,
      ),
    ),
    ...some(10, k => modelOf(`blocks-${k}`, "products of powers of blocks", perhapsBent(block()), PRODUCTS)),
    ...some(8, k =>
      modelOf(
        `sum-${k}`,
        "sums",
        perhapsBent(
          sum([crossing(1, 3, 2), block(), ...some(between(0, 4), () => power(between(1, 3), between(1, 3)))]),
        ),
        SUMS,
      ),
    ),
    ...some(3, k =>
      modelOf(
        `equals-${k}`,
        "high multiplicity",
        withUnit(product(some(k + 3, () => power(1, between(1, 2)))), numbers),
        PRODUCTS,
      ),
    ),
    ...some(3, k =>
      modelOf(
        `crossings-${k}`,
        "high multiplicity",
        perhapsBent(sum(some(3 * (k + 1), () => product([power(1, 1), power(1, 1)])))),
        SUMS,
      ),
    ),
    ...some(10, k => {
      const groups = [MAIN[k % MAIN.length], OTHERS[numbers.below(OTHERS.length)]];
      return modelOf(
        `tanh-${k} ${groups.map(group => group.name).join(", ")}`,
        "tanh networks",
        tanhPart(groups),
        "see the groups",
      );
    }),
    ...some(8, k => {
      const [inputs, hidden, outputs] = [between(1, 5), between(1, 4), between(1, 5)];
      const rank = between(0, Math.min(inputs, hidden, outputs, 2));
      const a = between(0, Math.min(1, inputs - rank, hidden - rank));
      const name = `reduced-rank-${k} ${inputs}-${hidden}-${outputs} rank ${rank} excess ${a}`;
      const exact = reducedRankLocal({
        inputs,
        hidden,
        outputs,
        rank,
        excessRankFirstLayer: a,
        excessRankSecondLayer: 0,
      });
      const at = (w: Float64Array): void => {
        for (let unit = 0; unit < rank + a; unit++) w[unit * inputs + unit] = 1;
        for (let unit = 0; unit < rank; unit++) w[hidden * inputs + unit * hidden + unit] = 1;
      };
      return chain(name, "reduced rank in units", [inputs, hidden, outputs], at, exact, numbers);
    }),
    ...some(8, k => {
      const widths = some(between(4, 5), () => between(1, 3));
      const rank = between(0, 1);
      const at = (w: Float64Array): void => {
        for (let s = 1, offset = 0; s < widths.length; offset += widths[s] * widths[s - 1], s++)
          if (rank > 0) w[offset] = 1;
      };
      const name = `deep-linear-${k} ${widths.join("-")} rank ${rank}`;
      return chain(name, "deep linear in units", widths, at, deepLinear({ widths, rank }), numbers);
    }),
  ];
};
