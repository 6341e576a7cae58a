import type { AttributesOf, Node, Primitive, Relation } from "./node.ts";
import { type Shape, sameShape, shapeText, sizeOf } from "./shape.ts";

/** The shape of a result from its operands, or a sentence that says what is needed. */
type ShapeRule<P extends Primitive> = (
  inputs: readonly Node[],
  attributes: AttributesOf[P],
  asked: Shape | undefined,
) => Shape | string;

const asAsked = (_: readonly Node[], __: object, asked: Shape | undefined): Shape | string => {
  if (!asked) return "needs a shape";
  return asked.every(length => Number.isInteger(length) && length >= 1) ? asked : "needs axes of positive whole length";
};

const real = (inputs: readonly Node[], shape: Shape): Shape | string =>
  inputs.every(({ element }) => element === "real")
    ? shape
    : "needs real numbers; convert(...) makes them of an index array";

const elementwise = (inputs: readonly Node[]): Shape | string =>
  inputs.every(({ shape }) => sameShape(shape, inputs[0].shape))
    ? real(inputs, inputs[0].shape)
    : "shapes do not match";

const overAxes = ([operand]: readonly Node[], { axes }: AttributesOf["sum"]): Shape | string => {
  const rank = operand.shape.length;
  if (!axes.every(axis => Number.isInteger(axis) && axis >= 0 && axis < rank))
    return `axes ${shapeText(axes)} must lie from 0 to ${rank - 1}`;
  if (new Set(axes).size !== axes.length) return `axes ${shapeText(axes)} name one twice`;
  return real(
    [operand],
    operand.shape.filter((_, axis) => !axes.includes(axis)),
  );
};

const relations: readonly Relation[] = ["less", "lessOrEqual", "equal"];

export const shapeRules: { readonly [P in Primitive]: ShapeRule<P> } = {
  parameter: asAsked,
  input: asAsked,
  random: asAsked,
  constant: (_, { values }, asked) => {
    const shape = asked ?? [];
    return sizeOf(shape) === values.length
      ? shape
      : `needs ${sizeOf(shape)} values for ${shapeText(shape)}, not ${values.length}`;
  },
  convert: ([operand]) => (operand.element === "index" ? operand.shape : "needs an index array"),
  neg: elementwise,
  exp: elementwise,
  log: elementwise,
  log1p: elementwise,
  tanh: elementwise,
  erf: elementwise,
  sqrt: elementwise,
  sin: elementwise,
  cos: elementwise,
  stopGradient: elementwise,
  add: elementwise,
  sub: elementwise,
  mul: elementwise,
  div: elementwise,
  maximum: elementwise,
  minimum: elementwise,
  compare: (inputs, { relation }) =>
    relations.includes(relation) ? elementwise(inputs) : `relation ${relation} is not one of ${relations.join(", ")}`,
  select: elementwise,
  sum: overAxes,
  max: overAxes,
  broadcast: ([operand], _, asked = []) => {
    const fits = operand.shape.every((length, axis) => {
      const target = asked[axis + asked.length - operand.shape.length];
      return length === target || (length === 1 && target !== undefined);
    });
    return fits ? asked : `cannot stretch to ${shapeText(asked)}`;
  },
  reshape: ([operand], _, asked = []) =>
    sizeOf(asked) === sizeOf(operand.shape)
      ? asked
      : `${shapeText(asked)} has ${sizeOf(asked)} entries, not ${sizeOf(operand.shape)}`,
  transpose: ([operand], { order }) => {
    const isPermutation = [...order].sort((a, b) => a - b).every((axis, index) => axis === index);
    if (!isPermutation || order.length !== operand.shape.length)
      return `order ${shapeText(order)} is no permutation of its ${operand.shape.length} axes`;
    return order.map(axis => operand.shape[axis]);
  },
  slice: ([operand], { starts }, asked = []) => {
    if (starts.length !== operand.shape.length || asked.length !== operand.shape.length)
      return `needs a start and a length for each of its ${operand.shape.length} axes`;
    const inside = starts.every(
      (start, axis) =>
        Number.isInteger(start) && start >= 0 && asked[axis] >= 1 && start + asked[axis] <= operand.shape[axis],
    );
    return inside ? asked : `start ${shapeText(starts)} with lengths ${shapeText(asked)} leaves it`;
  },
  concat: (inputs, { axis }) => {
    const [first] = inputs;
    if (!(Number.isInteger(axis) && axis >= 0 && axis < first.shape.length)) return `has no axis ${axis}`;
    const rest = (shape: Shape) => shape.filter((_, other) => other !== axis);
    if (!inputs.every(({ shape }) => shape.length === first.shape.length && sameShape(rest(shape), rest(first.shape))))
      return `shapes may differ only along axis ${axis}`;
    const length = inputs.reduce((sum, { shape }) => sum + shape[axis], 0);
    return real(
      inputs,
      first.shape.map((own, other) => (other === axis ? length : own)),
    );
  },
  matmul: ([a, b], { transposeA, transposeB }) => {
    const rank = a.shape.length;
    if (rank < 2 || b.shape.length !== rank) return "needs two arrays of the same rank, at least 2";
    if (!sameShape(a.shape.slice(0, -2), b.shape.slice(0, -2))) return "axes before the last two must be equal";
    const [rowsA, columnsA] = transposeA
      ? [a.shape[rank - 1], a.shape[rank - 2]]
      : [a.shape[rank - 2], a.shape[rank - 1]];
    const [rowsB, columnsB] = transposeB
      ? [b.shape[rank - 1], b.shape[rank - 2]]
      : [b.shape[rank - 2], b.shape[rank - 1]];
    if (columnsA !== rowsB)
      return `the first has ${columnsA} columns${transposeA ? " (transposed)" : ""}, the second ${rowsB} rows${transposeB ? " (transposed)" : ""}`;
    return real([a, b], [...a.shape.slice(0, -2), rowsA, columnsB]);
  },
  gather: ([table, indices]) => {
    if (indices.element !== "index") return "the second must be an index array";
    return table.shape.length >= 1 ? [...indices.shape, ...table.shape.slice(1)] : "the first needs rows";
  },
  scatterAdd: ([values, indices], { rows }) => {
    if (indices.element !== "index") return "the second must be an index array";
    if (!sameShape(values.shape.slice(0, indices.shape.length), indices.shape))
      return "the values need one row for each index";
    return real([values], [rows, ...values.shape.slice(indices.shape.length)]);
  },
};
