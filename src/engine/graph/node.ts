import type { Origin } from "./origin.ts";
import type { Shape } from "./shape.ts";

/** What each primitive carries besides its operands. */
export interface AttributesOf {
  /** An array that training moves; one per chain. */
  parameter: { readonly name: string };
  /** An array that the caller fills. */
  input: { readonly name: string } & InputTraits;
  constant: { readonly values: ArrayLike<number> };
  /** Fresh at every step, addressed by (seed, chain, purpose, step). */
  random: { readonly distribution: "normal" | "uniform"; readonly purpose: string };
  /** An index array as real numbers; its indices stay below `below` when that is given. */
  convert: { readonly below?: number };
  neg: object;
  exp: object;
  log: object;
  /** log(1 + x), without cancellation near 0. */
  log1p: object;
  tanh: object;
  erf: object;
  sqrt: object;
  sin: object;
  cos: object;
  /** The same values; derivatives stop here. */
  stopGradient: object;
  add: object;
  sub: object;
  mul: object;
  div: object;
  maximum: object;
  minimum: object;
  /** 1 where the relation holds, 0 elsewhere and where a value is not a number. */
  compare: { readonly relation: Relation };
  /** The second operand where the first is not 0, else the third. */
  select: object;
  /** Over the axes, ascending; they vanish. */
  sum: { readonly axes: readonly number[] };
  max: { readonly axes: readonly number[] };
  /** To the node's own shape; axes aligned at the end. */
  broadcast: object;
  reshape: object;
  /** Axis i of the result is axis order[i] of the operand. */
  transpose: { readonly order: readonly number[] };
  /** Entries starts[i], ..., starts[i] + shape[i] - 1 along axis i. */
  slice: { readonly starts: readonly number[] };
  concat: { readonly axis: number };
  /** The two last axes; those before them are equal in both operands. */
  matmul: { readonly transposeA: boolean; readonly transposeB: boolean };
  /** Rows of the first operand (axis 0) by the index array that is the second. */
  gather: object;
  /** Zeros with `rows` rows, to which the rows of the first operand are added where the index array, the second, says. */
  scatterAdd: { readonly rows: number };
}

export interface InputTraits {
  /** The first axis counts samples: a loss is a sum or mean over it. */
  readonly samples?: boolean;
  /** Each chain has its own values. */
  readonly perChain?: boolean;
  /** Each step of a call has its own values. */
  readonly perStep?: boolean;
}

export type Primitive = keyof AttributesOf;
export type Relation = "less" | "lessOrEqual" | "equal";

/** Real numbers, or integers that point at rows. */
export type Element = "real" | "index";

export interface NodeOf<P extends Primitive> {
  /** Larger than that of its operands. */
  readonly id: number;
  readonly op: P;
  readonly inputs: readonly Node[];
  readonly shape: Shape;
  readonly element: Element;
  readonly attributes: AttributesOf[P];
  readonly origin: Origin;
}

/** One array of an array program: a primitive and the arrays it works on. Immutable. */
export type Node = { [P in Primitive]: NodeOf<P> }[Primitive];

/** All nodes that the given ones need, operands before their users. */
export const nodesFor = (roots: readonly Node[]): readonly Node[] => {
  const known = listed.get(roots);
  if (known) return known;
  const found = new Set<Node>();
  const pending = [...roots];
  for (let node = pending.pop(); node; node = pending.pop()) {
    if (found.has(node)) continue;
    found.add(node);
    pending.push(...node.inputs);
  }
  const nodes = [...found].sort((a, b) => a.id - b.id);
  listed.set(roots, nodes);
  return nodes;
};

/** Lowering asks for the nodes of the same roots again and again. */
const listed = new WeakMap<readonly Node[], readonly Node[]>();
