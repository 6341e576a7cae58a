import type { Node, NodeOf, Primitive } from "../graph/node.ts";
import type { Operand, Ops } from "../graph/ops.ts";
import type { Shape } from "../graph/shape.ts";

/** The derivative of a primitive, in primitives. Absent parts are zero. */
export interface DerivativeRule<P extends Primitive> {
  /** From d loss / d result to d loss / d operand, one for each operand. */
  reverse(m: Ops, node: NodeOf<P>, cotangent: Node): readonly (Node | undefined)[];
  /** From the change of the operands to the change of the result; at least one operand changes. */
  forward(m: Ops, node: NodeOf<P>, tangents: readonly (Node | undefined)[]): Node | undefined;
}

/** A function of one number, entry by entry, given by its slope. */
const unary = <P extends Primitive>(slope: (m: Ops, x: Node, y: Node) => Node): DerivativeRule<P> => ({
  reverse: (m, node, cotangent) => [m.mul(cotangent, slope(m, node.inputs[0], node as Node))],
  forward: (m, node, [tangent]) => m.mul(tangent!, slope(m, node.inputs[0], node as Node)),
});

/** A function of several operands, entry by entry, given by what each slope does to a change. */
const entrywise = <P extends Primitive>(
  parts: readonly ((m: Ops, change: Node, inputs: readonly Node[], result: Node) => Node | undefined)[],
): DerivativeRule<P> => ({
  reverse: (m, node, cotangent) => parts.map(part => part(m, cotangent, node.inputs, node as Node)),
  forward: (m, node, tangents) =>
    total(
      m,
      parts.map((part, i) => tangents[i] && part(m, tangents[i], node.inputs, node as Node)),
    ),
});

/** A linear map of one operand: the change goes through the same map, a cotangent through its transpose. */
const linear = <P extends Primitive>(
  apply: (m: Ops, node: NodeOf<P>, change: Node) => Node,
  transposed: (m: Ops, node: NodeOf<P>, cotangent: Node) => Node,
): DerivativeRule<P> => ({
  // A second operand of these is an index array, which has no derivative.
  reverse: (m, node, cotangent) => [transposed(m, node, cotangent)],
  forward: (m, node, [tangent]) => tangent && apply(m, node, tangent),
});

const none: DerivativeRule<never> = { reverse: () => [], forward: () => undefined };

const total = (m: Ops, terms: readonly (Node | undefined)[]): Node | undefined =>
  terms.reduce((sum, term) => (sum && term ? m.add(sum, term) : (sum ?? term)), undefined);

/** Puts axes of length 1 back where a reduction took them, and stretches them. */
const spread = (m: Ops, a: Node, axes: readonly number[], shape: Shape): Node =>
  m.broadcast(
    m.reshape(
      a,
      shape.map((length, axis) => (axes.includes(axis) ? 1 : length)),
    ),
    shape,
  );

/** 1 where a wins over b, one half at ties. */
const wins = (m: Ops, a: Operand, b: Operand): Node =>
  m.add(m.mul(m.compare("less", b, a), 0.5), m.mul(m.compare("lessOrEqual", b, a), 0.5));

/** Share of each entry in the maximum over axes: ties share alike. */
const shareOfMax = (m: Ops, node: NodeOf<"max">): Node => {
  const [operand] = node.inputs;
  const { axes } = node.attributes;
  const isMost = m.compare("equal", operand, spread(m, node, axes, operand.shape));
  return m.div(isMost, spread(m, m.sum(isMost, axes), axes, operand.shape));
};

const unbroadcast = (m: Ops, cotangent: Node, shape: Shape): Node => {
  const missing = cotangent.shape.length - shape.length;
  const axes = cotangent.shape.flatMap((length, axis) =>
    axis < missing || (shape[axis - missing] === 1 && length !== 1) ? [axis] : [],
  );
  return m.reshape(axes.length === 0 ? cotangent : m.sum(cotangent, axes), shape);
};

const matmulCotangents = (m: Ops, node: NodeOf<"matmul">, cotangent: Node): Node[] => {
  const [a, b] = node.inputs;
  const { transposeA, transposeB } = node.attributes;
  // C = op(A) op(B): dop(A) = dC op(B)^T and dop(B) = op(A)^T dC, transposed back where the operand is.
  return [
    transposeA
      ? m.matmul(b, cotangent, { a: transposeB, b: true })
      : m.matmul(cotangent, b, { a: false, b: !transposeB }),
    transposeB
      ? m.matmul(cotangent, a, { a: true, b: transposeA })
      : m.matmul(a, cotangent, { a: !transposeA, b: false }),
  ];
};

/** Places an array inside zeros of a larger shape. */
const pad = (m: Ops, a: Node, starts: readonly number[], shape: Shape): Node =>
  shape.reduce((inner, length, axis) => {
    const zeros = (extent: number) => {
      const own = inner.shape.map((other, position) => (position === axis ? extent : other));
      return extent === 0 ? [] : [m.broadcast(0, own)];
    };
    const after = length - starts[axis] - inner.shape[axis];
    return m.concat([...zeros(starts[axis]), inner, ...zeros(after)], axis);
  }, a);

/** From where to where each operand of a concatenation lies in the result. */
const parts = (node: NodeOf<"concat">): { readonly starts: number[]; readonly shape: Shape }[] => {
  let from = 0;
  return node.inputs.map(({ shape }) => {
    const starts = shape.map((_, axis) => (axis === node.attributes.axis ? from : 0));
    from += shape[node.attributes.axis];
    return { starts, shape };
  });
};

const TWO_OVER_SQRT_PI = 1.1283791670955126;

/** How each primitive is differentiated. A primitive that is not here cannot be. */
export const derivativeRules: { readonly [P in Primitive]?: DerivativeRule<P> } = {
  parameter: none,
  input: none,
  constant: none,
  random: none,
  convert: none,
  compare: none,
  stopGradient: none,
  neg: entrywise([(m, change) => m.neg(change)]),
  exp: unary((_, __, y) => y),
  log: unary((m, x) => m.div(1, x)),
  log1p: unary((m, x) => m.div(1, m.add(1, x))),
  tanh: unary((m, _, y) => m.sub(1, m.mul(y, y))),
  erf: unary((m, x) => m.mul(TWO_OVER_SQRT_PI, m.exp(m.neg(m.mul(x, x))))),
  sqrt: unary((m, _, y) => m.div(0.5, y)),
  sin: unary((m, x) => m.cos(x)),
  cos: unary((m, x) => m.neg(m.sin(x))),
  add: entrywise([(_, change) => change, (_, change) => change]),
  sub: entrywise([(_, change) => change, (m, change) => m.neg(change)]),
  mul: entrywise([(m, change, [, b]) => m.mul(change, b), (m, change, [a]) => m.mul(change, a)]),
  div: entrywise([
    (m, change, [, b]) => m.div(change, b),
    (m, change, [, b], result) => m.neg(m.mul(change, m.div(result, b))),
  ]),
  maximum: entrywise([
    (m, change, [a, b]) => m.mul(change, wins(m, a, b)),
    (m, change, [a, b]) => m.mul(change, wins(m, b, a)),
  ]),
  minimum: entrywise([
    (m, change, [a, b]) => m.mul(change, wins(m, b, a)),
    (m, change, [a, b]) => m.mul(change, wins(m, a, b)),
  ]),
  select: entrywise([
    () => undefined,
    (m, change, [condition]) => m.select(condition, change, 0),
    (m, change, [condition]) => m.select(condition, 0, change),
  ]),
  sum: linear(
    (m, node, change) => m.sum(change, node.attributes.axes),
    (m, node, cotangent) => spread(m, cotangent, node.attributes.axes, node.inputs[0].shape),
  ),
  max: linear(
    (m, node, change) => m.sum(m.mul(change, shareOfMax(m, node)), node.attributes.axes),
    (m, node, cotangent) =>
      m.mul(spread(m, cotangent, node.attributes.axes, node.inputs[0].shape), shareOfMax(m, node)),
  ),
  broadcast: linear(
    (m, node, change) => m.broadcast(change, node.shape),
    (m, node, cotangent) => unbroadcast(m, cotangent, node.inputs[0].shape),
  ),
  reshape: linear(
    (m, node, change) => m.reshape(change, node.shape),
    (m, node, cotangent) => m.reshape(cotangent, node.inputs[0].shape),
  ),
  transpose: linear(
    (m, node, change) => m.transpose(change, node.attributes.order),
    (m, node, cotangent) => {
      const { order } = node.attributes;
      return m.transpose(
        cotangent,
        order.map((_, axis) => order.indexOf(axis)),
      );
    },
  ),
  slice: linear(
    (m, node, change) => m.slice(change, node.attributes.starts, node.shape),
    (m, node, cotangent) => pad(m, cotangent, node.attributes.starts, node.inputs[0].shape),
  ),
  concat: {
    reverse: (m, node, cotangent) => parts(node).map(({ starts, shape }) => m.slice(cotangent, starts, shape)),
    forward: (m, node, tangents) =>
      m.concat(
        node.inputs.map(({ shape }, i) => tangents[i] ?? m.broadcast(0, shape)),
        node.attributes.axis,
      ),
  },
  matmul: {
    reverse: matmulCotangents,
    forward(m, node, [da, db]) {
      const [a, b] = node.inputs;
      const transposed = { a: node.attributes.transposeA, b: node.attributes.transposeB };
      return total(m, [da && m.matmul(da, b, transposed), db && m.matmul(a, db, transposed)]);
    },
  },
  gather: linear(
    (m, node, change) => m.gather(change, node.inputs[1]),
    (m, node, cotangent) => m.scatterAdd(cotangent, node.inputs[1], node.inputs[0].shape[0]),
  ),
  scatterAdd: linear(
    (m, node, change) => m.scatterAdd(change, node.inputs[1], node.attributes.rows),
    (m, node, cotangent) => m.gather(cotangent, node.inputs[1]),
  ),
};
