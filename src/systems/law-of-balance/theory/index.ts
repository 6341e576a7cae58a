import { integer, list, number, numbers } from "../../../contracts/field.ts";
import { theory } from "../../../contracts/system.ts";
import { invalid } from "../../../errors.ts";
import { balanceStep, gradientVariance, populationParameters } from "../model.ts";
import { correctedCriticalTemperature, criticalTemperature, lyapunovExponent } from "./laws.ts";
import { gammaLaw, stationaryLaw } from "./stationary.ts";

const gamma = number("weight decay", { default: 0 });
const temperature = (initial: number) =>
  number("temperature, step size over batch size", {
    default: initial,
    above: 0,
    scale: "log",
  });

export const balanceTheory = {
  stationary: theory({
    summary: "stationary law of v = u w for Gaussian inputs: critical temperatures, mode, moments",
    where: "eqs. 14 to 16",
    answers: ["lobStationary"],
    inputs: {
      k: number("slope of y = k x + noise", { default: 1 }),
      noiseVar: number("variance of the noise", { default: 0.5, above: 0 }),
      T: temperature(0.1),
      gamma,
      v: { ...numbers("predictors at which the density is asked for, relative to that at 1"), optional: true },
    },
    evaluate: ({ v, ...at }) => {
      const { logDensityDiff, ...law } = stationaryLaw(at, v ?? []);
      return { ...law, ...(v && { logDensityDiff }) };
    },
  }),
  gammaLaw: theory({
    summary: "stationary law of v = u w for inputs +-1: a Gamma law up to T_c, a point at zero above",
    where: "eqs. 14 to 16 with Var x^2 = 0",
    answers: ["lobGamma"],
    inputs: {
      a3: number("variance of x y", { default: 1, above: 0 }),
      b1: number("mean of x^2", { default: 1, above: 0 }),
      b2: number("mean of x y", { default: 0.1 }),
      T: temperature(0.02),
      gamma,
    },
    evaluate: ({ T, gamma, ...parameters }) => gammaLaw(parameters, T, gamma),
  }),
  sgd: theory({
    summary: "what SGD does on given points, one a step: its noise, u^2 - w^2 along the way, and where it collapses",
    where: "Theorem 3.1 in discrete time; eqs. 14 to 16, 54; sign of the Lyapunov exponent",
    answers: ["lawOfBalance"],
    inputs: {
      x: numbers("inputs of the points"),
      y: numbers("targets of the points"),
      u0: number("u at the start"),
      w0: number("w at the start"),
      eta: number("step size", { above: 0 }),
      gamma: number("weight decay"),
      order: list("point of each step", integer("number of a point", { min: 0 })),
      v: numbers("predictors at which the variance of the slope is asked for"),
    },
    evaluate: ({ x, y, u0, w0, eta, gamma, order, v }) => {
      const params = populationParameters(x, y);
      let layers = { u: u0, w: w0 };
      const Qtrace = order.map((sample, i) => {
        if (sample >= x.length)
          throw invalid(`order[${i}]`, sample, `the number of a point, from 0 to ${x.length - 1}`);
        layers = balanceStep(layers, { x: x[sample], y: y[sample], eta, gamma });
        const Q = layers.u * layers.u - layers.w * layers.w;
        if (!Number.isFinite(Q))
          throw invalid("eta", eta, `a smaller step size: the layers have diverged by step ${i + 1}`);
        return Q;
      });
      return {
        params,
        Qtrace,
        uFinal: layers.u,
        wFinal: layers.w,
        Tc: criticalTemperature(params, gamma),
        Tc1: correctedCriticalTemperature(params),
        C0atV: v.map(each => gradientVariance(params, each)),
        lyapunovBatch1: lyapunovExponent(x, y, eta, gamma),
      };
    },
  }),
};
