import { toNumber } from "../../numerics/fraction.ts";
import { parsePolynomial } from "../../numerics/plane-polynomial.ts";
import { linePlusDot } from "../exact/line-plus-dot.ts";
import { planeCurve } from "../exact/plane-curve.ts";
import type { ExactModel } from "./exact-model.ts";
import { lineDotMap } from "./line-dot-map.ts";
import { type Monomial, polynomialMap } from "./polynomial-map.ts";
import { regressionModel } from "./regression-model.ts";

/** K = f(x, y)^2 at the origin. */
const curve = (name: string, f: string, minibatches = false): ExactModel => {
  const terms = parsePolynomial("f", f).map(({ p, q, coefficient }): Monomial => {
    const factors = [
      { index: 0, power: p },
      { index: 1, power: q },
    ];
    return { coefficient: toNumber(coefficient), factors: factors.filter(({ power }) => power > 0) };
  });
  return regressionModel({
    name: `curve-${name}`,
    family: "plane curve",
    map: () => polynomialMap(2, [terms]),
    exact: planeCurve({ K: `(${f})^2` }),
    minibatches,
  });
};

const lineDot = (dim: number, at: "line" | "dot", minibatches = false): ExactModel =>
  regressionModel({
    name: `line-plus-dot-${dim}-${at}`,
    family: "line plus dot",
    map: () => lineDotMap(dim),
    point: size => Float64Array.from({ length: size }, (_, i) => (at === "line" && i === 0 ? 1 : 0)),
    exact: linePlusDot({ dim, at }),
    minibatches,
  });

export const curveModels = (): readonly ExactModel[] => [
  curve("cusp", "x^2 - y^3"),
  curve("node", "x^2 - y^2", true),
  curve("isolated-quadric", "x^2 + y^2"),
  curve("three-lines", "x y (x + y)"),
  curve("tacnode", "(y - x^2)(y + x^2)"),
  lineDot(3, "line"),
  lineDot(3, "dot", true),
  lineDot(10, "line"),
  lineDot(10, "dot"),
];
