import { integer, list, number, numbers } from "../../../contracts/field.ts";
import { theory } from "../../../contracts/system.ts";
import { invalid } from "../../../errors.ts";
import {
  exactThreshold,
  freezingField,
  ridgeMean,
  squareAtJump,
  strongEnergy,
  strongSquare,
  upperCoupling,
} from "./laws.ts";
import { collectiveLoss, DEEPEST, magnetisation, rungeKutta4 } from "./model.ts";

const inputs = {
  D: integer("hidden layers of each network", { default: 1, min: 1, max: DEEPEST }),
  gamma: number("weight decay", { default: 1e-3, min: 0, scale: "log" }),
  sigma: number("coupling of the networks", { default: 1, min: 0, scale: "log" }),
} as const;
const { D, gamma, sigma } = inputs;

export const collectiveTheory = {
  strong: theory({
    summary: "strong coupling: the mean, the coupling at which order ends, and the jump there",
    where: "derived: leading order in 1/sigma, private data of mean zero",
    answers: ["collectiveLargeCoupling"],
    inputs: {
      D,
      gamma,
      var: number("variance of the strengths of the private data", { default: 4, min: 0 }),
      sigma: number(sigma.summary, { default: 100, above: 0, scale: "log" }),
    },
    evaluate: ({ D, gamma, var: variance, sigma }) => {
      const strong = { D, gamma, variance };
      const M2 = strongSquare(strong, sigma);
      return {
        M: Math.sqrt(M2),
        M2,
        energy: strongEnergy(strong, sigma, M2),
        sigma_c2: upperCoupling(strong),
        squareAtJump: squareAtJump(strong),
        order: D === 1 ? "continuous" : "jump",
      };
    },
  }),
  freezing: theory({
    summary: "strongest field sigma M against which a network of the minority keeps its sign",
    where: "derived: the hump of the potential",
    answers: [],
    inputs: {
      ...inputs,
      pull: number("strength of the network's own data", { default: 4, min: 0 }),
    },
    evaluate: ({ pull, ...at }) => freezingField(at, pull),
  }),
  ridge: theory({
    summary: "mean without hidden layers, at any coupling",
    where: "derived",
    answers: [],
    inputs: { gamma, meanDelta: number("mean of the strengths", { default: 1 }) },
    evaluate: ({ gamma, meanDelta }) => ridgeMean(gamma, meanDelta),
  }),
  collective: theory({
    summary: "the flow of given networks at several couplings, and with one hidden layer where zero becomes marginal",
    where: "effective theory of the source, in equal steps of the classical Runge-Kutta method",
    inputs: {
      D: { ...D, min: 0 },
      gamma,
      delta: numbers("strengths of the private data"),
      m0: numbers("m at the start"),
      sigma: list("couplings", number("coupling", { min: 0 })),
      dt: number("time of a step", { above: 0 }),
      steps: integer("steps", { min: 0 }),
    },
    evaluate: ({ D, gamma, delta, m0, sigma, ...steps }) => {
      if (m0.length !== delta.length) throw invalid("m0", m0, `${delta.length} numbers, as delta has`);
      const runs = sigma.map(coupling => {
        const m = Float64Array.from(m0);
        rungeKutta4({ D, gamma, sigma: coupling, delta }, m, steps);
        return { sigma: coupling, m, M: magnetisation(m), loss: collectiveLoss(D, delta, m) };
      });
      return { runs, ...(D === 1 && { sigma2ExactD1: exactThreshold(delta, gamma) }) };
    },
  }),
};
