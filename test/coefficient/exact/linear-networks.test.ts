import { describe, expect, test } from "vitest";
import { deepLinear } from "../../../src/coefficient/exact/deep-linear.ts";
import { deepLinearSubset } from "../../../src/coefficient/exact/deep-linear-subset.ts";
import type { ExactCoefficient } from "../../../src/coefficient/exact/exact-coefficient.ts";
import { homogeneous } from "../../../src/coefficient/exact/homogeneous.ts";
import { independentProduct } from "../../../src/coefficient/exact/independent.ts";
import { linearNetworkAverage } from "../../../src/coefficient/exact/linear-network-average.ts";
import { reducedRank, reducedRankLocal } from "../../../src/coefficient/exact/reduced-rank.ts";
import { compareFractions, fraction, fractionText, smallest, toNumber } from "../../../src/numerics/fraction.ts";
import { stream } from "../../../src/numerics/stream.ts";
import { messageOf } from "../../support/message-of.ts";

const pair = ({ lambda, multiplicity }: ExactCoefficient) => `${fractionText(lambda)} (${multiplicity})`;

/** Random widths, deep and shallow, narrow and wide, with a rank that they allow. */
const randomNets = (count: number, most: number) => {
  const random = stream({ seed: 2, purpose: `nets up to ${most}` });
  return Array.from({ length: count }, () => {
    const widths = Array.from({ length: 2 + random.below(6) }, () => 1 + random.below(most));
    return { widths, rank: random.below(Math.min(...widths) + 1) };
  });
};

describe("deep linear networks", () => {
  test("the subset form and the slot count agree on 6000 random networks, multiplicity included", () => {
    const different = [...randomNets(4000, 6), ...randomNets(2000, 300)].filter(
      net => pair(deepLinear(net)) !== pair(deepLinearSubset(net)),
    );
    expect(different).toEqual([]);
  });

  test("of rank zero, the order of the widths does not matter", () => {
    const random = stream({ seed: 3, purpose: "orders" });
    for (const { widths } of randomNets(300, 9)) {
      const order = Int32Array.from(widths.keys());
      random.shuffle(order);
      const shuffled = [...order].map(i => widths[i]);
      expect(pair(deepLinear({ widths: shuffled, rank: 0 }))).toBe(pair(deepLinear({ widths, rank: 0 })));
    }
  });

  test("a very wide layer changes nothing", () => {
    for (const { widths, rank } of randomNets(300, 9)) {
      const wide = [widths[0], 10_000, ...widths.slice(1)];
      expect(pair(deepLinear({ widths: wide, rank }))).toBe(pair(deepLinear({ widths, rank })));
    }
  });

  test("lambda is at most half the number of parameters and does not fall when a width grows", () => {
    for (const { widths, rank } of randomNets(300, 7)) {
      const { lambda } = deepLinear({ widths, rank });
      const parameters = widths.slice(1).reduce((sum, width, s) => sum + width * widths[s], 0);
      expect(compareFractions(lambda, fraction(parameters, 2))).toBeLessThanOrEqual(0);
      widths.forEach((_, grown) => {
        const larger = widths.map((width, i) => (i === grown ? width + 1 : width));
        expect(compareFractions(deepLinear({ widths: larger, rank }).lambda, lambda)).toBeGreaterThanOrEqual(0);
      });
    }
  });

  test("with one input the product is a vector as long as independent lengths multiplied: K = prod |w_s|^2", () => {
    // W_2 w_1 is distributed like |w_1| times a normal vector, and so on up the layers.
    for (const { widths } of randomNets(300, 6)) {
      const lengths = widths.map(dim => homogeneous({ dim, degree: 2 }));
      expect(pair(deepLinear({ widths: [1, ...widths], rank: 0 }))).toBe(pair(independentProduct(...lengths)));
    }
  });
});

describe("reduced rank regression", () => {
  const all = (most: number, visit: (inputs: number, hidden: number, outputs: number, rank: number) => void) => {
    for (let inputs = 1; inputs <= most; inputs++)
      for (let hidden = 1; hidden <= most; hidden++)
        for (let outputs = 1; outputs <= most; outputs++)
          for (let rank = 0; rank <= Math.min(inputs, hidden, outputs); rank++) visit(inputs, hidden, outputs, rank);
  };

  test("the four cases are the deep networks of two matrices, for all widths up to 12", () => {
    let compared = 0;
    all(12, (inputs, hidden, outputs, rank) => {
      const ours = pair(reducedRank({ inputs, hidden, outputs, rank }));
      if (ours !== pair(deepLinear({ widths: [inputs, hidden, outputs], rank })))
        expect.fail(`${[inputs, hidden, outputs, rank]}: ${ours}`);
      compared++;
    });
    expect(compared).toBe(7812);
  });

  test("the four cases collapse to (1/2) sum_i min(N, |M - H| + 2i - 1) at rank zero", () => {
    all(9, (inputs, hidden, outputs, rank) => {
      if (rank > 0) return;
      let twice = 0;
      for (let i = 1; i <= Math.min(inputs, hidden); i++)
        twice += Math.min(outputs, Math.abs(inputs - hidden) + 2 * i - 1);
      expect(reducedRank({ inputs, hidden, outputs, rank }).lambda).toEqual(fraction(twice, 2));
    });
  });

  test("the smallest local value over all strata is the global one, reached at the deepest, for widths up to 6", () => {
    all(6, (inputs, hidden, outputs, rank) => {
      const model = { inputs, hidden, outputs, rank };
      const global = reducedRank(model);
      const values: ExactCoefficient[] = [];
      for (let a = 0; a <= Math.min(inputs, hidden) - rank; a++)
        for (let b = 0; b <= Math.min(outputs - rank, hidden - rank - a); b++)
          values.push(reducedRankLocal({ ...model, excessRankFirstLayer: a, excessRankSecondLayer: b }));
      expect(smallest(values.map(({ lambda }) => lambda))).toEqual(global.lambda);
      expect(pair(values[0])).toBe(pair(global));
    });
  });

  test("some strata are strictly less singular", () => {
    const model = { inputs: 1, hidden: 2, outputs: 4, rank: 0 };
    expect(pair(reducedRankLocal({ ...model, excessRankFirstLayer: 1, excessRankSecondLayer: 0 }))).toBe("2 (1)");
    expect(pair(reducedRank(model))).toBe("1 (1)");
  });

  test("transposing the product swaps the layers", () => {
    all(5, (inputs, hidden, outputs, rank) => {
      for (let a = 0; a + rank <= Math.min(inputs, hidden); a++)
        for (let b = 0; b + rank <= outputs && a + b + rank <= hidden; b++) {
          const one = { inputs, hidden, outputs, rank, excessRankFirstLayer: a, excessRankSecondLayer: b };
          const other = {
            inputs: outputs,
            hidden,
            outputs: inputs,
            rank,
            excessRankFirstLayer: b,
            excessRankSecondLayer: a,
          };
          expect(pair(reducedRankLocal(one))).toBe(pair(reducedRankLocal(other)));
        }
    });
  });

  test("t <K> by exact integration tends to lambda - (m - 1)/(log t + c), for all widths up to 4", () => {
    const multiplicities = new Set<number>();
    all(4, (inputs, hidden, outputs, rank) => {
      if (rank > 0 || inputs > outputs) return;
      const { lambda, multiplicity } = reducedRank({ inputs, hidden, outputs, rank });
      const shortfall = [1e12, 1e16].map(
        t => toNumber(lambda) - linearNetworkAverage({ inputs, hidden, outputs }, t).tMeanK,
      );
      if (multiplicity === 1) expect(Math.abs(shortfall[1])).toBeLessThan(1e-6);
      else expect((1 / shortfall[1] - 1 / shortfall[0]) / Math.log(1e4)).toBeCloseTo(1, 4);
      multiplicities.add(multiplicity);
    });
    expect([...multiplicities].sort()).toEqual([1, 2]);
  });
});

describe("bad inputs", () => {
  const model = { inputs: 4, hidden: 3, outputs: 5, rank: 1 };
  test.each<[string, () => unknown, RegExp]>([
    ["a negative width", () => reducedRank({ ...model, inputs: -4 }), /^inputs is -4: needs an integer from 1/],
    ["a rank above a width", () => reducedRank({ ...model, rank: 4 }), /^rank is 4: needs an integer from 0 to 3/],
    ["half a rank", () => reducedRank({ ...model, rank: 0.5 }), /^rank is 0\.5/],
    [
      "a + b above H - r",
      () => reducedRankLocal({ ...model, excessRankFirstLayer: 1, excessRankSecondLayer: 2 }),
      /^excessRankSecondLayer is 2: needs an integer from 0 to 1/,
    ],
    [
      "a rank that the inputs can't have",
      () => reducedRankLocal({ ...model, inputs: 1, excessRankFirstLayer: 1, excessRankSecondLayer: 0 }),
      /^excessRankFirstLayer is 1: needs an integer from 0 to 0/,
    ],
    ["one width", () => deepLinear({ widths: [3], rank: 0 }), /^widths is \[3\]: needs at least two widths/],
    ["a width of zero", () => deepLinear({ widths: [3, 0, 2], rank: 0 }), /^widths\[1\] is 0/],
    ["a rank above the bottleneck", () => deepLinear({ widths: [3, 2, 3], rank: 3 }), /^rank is 3/],
    ["a rank above the bottleneck, subset form", () => deepLinearSubset({ widths: [3, 2, 3], rank: 3 }), /^rank is 3/],
    ["NaN", () => deepLinear({ widths: [3, NaN], rank: 0 }), /^widths\[1\] is NaN/],
  ])("%s", (_, attempt, message) => {
    expect(messageOf(attempt)).toMatch(message);
  });
});

test("where both layers hold a direction of their own the Hessian of |B A|^2 alone gives lambda", () => {
  // A = e1 e1^T and B = e2 e2^T: dB A fills a column, B dA a row, which share an entry.
  for (const [inputs, outputs] of [
    [2, 2],
    [3, 2],
    [4, 5],
  ]) {
    const point = { inputs, hidden: 2, outputs, rank: 0, excessRankFirstLayer: 1, excessRankSecondLayer: 1 };
    expect(pair(reducedRankLocal(point))).toBe(pair({ ...ONE, lambda: fraction(inputs + outputs - 1, 2) }));
  }
});

test("on the border of the second case both formulas agree, and the first one is named", () => {
  expect(reducedRank({ inputs: 1, hidden: 2, outputs: 3, rank: 0 })).toMatchObject({
    multiplicity: 1,
    lambda: fraction(1),
    case: "1-even",
  });
  expect(reducedRank({ inputs: 1, hidden: 2, outputs: 4, rank: 0 })).toMatchObject({
    multiplicity: 1,
    lambda: fraction(1),
    case: 2,
  });
});

const ONE = { multiplicity: 1, scope: "local" } as const;
