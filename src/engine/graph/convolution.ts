import { invalid, LandauError } from "../../errors.ts";
import type { Node } from "./node.ts";
import type { Ops } from "./ops.ts";
import { shapeText, sizeOf } from "./shape.ts";

/** How one axis of positions is walked: outputs, zeros before the first position, and whole strides that the kernel touches. */
interface Walk {
  readonly outputs: number;
  readonly before: number;
  readonly blocks: number;
}

interface Settings {
  readonly stride: number;
  readonly padding: "same" | "valid";
}

/**
 * The sum over the kernel of shifted inputs times weights, as one product of matrices: a [samples, ...positions, channels], weight [...kernel, channels, outputs].
 * out[s, p, o] = sum_(k, c) a[s, stride p + k - before, c] weight[k, c, o]
 */
export const convolve = (m: Omit<Ops, "random">, name: string, a: Node, weight: Node, settings: Settings): Node => {
  const positions = a.shape.slice(1, -1);
  const kernels = weight.shape.slice(0, -2);
  if (kernels.length !== positions.length)
    throw new LandauError(
      "input",
      `the kernel of ${name} has ${kernels.length} axes: needs one for each of the ${positions.length} axes of positions of ${shapeText(a.shape)}`,
    );
  const walks = positions.map((length, i) => walkOf(name, length, kernels[i], settings));
  const { stride } = settings;
  const blocked = walks.reduce((whole, walk, i) => inBlocks(m, whole, 1 + i, walk, stride), a);
  const channels = a.shape[a.shape.length - 1];
  const outputs = walks.map(walk => walk.outputs);
  /** The inputs that stand at one place of the kernel, for all outputs. */
  const at = (place: readonly number[]): Node => {
    const starts = place.flatMap(k => [Math.floor(k / stride), k % stride]);
    const lengths = outputs.flatMap(count => [count, 1]);
    const cut = m.slice(blocked, [0, ...starts, 0], [a.shape[0], ...lengths, channels]);
    return m.reshape(cut, [a.shape[0], ...outputs, channels]);
  };
  const places = kernels.reduce<number[][]>(
    (all, length) => all.flatMap(place => Array.from({ length }, (_, k) => [...place, k])),
    [[]],
  );
  const columns = m.concat(places.map(at), -1);
  const filters = weight.shape[weight.shape.length - 1];
  return m.matmul(columns, m.reshape(weight, [sizeOf(weight.shape) / filters, filters]));
};

const walkOf = (name: string, length: number, kernel: number, { stride, padding }: Settings): Walk => {
  if (!(Number.isInteger(stride) && stride >= 1))
    throw invalid(`the stride of ${name}`, stride, "a whole number from 1");
  if (padding !== "same" && padding !== "valid") throw invalid(`the padding of ${name}`, padding, '"same" or "valid"');
  if (padding === "valid" && kernel > length)
    throw invalid(`the kernel of ${name}`, kernel, `at most ${length} without padding, as many as there are positions`);
  const outputs = padding === "same" ? Math.ceil(length / stride) : Math.floor((length - kernel) / stride) + 1;
  const zeros = padding === "same" ? Math.max((outputs - 1) * stride + kernel - length, 0) : 0;
  const blocks = Math.floor((kernel - 1) / stride) + outputs;
  return { outputs, before: Math.floor(zeros / 2), blocks };
};

/** An axis of positions as two, [blocks, stride], zeros put before and behind, so that one place of the kernel is a slice. */
const inBlocks = (
  m: Omit<Ops, "random">,
  a: Node,
  dimension: number,
  { before, blocks }: Walk,
  stride: number,
): Node => {
  // Axes in front of this one have been split already.
  const axis = 2 * dimension - 1;
  const wanted = blocks * stride;
  const own = Math.min(a.shape[axis], wanted - before);
  const shaped = (length: number) => a.shape.map((other, i) => (i === axis ? length : other));
  const zeros = (length: number) => (length > 0 ? [m.broadcast(0, shaped(length))] : []);
  const inner = m.slice(
    a,
    a.shape.map(() => 0),
    shaped(own),
  );
  const padded = m.concat([...zeros(before), inner, ...zeros(wanted - before - own)], axis);
  return m.reshape(padded, [...a.shape.slice(0, axis), blocks, stride, ...a.shape.slice(axis + 1)]);
};
