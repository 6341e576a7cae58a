import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { diagonalLinear } from "../../../src/coefficient/exact/diagonal-linear.ts";
import type { ExactCoefficient } from "../../../src/coefficient/exact/exact-coefficient.ts";
import { homogeneous } from "../../../src/coefficient/exact/homogeneous.ts";
import { independentProduct, independentSum } from "../../../src/coefficient/exact/independent.ts";
import { linePlusDot } from "../../../src/coefficient/exact/line-plus-dot.ts";
import { locationMixture } from "../../../src/coefficient/exact/location-mixture.ts";
import { monomialIdeal } from "../../../src/coefficient/exact/monomial-ideal.ts";
import { normalCrossing } from "../../../src/coefficient/exact/normal-crossing.ts";
import { regular } from "../../../src/coefficient/exact/regular.ts";
import { sumOfPowers } from "../../../src/coefficient/exact/sum-of-powers.ts";
import { symmetricFactorisation } from "../../../src/coefficient/exact/symmetric-factorisation.ts";
import { tanhNetwork } from "../../../src/coefficient/exact/tanh-network.ts";
import { compareFractions, fraction, fractionText } from "../../../src/numerics/fraction.ts";
import { messageOf } from "../../support/message-of.ts";
import { planeIdeals } from "./ideals.ts";

const pair = ({ lambda, multiplicity }: ExactCoefficient) => [fractionText(lambda), multiplicity];
const small = fc.integer({ min: 1, max: 5 });
const check = (property: fc.IRawProperty<unknown>) => fc.assert(property as fc.IRawProperty<[]>, { seed: 11 });

describe("one rule follows from another", () => {
  test("a sum of powers from its terms", () => {
    check(
      fc.property(fc.array(small, { minLength: 1, maxLength: 6 }), ks => {
        const powers = ks.map(k => 2 * k);
        const terms = powers.map(degree => homogeneous({ dim: 1, degree }));
        expect(pair(independentSum(...terms))).toEqual(pair(sumOfPowers({ powers })));
      }),
    );
  });

  test("normal crossings from their factors", () => {
    check(
      fc.property(fc.array(small, { minLength: 1, maxLength: 6 }), halfExponents => {
        const factors = halfExponents.map(k => homogeneous({ dim: 1, degree: 2 * k }));
        expect(pair(independentProduct(...factors))).toEqual(pair(normalCrossing({ halfExponents })));
      }),
    );
  });

  test("both, with any prior, from the Newton polyhedron", () => {
    check(
      fc.property(fc.array(fc.tuple(small, fc.integer({ min: 0, max: 3 })), { minLength: 1, maxLength: 5 }), list => {
        const [ks, hs] = [list.map(([k]) => k), list.map(([, h]) => h)];
        expect(pair(monomialIdeal({ generators: [ks], priorExponents: hs }))).toEqual(
          pair(normalCrossing({ halfExponents: ks, priorExponents: hs })),
        );
        const generators = ks.map((k, i) => ks.map((_, j) => (i === j ? k : 0)));
        expect(pair(monomialIdeal({ generators }))).toEqual(pair(sumOfPowers({ powers: ks.map(k => 2 * k) })));
      }),
    );
  });

  test("sums and products of independent squared monomials", () => {
    const ideal = fc.constantFrom([[1, 1]], ...planeIdeals);
    check(
      fc.property(ideal, ideal, (a, b) => {
        const [one, other] = [a, b].map(generators => monomialIdeal({ generators }));
        const sum = [...a.map(list => [...list, 0, 0]), ...b.map(list => [0, 0, ...list])];
        const product = a.flatMap(list => b.map(second => [...list, ...second]));
        expect(pair(monomialIdeal({ generators: sum }))).toEqual(pair(independentSum(one, other)));
        expect(pair(monomialIdeal({ generators: product }))).toEqual(pair(independentProduct(one, other)));
      }),
    );
  });

  test("diagonal nets from regular directions, crossings and powers", () => {
    check(
      fc.property(small, small, small, (support, spare, depth) => {
        const dim = support + spare;
        const crossing = normalCrossing({ halfExponents: new Array<number>(depth).fill(1) });
        const untied = new Array<ExactCoefficient>(spare).fill(crossing);
        const tied = new Array<ExactCoefficient>(spare).fill(homogeneous({ dim: 1, degree: 2 * depth }));
        const net = { dim, support, depth };
        expect(pair(diagonalLinear({ ...net, tied: false }))).toEqual(
          pair(independentSum(regular({ dim: support }), ...untied)),
        );
        expect(pair(diagonalLinear({ ...net, tied: true }))).toEqual(
          pair(independentSum(regular({ dim: support }), ...tied)),
        );
      }),
    );
  });

  test("a symmetric factorisation of rank zero is homogeneous of degree 4; of full rank, regular", () => {
    expect(pair(symmetricFactorisation({ n: 4, k: 3, rank: 0 }))).toEqual(pair(homogeneous({ dim: 12, degree: 4 })));
    // n k parameters less the rotations of the columns.
    expect(pair(symmetricFactorisation({ n: 4, k: 3, rank: 3 }))).toEqual(pair(regular({ dim: 12 - 3 })));
  });

  test("a mixture without spare components is regular; one atom in d = 1 is (H + 3j - 2)/4", () => {
    expect(pair(locationMixture({ components: 3, trueComponents: 3, dim: 2, dirichlet: 1 }))).toEqual(
      pair(regular({ dim: 2 + 6 })),
    );
    for (let H = 1; H <= 6; H++)
      for (let j = 1; j <= H; j++)
        expect(locationMixture({ components: H, trueComponents: j, dim: 1, dirichlet: "1" }).lambda).toEqual(
          fraction(H + 3 * j - 2, 4),
        );
  });

  test("a tanh network of one unit is the crossing (a b)^2; no width makes it less singular", () => {
    expect(pair(tanhNetwork({ hidden: 1 }))).toEqual(pair(normalCrossing({ halfExponents: [1, 1] })));
    for (let hidden = 1; hidden < 200; hidden++) {
      const [narrow, wide] = [tanhNetwork({ hidden }), tanhNetwork({ hidden: hidden + 1 })];
      expect(compareFractions(narrow.lambda, wide.lambda)).toBe(-1);
      expect(compareFractions(narrow.lambda, fraction(hidden))).toBeLessThanOrEqual(0);
    }
  });
});

describe("which of two places is the more singular", () => {
  const order = (dim: number) =>
    compareFractions(linePlusDot({ dim, at: "dot" }).lambda, linePlusDot({ dim, at: "line" }).lambda);

  test("the dot before the line in three dimensions, the line before the dot in ten, a tie in four", () => {
    expect([3, 10, 4].map(order)).toEqual([-1, 1, 0]);
  });
});

describe("bad inputs", () => {
  test.each<[string, () => unknown, RegExp]>([
    ["a dimension of zero", () => regular({ dim: 0 }), /^dim is 0: needs an integer from 1/],
    ["no exponents", () => normalCrossing({ halfExponents: [] }), /^the length of halfExponents is 0/],
    ["exponents that are all zero", () => normalCrossing({ halfExponents: [0, 0] }), /K must vanish/],
    [
      "a negative exponent",
      () => normalCrossing({ halfExponents: [-1] }),
      /^halfExponents\[0\] is -1: needs a number >= 0/,
    ],
    [
      "a prior without mass",
      () => normalCrossing({ halfExponents: [1], priorExponents: [-1] }),
      /^priorExponents\[0\] is -1: needs a number > -1/,
    ],
    [
      "a prior of another length",
      () => normalCrossing({ halfExponents: [1, 1], priorExponents: [0] }),
      /^the length of priorExponents is 1: needs 2/,
    ],
    ["a power of zero", () => sumOfPowers({ powers: [2, 0] }), /^powers\[1\] is 0: needs a number > 0/],
    [
      "a constant generator",
      () =>
        monomialIdeal({
          generators: [
            [1, 0],
            [0, 0],
          ],
        }),
      /^generators\[1\] is \[0,0\]/,
    ],
    [
      "ragged generators",
      () => monomialIdeal({ generators: [[1, 0], [1]] }),
      /^the length of generators\[1\] is 1: needs 2/,
    ],
    [
      "a support above the dimension",
      () => diagonalLinear({ dim: 2, support: 3, depth: 1, tied: true }),
      /^support is 3/,
    ],
    [
      "a rank above the width",
      () => symmetricFactorisation({ n: 3, k: 2, rank: 3 }),
      /^rank is 3: needs an integer from 0 to 2/,
    ],
    [
      "more atoms than components",
      () => locationMixture({ components: 2, trueComponents: 3, dim: 1, dirichlet: 1 }),
      /^trueComponents is 3/,
    ],
    [
      "a prior of no strength",
      () => locationMixture({ components: 2, trueComponents: 1, dim: 1, dirichlet: "0" }),
      /^dirichlet is "0"/,
    ],
    ["no hidden units", () => tanhNetwork({ hidden: 0 }), /^hidden is 0/],
    ["nothing to add", () => independentSum(), /^the length of parts is 0/],
    ["a place that is none", () => linePlusDot({ dim: 3, at: "edge" as "dot" }), /^at is "edge"/],
  ])("%s", (_, attempt, message) => {
    expect(messageOf(attempt)).toMatch(message);
  });
});
