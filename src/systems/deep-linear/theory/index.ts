import { choice, type Fields, integer, list, matrix, namesOf, number, numbers } from "../../../contracts/field.ts";
import { theory } from "../../../contracts/system.ts";
import { invalid } from "../../../errors.ts";
import { flatNetwork } from "../../../learning/networks/layout.ts";
import { noisyLinearObjective } from "../../../learning/networks/noisy-linear.ts";
import { activations } from "../../../numerics/activations.ts";
import { normalMean } from "../../../numerics/normal-mean.ts";
import { polynomial } from "../../../numerics/polynomial.ts";
import { sweepValues } from "../../../numerics/sweep-values.ts";
import {
  binderCumulant,
  jumpBinderMinimum,
  loopArea,
  sarleCoefficient,
} from "../../../transitions/order/statistics.ts";
import { trivialCoexistence } from "./anisotropic.ts";
import { criticalPoint } from "./critical.ts";
import { escapeTime, flow, flowClosedForm } from "./flow.ts";
import { equalWeight, planeMoments, scalarMoments } from "./fluctuations.ts";
import { globalMinimum, modes } from "./global-minimum.ts";
import { balancedLoss, balancedSlope, eliminatedLoss, eliminatedSlope } from "./landau.ts";
import { landauExpansion, neuronCoexistence, neuronMinimum } from "./neuron.ts";
import { DEEPEST } from "./problem.ts";
import { reduce } from "./reduction.ts";
import { stationaryPoints } from "./stationary.ts";
import { delayCoefficient, discreteSweep, slowSweep } from "./sweeps.ts";

const depth = <Min extends number>(min: Min) =>
  integer("hidden layers", { default: Math.max(2, min), min, max: DEEPEST });
const positive = (summary: string) => number(summary, { above: 0 });
const eachPositive = (summary: string) => list(summary, positive("entry"));

const N = number("|E[x y]|", { above: 0, default: 1, scale: "log" });
const kappa = number("variance of the inputs times prod (1 + sigma2 / width)", { above: 0, default: 1, scale: "log" });
const gamma = number("weight decay", { default: 0.3, min: 0 });
const positiveGamma = number("weight decay", { above: 0, default: 0.9 });
const n = number("inverse temperature", { above: 0, default: 100, scale: "log" });
const s0 = number("norm of each layer at the start", { above: 0, default: 0.1 });
const decays = eachPositive("weight decays");

const moments = {
  A0: matrix("E[x x^T] by rows", { square: true }),
  n: numbers("E[x y]"),
  Ey2: number("E[y^2]"),
} as const satisfies Fields;

/** Last of the times of a flow when nothing is said, and how many steps lead there. */
const [TIME, TIMES] = [10, 8];

/** Relative error of averages over the input. */
const ROUNDING = 1e-9;

const checkLength = (name: string, values: ArrayLike<unknown>, length: number, why: string): void => {
  if (values.length !== length) throw invalid(name, values, `${length} entries, ${why}`);
};

/** The closed forms of deep linear networks that can be asked for by name, by people and by test vectors. */
export const deepLinearTheory = {
  critical: theory({
    summary: "order of the transition, critical and spinodal decay, jumps, latent heat, barrier, delay of slow sweeps",
    where: "section 3: D = 1 continuous, D >= 2 a jump",
    inputs: { D: depth(0), N, kappa },
    evaluate: problem => ({ ...criticalPoint(problem), delay: problem.D >= 2 ? delayCoefficient(problem) : null }),
  }),

  minimum: theory({
    summary: "global minimum of the loss and all stationary norms",
    where: "section 2: exact reduction to one order parameter",
    answers: ["globalMinimum"],
    inputs: { D: depth(0), N, kappa, gamma, Ey2: number("E[y^2]; N^2 / kappa when left out", { optional: true }) },
    evaluate: ({ gamma, Ey2, ...problem }) =>
      globalMinimum(problem, gamma, Ey2 ?? (problem.N * problem.N) / problem.kappa),
  }),

  landauCurves: theory({
    summary: "one-dimensional forms of the loss over the norm s of a layer, and their slopes",
    where: "section 2: balanced layers, and the first layer minimised away",
    inputs: { D: depth(1), N, kappa, gamma: positiveGamma, s: numbers("norm of a layer") },
    evaluate({ gamma, s, ...problem }) {
      const directions = { D: problem.D, n: [problem.N], kappa: [problem.kappa] };
      return {
        balancedL: s.map(each => balancedLoss(problem, gamma, each)),
        balanceddL: s.map(each => balancedSlope(problem, gamma, each)),
        ellbar: s.map(each => eliminatedLoss(directions, gamma, each * each)),
        ellbarPrime: s.filter(each => each !== 0).map(each => eliminatedSlope(directions, gamma, each * each)),
      };
    },
  }),

  reduction: theory({
    summary: "global minimum of a whole network with noise and unequal decays",
    where: "section 2: exact reduction to one order parameter",
    inputs: {
      ...moments,
      gammaU: positive("weight decay of the last layer"),
      gammaW: decays,
      widths: list("neurons of each hidden layer", integer("entry", { min: 1 })),
      sigma2: list("variance of the noise of each hidden layer", number("entry", { min: 0 })),
    },
    evaluate: ({ A0, n, Ey2, ...shape }) => reduce({ A0, n, Ey2 }, shape),
  }),

  expectedLoss: theory({
    summary: "loss of a whole network, averaged over data and multiplicative noise",
    where: "arXiv 2202.04777, eq. 1",
    inputs: {
      U: numbers("last layer"),
      W: list("hidden layers, the first one first", matrix("layer")),
      ...moments,
      gammaU: number("weight decay of the last layer"),
      gammaW: numbers("weight decay of each hidden layer"),
      sigma2: numbers("variance of the noise of each hidden layer"),
    },
    evaluate({ U, W, A0, n, Ey2, ...decays }) {
      checkLength("A0", A0, n.length, "as n has");
      for (const name of ["gammaW", "sigma2"] as const)
        checkLength(name, decays[name], W.length, "one for each hidden layer");
      const sizes = [n.length, ...W.map(rows => rows.length)];
      W.forEach((rows, l) => {
        checkLength(`W[${l}][0]`, rows[0], sizes[l], "as the layer below has neurons");
      });
      checkLength("U", U, sizes[W.length], "as the last hidden layer has neurons");
      const objective = noisyLinearObjective({ A0, n, Ey2 }, { ...decays, widths: sizes.slice(1) });
      return { loss: objective.loss(flatNetwork(U, W)) };
    },
  }),

  anisotropic: theory({
    summary: "stationary points on data of several directions, and where the last learned one is as low as the trivial",
    where: "section 3.4: several successive jumps",
    inputs: {
      D: depth(1),
      n: numbers("E[x y] by directions"),
      kappa: eachPositive("curvature of each direction"),
      gammas: decays,
    },
    evaluate({ gammas, ...directions }) {
      checkLength("kappa", directions.kappa, directions.n.length, "as n has");
      const { gamma, Bjump } = trivialCoexistence(directions);
      return {
        stationary: gammas.map(each => stationaryPoints(directions, each)),
        gammaCoexistence: gamma,
        Bjump,
      };
    },
  }),

  modes: theory({
    summary: "modes of several outputs with white inputs: each has a transition of its own",
    where: "section 3.4",
    inputs: { D: depth(0), gamma, z: list("strength of each mode", number("entry", { min: 0 })) },
    evaluate: ({ D, gamma, z }) => ({ rows: modes(D, gamma, z) }),
  }),

  flow: theory({
    summary: "balanced gradient flow from a small start, at nine times or at those that are given",
    where: "section 2.2: ds/dt = -2 (kappa s^(2D+1) - N s^D + gamma s)",
    inputs: {
      D: { ...depth(1), default: 1 },
      N,
      kappa,
      gamma,
      s0,
      time: number(`last of nine times; ${TIME} when left out`, { above: 0, optional: true }),
      t: list("times, ascending", number("entry", { min: 0 }), { least: 1, optional: true }),
    },
    evaluate({ gamma, s0, time = TIME, t = [...sweepValues(0, time, TIMES + 1)], ...problem }) {
      const s = flow(problem, gamma, s0, t);
      return { t, s, closedForm: problem.D === 1 ? flowClosedForm(problem, gamma, s0, t) : null };
    },
  }),

  escapeTime: theory({
    summary: "time of balanced flow from one norm to another; null when it does not get there",
    where: "section 2.2",
    inputs: { D: depth(1), N, kappa, gamma, s0, s1: number("norm at the end", { above: 0, default: 0.5 }) },
    evaluate: ({ gamma, s0, s1, ...problem }) => ({ t: escapeTime(problem, gamma, s0, s1) }),
  }),

  discreteSweep: theory({
    summary: "gradient descent of the balanced norm in a sweep up and down",
    where: "section 4.2",
    inputs: {
      D: depth(1),
      N,
      kappa,
      gammas: numbers("weight decay, ascending", { least: 1 }),
      s0: number("norm at the start"),
      lr: positive("step size"),
      steps: integer("steps at each value", { min: 0 }),
      floor: number("least norm at the start of each value on the way down", { min: 0 }),
    },
    evaluate: discreteSweep,
  }),

  slowSweep: theory({
    summary: "where a slow sweep through the spinodal falls, and the coefficient of its delay",
    where: "section 4.2",
    inputs: { D: depth(2), N, kappa, rates: eachPositive("change of the weight decay in unit time") },
    evaluate: ({ rates, ...problem }) => ({
      airyCoefficient: delayCoefficient(problem),
      gammaAtHalfSpinodal: rates.map(rate => slowSweep(problem, rate)),
      gammaSpinodal: criticalPoint(problem).gamma_spinodal_up,
    }),
  }),

  fluctuations: theory({
    summary: "moments and Binder cumulant of the narrowest network at D = 1 and inverse temperature n",
    where: "section 6: exp(-n L) on the plane",
    answers: ["canonicalD1"],
    inputs: { N, kappa, gamma: positiveGamma, n },
    evaluate: ({ gamma, n, ...problem }) => planeMoments(problem, gamma, n),
  }),

  canonicalScalar: theory({
    summary: "moments of the balanced norm at inverse temperature n, on an interval",
    where: "section 6: exp(-n L(s))",
    inputs: { D: depth(1), N, kappa, gamma, n, lo: number("lower end"), hi: number("upper end") },
    evaluate: ({ gamma, n, lo, hi, ...problem }) => scalarMoments(problem, gamma, { n, lo, hi }),
  }),

  equalWeight: theory({
    summary: "weight decay at which both phases have equal weight at inverse temperature n",
    where: "section 6",
    inputs: { D: depth(2), N, kappa, n },
    evaluate: ({ n, ...problem }) => equalWeight(problem, n),
  }),

  neuron: theory({
    summary:
      "Landau expansion of one neuron on y = x + skew (x^2 - 1) + cubic (x^3 - 3 x), its minimum and where it coexists",
    where: "section 5: depth alone does not fix the order",
    answers: [],
    inputs: {
      activation: choice(
        "nonlinearity",
        namesOf(activations).filter(name => name !== "relu"),
        { default: "tanh" },
      ),
      skew: number("x^2 - 1 in the target", { default: 0 }),
      cubic: number("x^3 - 3 x in the target", { default: -1 }),
      gamma: positiveGamma,
    },
    evaluate({ activation, skew, cubic, gamma }) {
      const ypoly = [-skew, 1 - 3 * cubic, skew, cubic];
      const expansion = landauExpansion(activations[activation], ypoly);
      const coexistence = neuronCoexistence(activations[activation], ypoly);
      return {
        ...expansion,
        minimum: neuronMinimum(activations[activation], ypoly, gamma),
        // Without a jump the origin is the lowest point up to where it is stable.
        coexistence: coexistence > expansion.gammaLinearStability * (1 + ROUNDING) ? coexistence : null,
      };
    },
  }),

  neuronMinima: theory({
    summary: "Landau expansion of one neuron on any polynomial, and its minimum at several decays",
    where: "section 5: depth alone does not fix the order",
    answers: ["neuron"],
    inputs: {
      act: choice("nonlinearity", namesOf(activations), { default: "tanh" }),
      ypoly: numbers("coefficients of y by powers of x"),
      gammas: decays,
    },
    evaluate({ act, ypoly, gammas }) {
      const y = polynomial(ypoly);
      return {
        ...landauExpansion(activations[act], ypoly),
        Ey2: normalMean(x => y(x) * y(x)),
        minima: gammas.map(gamma => neuronMinimum(activations[act], ypoly, gamma)),
      };
    },
  }),

  diagnostics: theory({
    summary: "statistics that tell the orders of transitions apart",
    where: "section 7",
    inputs: {
      m: numbers("draws of an order parameter", { least: 1 }),
      x: numbers("control, ascending", { least: 1 }),
      up: numbers("order parameter on the way up"),
      down: numbers("order parameter on the way down"),
      e1: number("energy on one side of a jump"),
      e2: number("energy on the other side"),
    },
    evaluate: ({ m, x, up, down, e1, e2 }) => ({
      binder: binderCumulant(m),
      sarle: sarleCoefficient(m),
      area: loopArea(x, up, down),
      firstOrderBinderMin: jumpBinderMinimum(e1, e2),
    }),
  }),
};
