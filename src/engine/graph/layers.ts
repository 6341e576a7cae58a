import type { Node } from "./node.ts";
import type { Operand, Ops } from "./ops.ts";
import { sizeOf } from "./shape.ts";

/** What models are commonly made of, in primitives. */
export interface Layers {
  square(a: Operand): Node;
  abs(a: Operand): Node;
  /** max(a, 0); slope 0 at 0. What is not a number stays visible. */
  relu(a: Operand): Node;
  /** 1 / (1 + exp(-a)) */
  sigmoid(a: Operand): Node;
  /** log(1 + exp(a)) */
  softplus(a: Operand): Node;
  /** a sigmoid(a) */
  swish(a: Operand): Node;
  /** a Phi(a), Phi the normal distribution function */
  gelu(a: Operand): Node;
  mean(a: Operand, axes?: number | readonly number[]): Node;
  /** Over the last axis. */
  softmax(a: Operand): Node;
  /** Over the last axis. */
  logSoftmax(a: Operand): Node;
  /** Index array [...] -> real array [..., classes] with a 1 where the index points. */
  oneHot(indices: Node, classes: number): Node;
  /** Mean over samples of (a - b)^2 summed over the other axes. */
  squaredError(a: Operand, b: Operand): Node;
  /** Mean over samples of -log softmax(logits)[label]: logits [..., classes], labels an index array [...]. In nats. */
  crossEntropy(logits: Node, labels: Node): Node;
  /** Share of samples whose largest logit is at the label. Has no derivative. */
  accuracy(logits: Node, labels: Node): Node;
}

export const layers = (m: Ops): Layers => {
  const node = (a: Operand): Node => (typeof a === "number" ? m.constant(a) : a);
  const mean: Layers["mean"] = (a, axes) => {
    const operand = node(a);
    const sum = m.sum(operand, axes);
    return m.mul(sum, sizeOf(sum.shape) / sizeOf(operand.shape));
  };
  const sigmoid = (a: Operand) => m.mul(0.5, m.add(1, m.tanh(m.mul(0.5, a))));
  const square = (a: Operand) => m.mul(a, a);
  const logSoftmax = (a: Operand) => {
    const operand = node(a);
    const total = m.logSumExp(operand, -1);
    return m.sub(operand, m.reshape(total, [...total.shape, 1]));
  };
  const oneHot = (indices: Node, classes: number) => {
    const numbers = m.constant(Array.from({ length: classes }, (_, i) => i));
    return m.compare("equal", m.reshape(m.convert(indices, classes), [...indices.shape, 1]), numbers);
  };
  return {
    square,
    abs: a => m.maximum(a, m.neg(a)),
    relu: a => m.select(m.compare("lessOrEqual", a, 0), 0, a),
    sigmoid,
    softplus: a => m.add(m.maximum(a, 0), m.log(m.add(1, m.exp(m.neg(m.maximum(a, m.neg(a))))))),
    swish: a => m.mul(a, sigmoid(a)),
    gelu: a => m.mul(m.mul(0.5, a), m.add(1, m.erf(m.mul(a, Math.SQRT1_2)))),
    mean,
    softmax: a => m.exp(logSoftmax(a)),
    logSoftmax,
    oneHot,
    squaredError(a, b) {
      const squares = square(m.sub(a, b));
      return m.mul(m.sum(squares), 1 / (squares.shape[0] ?? 1));
    },
    crossEntropy(logits, labels) {
      const classes = logits.shape.at(-1) ?? 1;
      const own = m.sum(m.mul(oneHot(labels, classes), logits), -1);
      return mean(m.sub(m.logSumExp(logits, -1), own));
    },
    accuracy(logits, labels) {
      const classes = logits.shape.at(-1) ?? 1;
      const own = m.sum(m.mul(oneHot(labels, classes), logits), -1);
      return mean(m.compare("equal", own, m.max(logits, -1)));
    },
  };
};
