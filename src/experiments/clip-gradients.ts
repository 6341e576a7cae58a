import type { Node } from "../engine/graph/node.ts";
import type { Ops } from "../engine/graph/ops.ts";
import type { Clip } from "../learning/gradient-clipping.ts";

/** Keeps a division by the largest entry meaningful when all are 0. */
const TINY = 1e-30;

/**
 * Bounds the gradients of all parameters, as `clipped` of the flat vectors does.
 * Norm: g <- g min(1, norm / |g|), with |g| the Euclidean length over all parameters.  [Pascanu et al. 2013]
 * Value: each entry is kept within -value and value.
 */
export const clipGradients = (m: Ops, gradients: readonly Node[], clip: Clip): Node[] => {
  if ("value" in clip) return gradients.map(gradient => m.minimum(clip.value, m.maximum(-clip.value, gradient)));
  // In units of the largest entry, as squares overflow early in single precision.
  const largest = gradients.map(gradient => m.max(m.maximum(gradient, m.neg(gradient))));
  const unit = m.maximum(
    TINY,
    largest.reduce((a, b) => m.maximum(a, b)),
  );
  const scaled = gradients.map(gradient => m.div(gradient, unit));
  const length = m.sqrt(scaled.map(gradient => m.sum(m.mul(gradient, gradient))).reduce((a, b) => m.add(a, b)));
  const isLonger = m.compare("less", clip.norm, m.mul(unit, length));
  const factor = m.div(clip.norm, length);
  return gradients.map((gradient, i) => m.select(isLonger, m.mul(scaled[i], factor), gradient));
};
