import type { VectorTable } from "../../contracts/system.ts";
import { invalid } from "../../errors.ts";
import { readInteger, readNotNegative, readNumbers, readPositive } from "../vector-input.ts";
import { magnetisation, rungeKutta4 } from "./model.ts";
import { collectiveLoss, DEEPEST, exactThreshold, strongSquare, upperCoupling } from "./theory.ts";

/** Answers to the test vectors of collective learning. */
export const collectiveLearningVectors: VectorTable = {
  collective: input => {
    const D = readInteger(input, "D", 0);
    if (D > DEEPEST) throw invalid("D", D, `an integer of at most ${DEEPEST}`);
    const gamma = readNotNegative(input, "gamma");
    const delta = readNumbers(input, "delta");
    const m0 = readNumbers(input, "m0", delta.length);
    const steps = { dt: readPositive(input, "dt"), steps: readInteger(input, "steps", 0) };
    const runs = [...readNumbers(input, "sigma")].map(sigma => {
      const m = m0.slice();
      rungeKutta4({ D, gamma, sigma, delta }, m, steps);
      return { sigma, m: [...m], M: magnetisation(m), loss: collectiveLoss(D, delta, m) };
    });
    return { runs, ...(D === 1 && { sigma2ExactD1: exactThreshold(delta, gamma) }) };
  },

  collectiveLargeCoupling: input => {
    const strong = {
      D: readInteger(input, "D", 1),
      gamma: readNotNegative(input, "gamma"),
      variance: readNotNegative(input, "var"),
    };
    return { sigma_c2: upperCoupling(strong), M2: strongSquare(strong, readPositive(input, "sigma")) };
  },
};
