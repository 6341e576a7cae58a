import { invalid } from "../../errors.ts";
import { log } from "../../numerics/elementary.ts";

/** Whether a coarse description keeps what micro states tell of a target; all in bits. */
export interface ScreeningOff {
  /** Mutual information of micro state and target, and of macro state and target. */
  readonly miMicro: number;
  readonly miMacro: number;
  /** miMacro / miMicro, from 0 to 1, as merging states can only lose information; null where micro states tell nothing. */
  readonly screeningOff: number | null;
  readonly hMicro: number;
  readonly hMacro: number;
  /** 1 - hMacro / hMicro; null where there is one micro state. */
  readonly compression: number | null;
  /** By how much plug-in estimates of the two are too large, about: (rows - 1)(columns - 1) / (2 n ln 2). */
  readonly biasMicro: number;
  readonly biasMacro: number;
}

/** Values from which the description counts as one that screens off the details. A convention. */
export const SCREENED = { screeningOff: 0.95, compression: 0.3 } as const;

/** Blocks of a partition, renumbered by their first member. Throws unless there is a block for each of `length` states. */
export const blocksOf = (
  partition: readonly number[],
  length: number,
): { readonly of: readonly number[]; readonly count: number } => {
  if (partition.length !== length)
    throw invalid("the length of partition", partition.length, `${length}, a block for each state`);
  const names = [...new Set(partition)];
  return { of: partition.map(name => names.indexOf(name)), count: names.length };
};

/**
 * @param joint Counts of micro state (row) and target (column)
 * @param partition The macro state of each micro state
 */
export const screeningOff = (joint: readonly (readonly number[])[], partition: readonly number[]): ScreeningOff => {
  const { of, count } = blocksOf(partition, joint.length);
  joint.forEach((row, i) => {
    row.forEach((value, j) => {
      if (!(value >= 0 && value < Infinity)) throw invalid(`joint[${i}][${j}]`, value, "a count from 0 on");
    });
  });
  const n = joint.flat().reduce((sum, value) => sum + value, 0);
  if (!(n > 0)) throw invalid("joint", joint, "a positive count among them");
  const macro = merged(joint, of, count);
  const [micro, coarse] = [information(joint, n), information(macro, n)];
  const bias = (table: readonly (readonly number[])[]): number => {
    const [rows, columns] = [rowSums(table), rowSums(transposed(table))].map(
      sums => sums.filter(sum => sum > 0).length,
    );
    return ((rows - 1) * (columns - 1)) / (2 * n * Math.LN2);
  };
  return {
    miMicro: micro.mutual,
    miMacro: coarse.mutual,
    screeningOff: micro.mutual > NOTHING ? coarse.mutual / micro.mutual : null,
    hMicro: micro.entropy,
    hMacro: coarse.entropy,
    compression: micro.entropy > 0 ? 1 - coarse.entropy / micro.entropy : null,
    biasMicro: bias(joint),
    biasMacro: bias(macro),
  };
};

/** Rounding of a mutual information that is nought, in bits. */
const NOTHING = 1e-14;

const merged = (joint: readonly (readonly number[])[], of: readonly number[], count: number): number[][] => {
  const out = Array.from({ length: count }, () => new Array<number>(joint[0].length).fill(0));
  joint.forEach((row, i) => {
    row.forEach((value, j) => {
      out[of[i]][j] += value;
    });
  });
  return out;
};

const rowSums = (table: readonly (readonly number[])[]): readonly number[] =>
  table.map(row => row.reduce((sum, value) => sum + value, 0));

const transposed = (table: readonly (readonly number[])[]): readonly (readonly number[])[] =>
  table[0].map((_, j) => table.map(row => row[j]));

/** Mutual information of rows and columns, and entropy of rows, in bits. */
const information = (
  table: readonly (readonly number[])[],
  n: number,
): { readonly mutual: number; readonly entropy: number } => {
  const [rows, columns] = [rowSums(table), rowSums(transposed(table))];
  let [mutual, entropy] = [0, 0];
  table.forEach((row, i) => {
    if (rows[i] > 0) entropy -= (rows[i] / n) * bits(rows[i] / n);
    row.forEach((value, j) => {
      if (value > 0) mutual += (value / n) * bits((value / rows[i]) * (n / columns[j]));
    });
  });
  return { mutual: Math.max(0, mutual), entropy };
};

/** log2 */
export const bits = (value: number): number => log(value) / Math.LN2;
