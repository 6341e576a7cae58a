import { invalid } from "../../errors.ts";
import { bits, blocksOf } from "./screening-off.ts";

/** How much of its effects a description determines, micro and macro, in bits. */
export interface EffectiveInformation {
  readonly micro: number;
  /** The mean of the rows of a block, columns of a block summed. */
  readonly macroTpm: readonly (readonly number[])[];
  readonly macro: number;
  /** macro - micro: positive where the coarse description determines more. */
  readonly causalEmergence: number;
}

/** By how much a row of probabilities may miss the sum 1. */
const ROUNDING = 1e-6;

/**
 * Mean over states of the divergence of their effects from the mean effect.  [Hoel, Albantakis & Tononi 2013]
 * @param tpm Transition probabilities, a row for each state
 * @param partition The macro state of each micro state
 */
export const effectiveInformation = (
  tpm: readonly (readonly number[])[],
  partition: readonly number[],
): EffectiveInformation => {
  tpm.forEach((row, i) => {
    if (row.length !== tpm.length)
      throw invalid(`the length of tpm[${i}]`, row.length, `${tpm.length}, as many as rows`);
    row.forEach((value, j) => {
      if (!(value >= 0 && value <= 1 + ROUNDING)) throw invalid(`tpm[${i}][${j}]`, value, "a probability");
    });
    const whole = row.reduce((sum, value) => sum + value, 0);
    if (!(Math.abs(whole - 1) <= ROUNDING)) throw invalid(`the sum of tpm[${i}]`, whole, "1");
  });
  const { of, count } = blocksOf(partition, tpm.length);
  const sizes = new Array<number>(count).fill(0);
  for (const block of of) sizes[block]++;
  const macroTpm = Array.from({ length: count }, () => new Array<number>(count).fill(0));
  tpm.forEach((row, i) => {
    row.forEach((value, j) => {
      macroTpm[of[i]][of[j]] += value / sizes[of[i]];
    });
  });
  const [micro, macro] = [determinism(tpm), determinism(macroTpm)];
  return { micro, macroTpm, macro, causalEmergence: macro - micro };
};

const determinism = (rows: readonly (readonly number[])[]): number => {
  const mean = rows[0].map((_, j) => rows.reduce((sum, row) => sum + row[j], 0) / rows.length);
  return (
    rows.reduce(
      (sum, row) => sum + row.reduce((total, value, j) => total + (value > 0 ? value * bits(value / mean[j]) : 0), 0),
      0,
    ) / rows.length
  );
};
