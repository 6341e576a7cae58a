import type { VectorTable } from "../../contracts/system.ts";
import { invalid } from "../../errors.ts";
import { readNumber, readNumbers, readPositive, readRows, readSquare } from "../vector-input.ts";
import { attractingDecay, leastCurvature, mirrorLyapunov } from "./theory.ts";

/** Answers to the test vectors of mirror symmetries. */
export const mirrorSymmetryVectors: VectorTable = {
  symmetry: input => {
    const H = readSquare(input, "H");
    const first = Array.isArray(input.O) ? input.O[0] : undefined;
    if (!Array.isArray(first)) throw invalid("O", input.O, "a list of rows of numbers");
    const lambdaMin = leastCurvature({ O: readRows(input, "O", first.length), H });
    return {
      lambdaMin,
      gammaCritical: attractingDecay(lambdaMin),
      lyapunov: mirrorLyapunov(readNumbers(input, "hSamples"), readPositive(input, "eta"), readNumber(input, "gamma")),
    };
  },
};
