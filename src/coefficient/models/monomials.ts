import { diagonalLinear } from "../exact/diagonal-linear.ts";
import { monomialIdeal } from "../exact/monomial-ideal.ts";
import { normalCrossing } from "../exact/normal-crossing.ts";
import { regular } from "../exact/regular.ts";
import { sumOfPowers } from "../exact/sum-of-powers.ts";
import type { ExactModel } from "./exact-model.ts";
import { type Monomial, monomialMap, polynomialMap } from "./polynomial-map.ts";
import { regressionModel } from "./regression-model.ts";

/** K = prod w_i^(2 k_i) at the origin. */
const crossing = (halfExponents: readonly number[], minibatches = false): ExactModel =>
  regressionModel({
    name: `normal-crossing-${halfExponents.join("-")}`,
    family: "normal crossing",
    map: () => monomialMap([halfExponents]),
    exact: normalCrossing({ halfExponents }),
    minibatches,
  });

/** K = sum w_i^(p_i) at the origin, p_i even. */
const powers = (name: string, list: readonly number[], minibatches = false): ExactModel =>
  regressionModel({
    name: `powers-${name}`,
    family: "sum of powers",
    map: () => monomialMap(list.map((p, i) => list.map((_, j) => (i === j ? p / 2 : 0)))),
    exact: sumOfPowers({ powers: list }),
    minibatches,
  });

const ideal = (name: string, generators: readonly (readonly number[])[], minibatches = false): ExactModel =>
  regressionModel({
    name: `monomials-${name}`,
    family: "squared monomials",
    map: () => monomialMap(generators),
    exact: monomialIdeal({ generators }),
    minibatches,
  });

export interface DiagonalNet {
  readonly dim: number;
  readonly support: number;
  readonly depth: number;
  readonly tied?: boolean;
}

/** A diagonal net at ones for the true coefficients and zeros for the others. Untied: all layers of coefficient 1 first. */
const diagonal = ({ dim, support, depth, tied = false }: DiagonalNet, minibatches = false): ExactModel => {
  const perCoefficient = tied ? 1 : depth;
  const coefficients = Array.from({ length: dim }, (_, i): Monomial[] => {
    const factors = tied
      ? [{ index: i, power: depth }]
      : Array.from({ length: depth }, (_, layer) => ({ index: i * depth + layer, power: 1 }));
    return [{ coefficient: 1, factors }];
  });
  return regressionModel({
    name: `diagonal-${tied ? "tied-" : ""}${dim}-of-which-${support}-depth-${depth}`,
    family: tied ? "tied diagonal net" : "diagonal net",
    map: () => polynomialMap(dim * perCoefficient, coefficients),
    point: size => new Float64Array(size).fill(1, 0, support * perCoefficient),
    exact: diagonalLinear({ dim, support, depth, tied }),
    minibatches,
  });
};

const repeated = (power: number, count: number): number[] => Array.from({ length: count }, () => power);

export const monomialModels = (): readonly ExactModel[] => [
  crossing([1, 1]),
  crossing([1, 1], true),
  crossing([1, 2]),
  crossing([2, 2]),
  crossing([0, 3]),
  crossing([1, 1, 1]),
  crossing([1, 2, 3], true),
  crossing([2, 2, 2, 2]),
  // On one arm of the cross, away from where the arms meet.
  regressionModel({
    name: "normal-crossing-1-1-on-an-arm",
    family: "normal crossing",
    map: () => monomialMap([[1, 1]]),
    point: () => Float64Array.of(1, 0),
    exact: regular({ dim: 1 }),
  }),
  powers("4", [4]),
  powers("2-4", [2, 4]),
  powers("4-4", [4, 4], true),
  powers("2-2-6", [2, 2, 6]),
  powers("4-6-8", [4, 6, 8]),
  powers("2-and-4-mixed-40", [...repeated(2, 20), ...repeated(4, 20)], true),
  powers("4-times-100", repeated(4, 100)),
  ideal("xy-xz", [
    [1, 1, 0],
    [1, 0, 1],
  ]),
  ideal(
    "triangle",
    [
      [1, 1, 0],
      [0, 1, 1],
      [1, 0, 1],
    ],
    true,
  ),
  ideal("xx-xy-yyy", [
    [2, 0],
    [1, 1],
    [0, 3],
  ]),
  ideal("xyz-xxx", [
    [1, 1, 1],
    [3, 0, 0],
  ]),
  diagonal({ dim: 2, support: 1, depth: 2 }),
  diagonal({ dim: 4, support: 2, depth: 2 }, true),
  diagonal({ dim: 2, support: 1, depth: 3 }),
  diagonal({ dim: 50, support: 48, depth: 2 }),
  diagonal({ dim: 4, support: 1, depth: 2, tied: true }),
  diagonal({ dim: 60, support: 20, depth: 3, tied: true }, true),
];
