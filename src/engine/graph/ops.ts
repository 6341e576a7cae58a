import { invalid } from "../../errors.ts";
import type { Graph } from "./graph.ts";
import type { AttributesOf, Node, Primitive, Relation } from "./node.ts";
import { broadcastShape, type Shape, sameShape, sizeOf } from "./shape.ts";

/** A traced array, or a plain number, which stands for a constant of whatever shape fits. */
export type Operand = Node | number;

/** The primitives as functions. Operands of elementwise ones are broadcast to a common shape. */
export interface Ops {
  constant(values: number | ArrayLike<number>, shape?: Shape): Node;
  indices(values: ArrayLike<number>, shape?: Shape): Node;
  random(distribution: "normal" | "uniform", purpose: string, shape: Shape): Node;
  /** Indices as real numbers. Programs refuse what is not below `below`, when that is given. */
  convert(a: Node, below?: number): Node;
  neg(a: Operand): Node;
  exp(a: Operand): Node;
  log(a: Operand): Node;
  /** log(1 + a), without cancellation near 0. */
  log1p(a: Operand): Node;
  tanh(a: Operand): Node;
  erf(a: Operand): Node;
  sqrt(a: Operand): Node;
  sin(a: Operand): Node;
  cos(a: Operand): Node;
  stopGradient(a: Operand): Node;
  add(a: Operand, b: Operand): Node;
  sub(a: Operand, b: Operand): Node;
  mul(a: Operand, b: Operand): Node;
  div(a: Operand, b: Operand): Node;
  maximum(a: Operand, b: Operand): Node;
  minimum(a: Operand, b: Operand): Node;
  compare(relation: Relation, a: Operand, b: Operand): Node;
  select(condition: Operand, yes: Operand, no: Operand): Node;
  /** Over the given axes, or over all; negative axes count from the end. */
  sum(a: Operand, axes?: number | readonly number[]): Node;
  max(a: Operand, axes?: number | readonly number[]): Node;
  broadcast(a: Operand, shape: Shape): Node;
  reshape(a: Operand, shape: Shape): Node;
  transpose(a: Operand, order?: readonly number[]): Node;
  slice(a: Operand, starts: readonly number[], lengths: readonly number[]): Node;
  concat(parts: readonly Operand[], axis?: number): Node;
  /** Products of matrices, the two last axes; a matrix on one side goes with every one of a stack on the other. */
  matmul(a: Operand, b: Operand, transposed?: { readonly a?: boolean; readonly b?: boolean }): Node;
  gather(table: Operand, indices: Node): Node;
  scatterAdd(values: Operand, indices: Node, rows: number): Node;
}

export const ops = (graph: Graph): Ops => {
  const constant = (values: number | ArrayLike<number>, shape?: Shape): Node =>
    typeof values === "number"
      ? graph.node("constant", [], { values: [values] }, [])
      : graph.node("constant", [], { values }, shape ?? [values.length]);
  const node = (operand: Operand): Node => {
    if (typeof operand === "number") return constant(operand);
    if (typeof operand === "object" && "op" in operand) return operand;
    throw invalid("an operand", operand, "an array made by the model or a number; constant makes an array of a list");
  };

  const broadcast = (a: Operand, shape: Shape): Node =>
    sameShape(node(a).shape, shape) ? node(a) : graph.node("broadcast", [node(a)], {}, shape);

  const aligned = (operands: readonly Operand[]): Node[] => {
    const nodes = operands.map(node);
    const shape = nodes.reduce<Shape | undefined>((all, { shape }) => all && broadcastShape(all, shape), []);
    // Left as they are when they do not fit: the primitive's own rule says so, and where.
    return shape ? nodes.map(operand => broadcast(operand, shape)) : nodes;
  };

  const unary =
    (op: Primitive) =>
    (a: Operand): Node =>
      graph.node(op, [node(a)], {});
  const binary =
    (op: Primitive) =>
    (a: Operand, b: Operand): Node =>
      graph.node(op, aligned([a, b]), {});
  const overAxes =
    (op: "sum" | "max") =>
    (a: Operand, axes?: number | readonly number[]): Node => {
      const operand = node(a);
      const rank = operand.shape.length;
      const list = axes === undefined ? operand.shape.map((_, axis) => axis) : [axes].flat();
      const ascending = list.map(axis => (axis < 0 ? axis + rank : axis)).sort((one, other) => one - other);
      return ascending.length === 0 ? operand : graph.node(op, [operand], { axes: ascending } as AttributesOf["sum"]);
    };

  const reshape = (a: Operand, shape: Shape): Node =>
    sameShape(node(a).shape, shape) ? node(a) : graph.node("reshape", [node(a)], {}, shape);

  const matmul: Ops["matmul"] = (a, b, transposed = {}) => {
    const [first, second] = [node(a), node(b)];
    const attributes = { transposeA: transposed.a === true, transposeB: transposed.b === true };
    const [rankA, rankB] = [first.shape.length, second.shape.length];
    // A stack of row blocks times one matrix is one taller product.
    if (rankA > 2 && rankB === 2 && !attributes.transposeA) {
      const columns = first.shape[rankA - 1];
      const rows = sizeOf(first.shape) / columns;
      const product = graph.node("matmul", [reshape(first, [rows, columns]), second], attributes);
      return reshape(product, [...first.shape.slice(0, -1), product.shape[1]]);
    }
    const stack = rankA > rankB ? first.shape.slice(0, -2) : second.shape.slice(0, -2);
    const stacked = (operand: Node) =>
      operand.shape.length === 2 ? broadcast(operand, [...stack, ...operand.shape]) : operand;
    return graph.node("matmul", [stacked(first), stacked(second)], attributes);
  };

  return {
    constant,
    indices: (values, shape) => graph.node("constant", [], { values }, shape ?? [values.length], "index"),
    random: (distribution, purpose, shape) => graph.node("random", [], { distribution, purpose }, shape),
    convert: (a, below) => graph.node("convert", [node(a)], { below }),
    neg: unary("neg"),
    exp: unary("exp"),
    log: unary("log"),
    log1p: unary("log1p"),
    tanh: unary("tanh"),
    erf: unary("erf"),
    sqrt: unary("sqrt"),
    sin: unary("sin"),
    cos: unary("cos"),
    stopGradient: unary("stopGradient"),
    add: binary("add"),
    sub: binary("sub"),
    mul: binary("mul"),
    div: binary("div"),
    maximum: binary("maximum"),
    minimum: binary("minimum"),
    compare: (relation, a, b) => graph.node("compare", aligned([a, b]), { relation }),
    select: (condition, yes, no) => graph.node("select", aligned([condition, yes, no]), {}),
    sum: overAxes("sum"),
    max: overAxes("max"),
    broadcast,
    reshape,
    transpose(a, order) {
      const operand = node(a);
      return graph.node("transpose", [operand], { order: order ?? operand.shape.map((_, axis) => axis).reverse() });
    },
    slice: (a, starts, lengths) => graph.node("slice", [node(a)], { starts }, lengths),
    concat(parts, axis = 0) {
      if (parts.length === 0) throw invalid("the parts of concat", parts, "at least one array");
      const nodes = parts.map(node);
      const fromStart = axis < 0 ? axis + nodes[0].shape.length : axis;
      return nodes.length === 1 ? nodes[0] : graph.node("concat", nodes, { axis: fromStart });
    },
    matmul,
    gather: (table, indices) => graph.node("gather", [node(table), node(indices)], {}),
    scatterAdd: (values, indices, rows) => graph.node("scatterAdd", [node(values), node(indices)], { rows }),
  };
};
