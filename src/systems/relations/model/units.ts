import type { Node } from "../../../engine/graph/node.ts";
import type { Tracer } from "../../../engine/graph/tracer.ts";
import type { Mode } from "../controls.ts";

/** Squared distance within which two symbols are taken for alike [figure 3]. */
const ALIKE = 0.1;

/**
 * Decoders of one unit without weights, which know what the relation is like [figure 3]: its input is summed over the dimensions, its value is scaled and shifted.
 * Of an order it is the difference, of classes the squared distance beyond that of symbols that are alike. `transcribed`, as a secondary source writes them,
 * has no slope for pairs that stand the wrong way round, or apart: embeddings of one class never find each other.
 */
export const unitOf = (m: Tracer, unit: Unit, mode: Mode, joined: Node): Node => {
  const sum = m.reshape(m.sum(joined, 1), [joined.shape[0], 1]);
  if (mode === "diff") return unit === "ideal" ? sum : m.relu(sum);
  return unit === "ideal" ? m.neg(m.relu(m.sub(sum, ALIKE))) : m.relu(m.sub(ALIKE, sum));
};

export type Unit = "ideal" | "transcribed";
