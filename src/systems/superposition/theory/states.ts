import { type Fields, integer, matrix, number } from "../../../contracts/field.ts";
import { theory } from "../../../contracts/system.ts";
import { derivativesAt } from "../model/derivatives.ts";
import { toFlat } from "../model/layout.ts";
import { diagonal, offDiagonal } from "../model/pieces.ts";
import { populationObjective } from "../model/population.ts";
import { shapeOf } from "../phases.ts";
import { pointReport } from "./kgon-report.ts";
import { levelLoss, nearestLevel } from "./levels.ts";

/** A state of the network. */
export const state = {
  W: matrix("r rows of c columns, one column for each feature"),
  b: { kind: "list", of: number("bias"), summary: "c biases" },
} as const satisfies Fields;

const piece = {
  a: number("overlap W_i . W_j", { default: 0.5 }),
  b: number("bias b_i of the output", { default: -0.2 }),
} as const satisfies Fields;

/** Value and derivatives: f, f_a, f_b, f_aa, f_ab, f_bb. */
const piecesOf = (of: typeof diagonal, { a, b }: { readonly a: number; readonly b: number }): Float64Array => {
  const values = new Float64Array(6);
  of(a, b, values);
  return values;
};

/** What is known in closed form of a state that is given by its parameters. */
export const stateTheory = {
  "off-diagonal-piece": theory({
    summary: "g(a, b) = 3 int_0^1 ReLU(a t + b)^2 dt: value and derivatives g, g_a, g_b, g_aa, g_ab, g_bb",
    where: "Lemma 3.1",
    inputs: piece,
    evaluate: at => ({ g: piecesOf(offDiagonal, at) }),
  }),

  "diagonal-piece": theory({
    summary: "d(a, b) = 3 int_0^1 (t - ReLU(a t + b))^2 dt: value and derivatives d, d_a, d_b, d_aa, d_ab, d_bb",
    where: "Lemma 3.1",
    inputs: piece,
    evaluate: at => ({ d: piecesOf(diagonal, at) }),
  }),

  population: theory({
    summary:
      "population loss of a state, its gradient, its Hessian's diagonal and eigenvalues, and the branches it is on",
    where: "Lemma 3.1",
    inputs: {
      c: integer("features", { min: 2 }),
      r: integer("hidden dimension, below c", { min: 1 }),
      ...state,
    },
    evaluate: ({ c, r, W, b }) => {
      const w = toFlat({ W, b }, { c, r });
      const objective = populationObjective({ c, r });
      return { ...derivativesAt(objective, w, { c, r }), branches: objective.branches(w) };
    },
  }),

  "critical-state": theory({
    summary: "a critical point given by its parameters in the plane: live and dead features, loss, level and gradient",
    where: "table of loss and coefficient of the families k^{sigma+,phi-}",
    inputs: { c: integer("features", { min: 3 }), ...state },
    answers: ["variant"],
    evaluate: ({ c, W, b }) => {
      const w = toFlat({ W, b }, { c, r: 2 });
      // At a critical point a vestigial bias is 1/(2c) or negative, and vertices may be of any length.
      const { live, sigma, phi } = shapeOf(w, { c, r: 2 }, { length: 0, bias: 1 / (4 * c) });
      return { sigma, phi, live, ...pointReport(c, w), level: levelLoss({ c, live, sigma }) };
    },
  }),

  classify: theory({
    summary: "order parameters of any state, its loss, the nearest energy level and the loss less that level",
    where: "phases k^{sigma+,phi-} of the source, by hull vertices, biases and loss",
    inputs: {
      ...state,
      tolLen: number("columns up to this length are no hull vertices", { default: 0.1 }),
      tolB: number("biases above this are positive", { default: 0.02 }),
    },
    evaluate: ({ W, b, tolLen, tolB }) => {
      const [c, r] = [b.length, W.length];
      const w = toFlat({ W, b });
      const loss = populationObjective({ c, r }).loss(w);
      // The levels are those of polygons in the plane.
      const level = r === 2 ? nearestLevel(c, loss).level : null;
      return {
        ...shapeOf(w, { c, r }, { length: tolLen, bias: tolB }),
        loss,
        nearestLevel: level?.label ?? null,
        levelGap: level && loss - level.loss,
      };
    },
  }),
};
