import type { Control, Settings } from "../../../contracts/field.ts";
import type { TheoryEntry } from "../../../contracts/system.ts";
import { type ActivationName, activations } from "./activations.ts";
import { criticalPoint } from "./critical.ts";
import { flow, flowClosedForm } from "./flow.ts";
import { planeMoments } from "./fluctuations.ts";
import { globalMinimum } from "./global-minimum.ts";
import { landauExpansion, neuronCoexistence, neuronMinimum } from "./neuron.ts";
import { delayCoefficient } from "./sweeps.ts";

type Numbers = { readonly [name: string]: number };

const D = (min: number): Control => ({ kind: "integer", summary: "hidden layers", default: 2, min, max: 64 });
const N: Control = { kind: "number", summary: "|E[x y]|", default: 1, min: 1e-6, max: 1e6, scale: "log" };
const kappa: Control = {
  kind: "number",
  summary: "variance of the inputs times prod (1 + sigma2 / width)",
  default: 1,
  min: 1e-6,
  max: 1e6,
  scale: "log",
};
const gamma: Control = { kind: "number", summary: "weight decay", default: 0.3, min: 0, max: 1e6 };
const positiveGamma: Control = { ...gamma, default: 0.9, min: 1e-3 };

const reduced = (inputs: Settings) => inputs as unknown as { D: number; N: number; kappa: number; gamma: number };

/** The closed forms of deep linear networks that can be asked for by name. */
export const deepLinearTheory: { readonly [name: string]: TheoryEntry } = {
  critical: {
    summary: "order of the transition, critical and spinodal decay, jumps, latent heat, barrier, delay of slow sweeps",
    where: "section 3: D = 1 continuous, D >= 2 a jump",
    inputs: { D: D(0), N, kappa },
    evaluate: inputs => {
      const problem = reduced(inputs);
      return { ...criticalPoint(problem), delay: problem.D >= 2 ? delayCoefficient(problem) : null };
    },
  },

  minimum: {
    summary: "global minimum of the loss and all stationary norms",
    where: "section 2: exact reduction to one order parameter",
    inputs: { D: D(0), N, kappa, gamma },
    evaluate: inputs => {
      const problem = reduced(inputs);
      return { ...globalMinimum(problem, problem.gamma, (problem.N * problem.N) / problem.kappa) };
    },
  },

  flow: {
    summary: "balanced gradient flow from a small start, at eight times",
    where: "section 2.2: ds/dt = -2 (kappa s^(2D+1) - N s^D + gamma s)",
    inputs: {
      D: { ...D(1), default: 1 } as Control,
      N,
      kappa,
      gamma,
      s0: { kind: "number", summary: "norm of each layer at the start", default: 0.1, min: 1e-6, max: 10 },
      time: { kind: "number", summary: "last time", default: 10, min: 1e-3, max: 1e4 },
    },
    evaluate: inputs => {
      const problem = reduced(inputs);
      const { s0, time } = inputs as Numbers;
      const t = Array.from({ length: 9 }, (_, i) => (time * i) / 8);
      const s = flow(problem, problem.gamma, s0, t);
      return { t, s, closedForm: problem.D === 1 ? flowClosedForm(problem, problem.gamma, s0, t) : null };
    },
  },

  fluctuations: {
    summary: "moments and Binder cumulant of the narrowest network at D = 1 and inverse temperature n",
    where: "section 6: exp(-n L) on the plane",
    inputs: {
      N,
      kappa,
      gamma: positiveGamma,
      n: { kind: "number", summary: "inverse temperature", default: 100, min: 1, max: 1e5, scale: "log" },
    },
    evaluate: inputs => {
      const { n } = inputs as Numbers;
      const problem = reduced(inputs);
      return { ...planeMoments(problem, problem.gamma, n) };
    },
  },

  neuron: {
    summary:
      "Landau expansion of one neuron on y = x + skew (x^2 - 1) + cubic (x^3 - 3 x), its minimum and where it coexists",
    where: "section 5: depth alone does not fix the order",
    inputs: {
      activation: {
        kind: "choice",
        summary: "nonlinearity",
        default: "tanh",
        choices: Object.keys(activations).filter(name => name !== "relu"),
      },
      skew: { kind: "number", summary: "x^2 - 1 in the target", default: 0, min: -10, max: 10 },
      cubic: { kind: "number", summary: "x^3 - 3 x in the target", default: -1, min: -10, max: 10 },
      gamma: positiveGamma,
    },
    evaluate: inputs => {
      const { skew, cubic } = inputs as Numbers;
      const activation = activations[inputs.activation as ActivationName];
      const ypoly = [-skew, 1 - 3 * cubic, skew, cubic];
      const expansion = landauExpansion(activation, ypoly);
      const jumps = expansion.r3 !== 0 || expansion.r4 < 0;
      return {
        ...expansion,
        minimum: { ...neuronMinimum(activation, ypoly, (inputs as Numbers).gamma) },
        coexistence: jumps ? neuronCoexistence(activation, ypoly) : null,
      };
    },
  },
};
