import { invalid } from "../../errors.ts";

/** Throws unless order[from..to-1] is a batch of at least one sample. */
export const checkBatch = (order: Int32Array, from: number, to: number): void => {
  if (!(from >= 0 && from < to && to <= order.length))
    throw invalid("to", to, `a batch order[from..to-1] inside its ${order.length} entries, with from = ${from}`);
};
