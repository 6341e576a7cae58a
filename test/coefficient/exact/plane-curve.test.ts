import { describe, expect, test } from "vitest";
import { monomialIdeal } from "../../../src/coefficient/exact/monomial-ideal.ts";
import { planeCurve } from "../../../src/coefficient/exact/plane-curve.ts";
import { fractionText, toNumber } from "../../../src/numerics/fraction.ts";
import { gaussLegendre, onPanels } from "../../../src/numerics/gauss-legendre.ts";
import { planeIdeals } from "./ideals.ts";

const value = (K: string) => {
  const { lambda, multiplicity } = planeCurve({ K });
  return `${fractionText(lambda)} (${multiplicity})`;
};

/** Length of the set of y in [-1, 1] with |a y^2 + b y + c| < delta. */
const lengthWhere = ([a, b, c]: readonly number[], delta: number): number => {
  const inside = (low: number, high: number) => Math.max(0, Math.min(1, high) - Math.max(-1, low));
  if (a === 0) {
    if (b === 0) return Math.abs(c) < delta ? 2 : 0;
    const [one, other] = [(-c - delta) / b, (-c + delta) / b];
    return inside(Math.min(one, other), Math.max(one, other));
  }
  // |(y - centre)^2 - offset| < delta / |a|.
  const [centre, offset] = [-b / (2 * a), (b * b) / (4 * a * a) - c / a];
  const outer = offset + delta / Math.abs(a);
  const inner = offset - delta / Math.abs(a);
  if (outer <= 0) return 0;
  const far = Math.sqrt(outer);
  if (inner <= 0) return inside(centre - far, centre + far);
  const near = Math.sqrt(inner);
  // far - near without cancellation, as the strips are thin.
  const width = (2 * delta) / Math.abs(a) / (far + near);
  const strip = (low: number) => (low > -1 && low + width < 1 ? width : inside(low, low + width));
  return strip(centre + near) + strip(centre - far);
};

/** Area of {|f| < delta} in the square [-1, 1]^2, f a quadratic in one variable whose coefficients depend on the other. */
const areaWhere = (quadratic: (x: number) => readonly number[], delta: number): number => {
  const { nodes, weights } = onPanels(
    gaussLegendre(8),
    [...Array(121).keys()].map(i => -30 + i / 4),
  );
  return nodes.reduce((area, s, i) => {
    const x = Math.exp(s);
    return area + weights[i] * x * (lengthWhere(quadratic(x), delta) + lengthWhere(quadratic(-x), delta));
  }, 0);
};

describe("against the volume of {K < eps}, which grows like eps^lambda (-log eps)^(m - 1)", () => {
  test.each<[string, string, (x: number) => readonly number[]]>([
    ["cusp", "(x^2 - y^3)^2", y => [1, 0, -(y ** 3)]],
    ["isolated quadric", "(x^2 + y^2)^2", x => [1, 0, x * x]],
    ["node", "(x^2 - y^2)^2", x => [1, 0, -x * x]],
    ["three lines", "(x y (x + y))^2", x => [x, x * x, 0]],
    ["tacnode", "((y - x^2)(y + x^2))^2", x => [1, 0, -(x ** 4)]],
    [
      "a parabola, tangent to a cubic of it",
      "((y - x^2)(y - x^2 - x^3))^2",
      x => [1, -2 * x * x - x ** 3, x ** 4 + x ** 5],
    ],
    ["a line across a cusp", "(x (x - y^2))^2", y => [1, -y * y, 0]],
    ["a double line", "(x^2)^2", () => [1, 0, 0]],
  ])("%s", (_, K, quadratic) => {
    const { lambda, multiplicity } = planeCurve({ K });
    // eps = delta^2.
    const areas = [1e-7, 1e-9].map(delta => areaWhere(quadratic, delta));
    const slope = Math.log(areas[0] / areas[1]) / (2 * Math.log(100));
    const logs = ((multiplicity - 1) * Math.log(Math.log(1e7) / Math.log(1e9))) / (2 * Math.log(100));
    expect(Math.abs(slope - toNumber(lambda) - logs)).toBeLessThan(4e-3);
    // The other multiplicity would be seen.
    expect(Math.abs(Math.log(Math.log(1e7) / Math.log(1e9)) / (2 * Math.log(100)))).toBeGreaterThan(5 * 4e-3);
  });
});

describe("curves whose value is known another way", () => {
  test.each([
    ["(y - x^2 - 3x^3)^4", "1/4 (1)", "a smooth curve"],
    ["(y - x^2)^4 + x^9", "13/36 (1)", "y^4 + x^9"],
    ["(y - 1/2 x)^6 + 0.25 x^8", "7/24 (1)", "y^6 + x^8"],
    ["((1 - x) y - x)^2 + x^20", "11/20 (1)", "y^2 + x^20"],
    ["((y - x^2)(x - y^3))^2", "1/2 (2)", "a crossing of two smooth curves"],
    ["(x - y)^2 (x + y)^6", "1/6 (1)", "x^2 y^6"],
    ["(x - y^2)^6 (y - x^2)^6", "1/6 (2)", "x^6 y^6"],
    ["(y^2 - 2x^2)^2", "1/2 (2)", "two lines with an irrational slope"],
    ["(y^2 + 2x^2)^2", "1/2 (1)", "the same without real lines"],
    ["x^2 + y^2", "1 (1)", "regular"],
    ["x^2", "1/2 (1)", "regular in one direction"],
  ])("%s is %s: %s", (K, expected) => {
    expect(value(K)).toBe(expected);
  });

  test("sums of squared monomials agree with the general rule", () => {
    for (const generators of [...planeIdeals, [[3, 3]]]) {
      const K = generators.map(([p, q]) => `x^${2 * p} y^${2 * q}`).join(" + ");
      const { lambda, multiplicity } = monomialIdeal({ generators });
      expect(value(K)).toBe(`${fractionText(lambda)} (${multiplicity})`);
    }
  });

  test("a node and an isolated quadric share lambda, not the multiplicity", () => {
    const [node, quadric] = ["(x^2 - y^2)^2", "(x^2 + y^2)^2"].map(K => planeCurve({ K }));
    expect(node.lambda).toEqual(quadric.lambda);
    expect([node.multiplicity, quadric.multiplicity]).toEqual([2, 1]);
  });

  test("a change of coordinates changes nothing", () => {
    for (const [K, moved] of [
      ["(x^2 - y^3)^2", "((x + y^2)^2 - y^3)^2"],
      ["(y^2 - x^5)^2", "((y - x^2)^2 - x^5)^2"],
      ["(y^2 + x^7)^2 ", "((y + x - x^3)^2 + x^7)^2"],
    ])
      expect(value(moved)).toBe(value(K));
  });
});

test.each([
  ["1 + x", "needs a polynomial that is not constant and vanishes at the origin"],
  ["x - x", "needs a polynomial that is not constant"],
  ["cusp", "needs x, y, a number"],
  // A double branch y = x + x^2 + x^3 + ... that no polynomial change of coordinates straightens.
  ["((1 - x) y - x)^2", "needs"],
])("%s is refused", (K, message) => {
  expect(() => planeCurve({ K })).toThrow(message);
});
