import type { VectorTable } from "../../contracts/system.ts";
import { invalid } from "../../errors.ts";
import {
  readInteger,
  readMatrix,
  readNotNegative,
  readNumber,
  readNumbers,
  readPositive,
  readRows,
  readSquare,
} from "../vector-input.ts";
import { vaeObjective } from "./model.ts";
import { vaeSpectrum, vaeTheory } from "./theory.ts";

/** Answers to the test vectors of the linear variational autoencoder. */
export const linearVaeVectors: VectorTable = {
  vae: input => {
    const { learnSigma, fixedSigma, betaCritical } = vaeTheory({
      zeta: [...readNumbers(input, "zeta")],
      d1: readInteger(input, "d1", 1),
      beta: readNotNegative(input, "beta"),
      etaEnc: readPositive(input, "etaEnc"),
      etaDec: readPositive(input, "etaDec"),
      Ey2: readNumber(input, "Ey2"),
    });
    const plain = ({ modes, minLoss }: typeof learnSigma) => ({ modes: modes.map(mode => ({ ...mode })), minLoss });
    return { learnSigma: plain(learnSigma), fixedSigma: plain(fixedSigma), betaCritical };
  },

  vaeMatrices: input => {
    const A = readSquare(input, "A");
    const d0 = A.length;
    const M = readRows(input, "M", d0);
    const d1 = readInteger(input, "d1", 1);
    const noiseTrace = readNotNegative(input, "noiseTrace");
    const settings = {
      d1,
      beta: readNotNegative(input, "beta"),
      etaEnc: readPositive(input, "etaEnc"),
      etaDec: readPositive(input, "etaDec"),
    };
    const sig = readNumbers(input, "sig", d1);
    sig.forEach((value, i) => {
      if (!(value > 0)) throw invalid(`sig[${i}]`, value, "a positive number");
    });
    const { zeta, Ey2 } = vaeSpectrum({ A, M, noiseTrace });
    const point = Float64Array.from([
      ...readMatrix(input, "U", M.length, d1).flat(),
      ...readMatrix(input, "W", d0, d1).flat(),
      ...Array.from(sig, value => value / settings.etaEnc),
    ]);
    return {
      zeta,
      Ey2,
      minLoss: vaeTheory({ zeta, Ey2, ...settings }).learnSigma.minLoss,
      lossAtPoint: vaeObjective({ A, M, noiseTrace }, { ...settings, learnSigma: true }).loss(point),
    };
  },
};
