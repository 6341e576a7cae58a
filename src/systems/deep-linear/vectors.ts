import type { Json, JsonObject } from "../../contracts/json.ts";
import type { VectorTable } from "../../contracts/system.ts";
import { invalid } from "../../errors.ts";
import { binderCumulant, jumpBinderMinimum, loopArea, sarleCoefficient } from "../../transitions/order/statistics.ts";
import { lawOfBalanceVectors } from "../law-of-balance/vectors.ts";
import {
  readInteger,
  readMatrix,
  readNotNegative,
  readNumber,
  readNumbers,
  readPositive,
  readRows,
} from "../vector-input.ts";
import { flatNetwork } from "./model/layout.ts";
import { noisyObjective } from "./model/noisy.ts";
import { activations } from "./theory/activations.ts";
import { trivialCoexistence } from "./theory/anisotropic.ts";
import { criticalPoint } from "./theory/critical.ts";
import { escapeTime, flow, flowClosedForm } from "./theory/flow.ts";
import { equalWeight, planeMoments, scalarMoments } from "./theory/fluctuations.ts";
import { globalMinimum, modes } from "./theory/global-minimum.ts";
import { balancedLoss, balancedSlope, type Directions, eliminatedLoss, eliminatedSlope } from "./theory/landau.ts";
import { landauExpansion, neuronMinimum, normalMean, polynomial } from "./theory/neuron.ts";
import { checkDepth, DEEPEST, type Reduced } from "./theory/problem.ts";
import { type Moments, type NetworkShape, reduce } from "./theory/reduction.ts";
import { stationaryPoints } from "./theory/stationary.ts";
import { delayCoefficient, discreteSweep, slowSweep } from "./theory/sweeps.ts";

/** Answers to the test vectors of deep linear networks and of the exactly solvable models around them. */
export const deepLinearVectors: VectorTable = {
  ...lawOfBalanceVectors,

  critical: input => ({ ...criticalPoint(readReduced(input, 0)) }),

  globalMinimum: input => {
    const minimum = globalMinimum(readReduced(input, 0), readNotNegative(input, "gamma"), readNumber(input, "Ey2"));
    return { ...minimum };
  },

  landauCurves: input => {
    const problem = readReduced(input, 1);
    const gamma = readPositive(input, "gamma");
    const s = [...readNumbers(input, "s")];
    const directions: Directions = { D: problem.D, n: [problem.N], kappa: [problem.kappa] };
    return {
      balancedL: s.map(each => balancedLoss(problem, gamma, each)),
      balanceddL: s.map(each => balancedSlope(problem, gamma, each)),
      ellbar: s.map(each => eliminatedLoss(directions, gamma, each * each)),
      ellbarPrime: s.filter(each => each !== 0).map(each => eliminatedSlope(directions, gamma, each * each)),
    };
  },

  reduction: input => ({ ...reduce(readMoments(input), readShape(input)) }),

  expectedLoss: input => {
    const W = readLayers(input);
    const U = readNumbers(input, "U", W.at(-1)?.length ?? readNumbers(input, "n").length);
    const shape = {
      ...readDecays(input, W.length),
      widths: W.map(rows => rows.length),
      sigma2: [...readNumbers(input, "sigma2", W.length)],
    };
    return { loss: noisyObjective(readMoments(input), shape).loss(flatNetwork(U, W)) };
  },

  anisotropic: input => {
    const n = readNumbers(input, "n");
    const kappa = readNumbers(input, "kappa", n.length);
    kappa.forEach((value, i) => {
      if (!(value > 0)) throw invalid(`kappa[${i}]`, value, "a positive number");
    });
    const directions = { D: readDepth(input, 1), n, kappa };
    const { gamma, Bjump } = trivialCoexistence(directions);
    return {
      stationary: [...readNumbers(input, "gammas")].map((value, i) => {
        if (!(value > 0)) throw invalid(`gammas[${i}]`, value, "a positive number");
        return stationaryPoints(directions, value).map(point => ({ ...point }));
      }),
      gammaCoexistence: gamma,
      Bjump,
    };
  },

  modes: input => ({
    rows: modes(readDepth(input, 0), readNotNegative(input, "gamma"), readNumbers(input, "z")),
  }),

  flow: input => {
    const problem = readReduced(input, 1);
    const gamma = readNotNegative(input, "gamma");
    const s0 = readPositive(input, "s0");
    const t = readNumbers(input, "t");
    return {
      s: flow(problem, gamma, s0, t),
      ...(problem.D === 1 && { closedForm: flowClosedForm(problem, gamma, s0, t) }),
    };
  },

  escapeTime: input => ({
    t: escapeTime(
      readReduced(input, 1),
      readNotNegative(input, "gamma"),
      readPositive(input, "s0"),
      readPositive(input, "s1"),
    ),
  }),

  discreteSweep: input => ({
    ...discreteSweep({
      ...readReduced(input, 1),
      gammas: readNumbers(input, "gammas"),
      s0: readNumber(input, "s0"),
      lr: readPositive(input, "lr"),
      steps: readInteger(input, "steps", 0),
      floor: readNotNegative(input, "floor"),
    }),
  }),

  slowSweep: input => {
    const problem = readReduced(input, 2);
    const rates = readNumbers(input, "rates");
    rates.forEach((rate, i) => {
      if (!(rate > 0)) throw invalid(`rates[${i}]`, rate, "a positive number");
    });
    return {
      airyCoefficient: delayCoefficient(problem),
      gammaAtHalfSpinodal: Array.from(rates, rate => slowSweep(problem, rate)),
      gammaSpinodal: criticalPoint(problem).gamma_spinodal_up,
    };
  },

  canonicalD1: input => ({
    ...planeMoments(
      { N: readPositive(input, "N"), kappa: readPositive(input, "kappa") },
      readPositive(input, "gamma"),
      readPositive(input, "n"),
    ),
  }),

  canonicalScalar: input => ({
    ...scalarMoments(readReduced(input, 1), readNotNegative(input, "gamma"), {
      n: readPositive(input, "n"),
      lo: readNumber(input, "lo"),
      hi: readNumber(input, "hi"),
    }),
  }),

  equalWeight: input => ({ ...equalWeight(readReduced(input, 2), readPositive(input, "n")) }),

  neuron: input => {
    const act = input.act;
    if (typeof act !== "string" || !Object.hasOwn(activations, act))
      throw invalid("act", act, `one of ${Object.keys(activations).join(", ")}`);
    const activation = activations[act as keyof typeof activations];
    const ypoly = readNumbers(input, "ypoly");
    const y = polynomial(ypoly);
    return {
      ...landauExpansion(activation, ypoly),
      Ey2: normalMean(x => y(x) * y(x)),
      minima: [...readNumbers(input, "gammas")].map(gamma => ({ ...neuronMinimum(activation, ypoly, gamma) })),
    };
  },

  diagnostics: input => {
    const m = readNumbers(input, "m");
    const x = readNumbers(input, "x");
    return {
      binder: binderCumulant(m),
      sarle: sarleCoefficient(m),
      area: loopArea(x, readNumbers(input, "up", x.length), readNumbers(input, "down", x.length)),
      firstOrderBinderMin: jumpBinderMinimum(readNumber(input, "e1"), readNumber(input, "e2")),
    };
  },
};

const readDepth = (input: JsonObject, min: number): number => {
  const D = readInteger(input, "D", min);
  if (D > DEEPEST) checkDepth(D, min);
  return D;
};

const readReduced = (input: JsonObject, minDepth: number): Reduced => ({
  D: readDepth(input, minDepth),
  N: readPositive(input, "N"),
  kappa: readPositive(input, "kappa"),
});

const readMoments = (input: JsonObject): Moments => {
  const n = readNumbers(input, "n");
  return { A0: readMatrix(input, "A0", n.length, n.length), n: [...n], Ey2: readNumber(input, "Ey2") };
};

const readDecays = (input: JsonObject, layers?: number) => ({
  gammaU: readNumber(input, "gammaU"),
  gammaW: [...readNumbers(input, "gammaW", layers)],
});

const readShape = (input: JsonObject): NetworkShape => ({
  ...readDecays(input),
  widths: [...readNumbers(input, "widths")],
  sigma2: [...readNumbers(input, "sigma2")],
});

/** The layers W, first hidden layer first; each has as many columns as the one before has rows. */
const readLayers = (input: JsonObject): number[][][] => {
  const { W } = input;
  if (!Array.isArray(W)) throw invalid("W", W, "a list of matrices");
  let columns = readNumbers(input, "n").length;
  return W.map((layer: Json, l) => {
    const rows = readRows({ [`W[${l}]`]: layer }, `W[${l}]`, columns);
    columns = rows.length;
    return rows;
  });
};
