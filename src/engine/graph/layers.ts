import { LandauError } from "../../errors.ts";
import type { Node } from "./node.ts";
import type { Operand, Ops } from "./ops.ts";
import { sameShape, shapeText, sizeOf } from "./shape.ts";

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
  /** log of the sum of exp(a) over the given axes, or over all. */
  logSumExp(a: Operand, axes?: number | readonly number[]): Node;
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

/** Labels are whole numbers that count classes, one for each row of logits. */
const checkLabels = (what: string, labels: Node, logits?: Node): void => {
  const name = "name" in labels.attributes ? ` ${labels.attributes.name}` : "";
  const problem = (why: string) => new LandauError("input", `${what}: the labels${name} ${why}`);
  const rows = logits?.shape.slice(0, -1);
  if (labels.element !== "index")
    throw problem(
      `are real numbers of shape ${shapeText(labels.shape)}: needs whole numbers from 0, one for each sample, in an Int32Array (Int32Array.from makes one)${
        logits && sameShape(labels.shape, logits.shape) && labels.shape.length > 1
          ? "; of rows with a 1 at the class, take its index"
          : ""
      }`,
    );
  if (rows && !sameShape(labels.shape, rows))
    throw problem(
      `have shape ${shapeText(labels.shape)}: needs ${shapeText(rows)}, one for each row of logits ${shapeText(logits!.shape)}`,
    );
};

/** `here` names the line of the caller in messages. */
export const layers = (m: Ops, here: () => string = () => ""): Layers => {
  const node = (a: Operand): Node => (typeof a === "number" ? m.constant(a) : a);
  const mean: Layers["mean"] = (a, axes) => {
    const operand = node(a);
    const sum = m.sum(operand, axes);
    return m.mul(sum, sizeOf(sum.shape) / sizeOf(operand.shape));
  };
  const sigmoid = (a: Operand) => m.mul(0.5, m.add(1, m.tanh(m.mul(0.5, a))));
  const square = (a: Operand) => m.mul(a, a);
  /** An array that was folded over axes, so that it lines up with the whole again. */
  const along = (whole: Node, folded: Node, axes?: number | readonly number[]): Node => {
    const rank = whole.shape.length;
    const gone = axes === undefined ? whole.shape.keys() : [axes].flat().map(axis => (axis + rank) % rank);
    const ones = new Set(gone);
    return m.reshape(
      folded,
      whole.shape.map((length, axis) => (ones.has(axis) ? 1 : length)),
    );
  };
  /**
   * The largest entry, and by how much the logarithm of the sum of exponentials is above it: the largest one's own 1 is left to log1p, so
   * that this difference keeps its digits when the others are far below. Its derivative is the same with the largest held fixed.
   */
  const aboveLargest = (a: Operand, axes?: number | readonly number[]) => {
    const operand = node(a);
    const largest = m.stopGradient(m.max(operand, axes));
    const shifted = m.sub(operand, along(operand, largest, axes));
    const isLargest = m.compare("equal", shifted, 0);
    const others = m.add(m.sum(m.sub(m.exp(shifted), isLargest), axes), m.sub(m.sum(isLargest, axes), 1));
    return { largest, shifted, above: m.log1p(others) };
  };
  const logSoftmax = (a: Operand) => {
    const { shifted, above } = aboveLargest(a, -1);
    return m.sub(shifted, along(shifted, above, -1));
  };
  const oneHot = (indices: Node, classes: number) => {
    checkLabels(`oneHot${here()}`, indices);
    const numbers = m.constant(Array.from({ length: classes }, (_, i) => i));
    return m.compare("equal", m.reshape(m.convert(indices, classes), [...indices.shape, 1]), numbers);
  };
  return {
    square,
    abs: a => m.maximum(a, m.neg(a)),
    relu: a => m.select(m.compare("lessOrEqual", a, 0), 0, a),
    sigmoid,
    softplus: a => m.add(m.maximum(a, 0), m.log1p(m.exp(m.neg(m.maximum(a, m.neg(a)))))),
    swish: a => m.mul(a, sigmoid(a)),
    gelu: a => m.mul(m.mul(0.5, a), m.add(1, m.erf(m.mul(a, Math.SQRT1_2)))),
    mean,
    logSumExp(a, axes) {
      const { largest, above } = aboveLargest(a, axes);
      return m.add(largest, above);
    },
    softmax: a => m.exp(logSoftmax(a)),
    logSoftmax,
    oneHot,
    squaredError(a, b) {
      const squares = square(m.sub(a, b));
      return m.mul(m.sum(squares), 1 / (squares.shape[0] ?? 1));
    },
    // Relative to the label's own logit, so that neither an offset of all logits nor a margin costs digits; its derivative is the same with the margin held fixed.
    crossEntropy(logits, labels) {
      checkLabels(`crossEntropy${here()}`, labels, logits);
      const isLabel = oneHot(labels, logits.shape.at(-1) ?? 1);
      const own = m.sum(m.select(isLabel, logits, 0), -1);
      const margin = m.stopGradient(m.sub(m.max(logits, -1), own));
      const beyond = m.sub(m.sub(logits, along(logits, own, -1)), along(logits, margin, -1));
      const others = m.sum(m.select(isLabel, 0, m.exp(beyond)), -1);
      return mean(m.add(margin, m.log1p(m.add(others, m.sub(m.exp(m.neg(margin)), 1)))));
    },
    accuracy(logits, labels) {
      checkLabels(`accuracy${here()}`, labels, logits);
      const classes = logits.shape.at(-1) ?? 1;
      const own = m.sum(m.mul(oneHot(labels, classes), logits), -1);
      return mean(m.compare("equal", own, m.max(logits, -1)));
    },
  };
};
