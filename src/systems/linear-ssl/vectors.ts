import type { VectorTable } from "../../contracts/system.ts";
import { readInteger, readMatrix, readNumber, readSquare } from "../vector-input.ts";
import { sslMinimum } from "./theory.ts";

/** Answers to the test vectors of linear self-supervised learning. */
export const linearSslVectors: VectorTable = {
  ssl: input => {
    const A = readSquare(input, "A");
    const { WtW, ...minimum } = sslMinimum({
      A,
      C: readMatrix(input, "C", A.length, A.length),
      alpha: readNumber(input, "alpha"),
      gamma: readNumber(input, "gamma"),
      width: readInteger(input, "rank", 1),
    });
    return { ...minimum, WtW: WtW?.map(row => [...row]) ?? null };
  },
};
