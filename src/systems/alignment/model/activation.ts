import type { Node } from "../../../engine/graph/node.ts";
import type { Tracer } from "../../../engine/graph/tracer.ts";
import type { activationNames } from "../controls.ts";

/** a above 0, slope a elsewhere; its derivative at 0 is the slope, which counts: an input at 0 leaves a layer without biases there. */
export const leakyRelu =
  (slope: number) =>
  (m: Tracer, a: Node): Node =>
    m.select(m.compare("less", 0, a), a, m.mul(slope, a));

const elu = (m: Tracer, a: Node): Node => m.select(m.compare("less", 0, a), a, m.sub(m.exp(m.minimum(a, 0)), 1));

export const activations: {
  readonly [name in (typeof activationNames)[number]]: (m: Tracer, a: Node) => Node;
} = {
  leaky: leakyRelu(0.01),
  relu: (m, a) => m.relu(a),
  linear: (_, a) => a,
  tanh: (m, a) => m.tanh(a),
  elu,
  swish: (m, a) => m.swish(a),
};
