import type { VectorTable } from "../../contracts/system.ts";
import { invalid } from "../../errors.ts";
import { readNumber, readNumbers, readPositive } from "../vector-input.ts";
import {
  balanceStep,
  correctedCriticalTemperature,
  criticalTemperature,
  gammaLaw,
  gradientVariance,
  lyapunovExponent,
  populationParameters,
  stationaryLaw,
} from "./theory.ts";

/** Answers to the test vectors of the law of balance. */
export const lawOfBalanceVectors: VectorTable = {
  lawOfBalance: input => {
    const x = readNumbers(input, "x");
    const y = readNumbers(input, "y", x.length);
    const eta = readPositive(input, "eta");
    const gamma = readNumber(input, "gamma");
    const params = populationParameters(x, y);
    let state = { u: readNumber(input, "u0"), w: readNumber(input, "w0") };
    const Qtrace = [...readNumbers(input, "order")].map((sample, i) => {
      if (!Number.isInteger(sample) || sample < 0 || sample >= x.length)
        throw invalid(`order[${i}]`, sample, `the number of a point, from 0 to ${x.length - 1}`);
      state = balanceStep(state, { x: x[sample], y: y[sample], eta, gamma });
      return state.u * state.u - state.w * state.w;
    });
    return {
      params: { ...params },
      Qtrace,
      uFinal: state.u,
      wFinal: state.w,
      Tc: criticalTemperature(params, gamma),
      Tc1: correctedCriticalTemperature(params),
      C0atV: [...readNumbers(input, "v")].map(v => gradientVariance(params, v)),
      lyapunovBatch1: lyapunovExponent(x, y, eta, gamma),
    };
  },

  lobStationary: input => {
    const { params, logDensityDiff, ...law } = stationaryLaw(
      {
        k: readNumber(input, "k"),
        noiseVar: readPositive(input, "noiseVar"),
        T: readPositive(input, "T"),
        gamma: readNumber(input, "gamma"),
      },
      readNumbers(input, "v"),
    );
    return { ...law, params: { ...params }, logDensityDiff: logDensityDiff && [...logDensityDiff] };
  },

  lobGamma: input => ({
    ...gammaLaw(
      { a3: readPositive(input, "a3"), b1: readPositive(input, "b1"), b2: readNumber(input, "b2") },
      readPositive(input, "T"),
      readNumber(input, "gamma"),
    ),
  }),
};
