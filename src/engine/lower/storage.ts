import type { Node } from "../graph/node.ts";
import { type Shape, sameShape, sizeOf } from "../graph/shape.ts";
import { isElementwise } from "./lanes.ts";
import type { Passes } from "./passes.ts";
import type { Goal, Leaves } from "./plan.ts";
import type { Slot, SlotPlace } from "./slot.ts";

/** Which arrays of a program lie in memory, and where. */
export interface Storage {
  /** In the order of the nodes; leaves are not among them. */
  readonly stored: ReadonlySet<Node>;
  readonly outputs: { readonly [name: string]: Slot };
  isLeaf(node: Node): boolean;
  inMemory(node: Node): boolean;
  slotOf(node: Node): Slot;
}

export const storageOf = (nodes: readonly Node[], goal: Goal, leaves: Leaves, passes: Passes | undefined): Storage => {
  const stored = storedNodes(nodes, goal, leaves, passes);
  const slots = new Map<Node, Slot>();
  const outputs: { [name: string]: Slot } = {};
  const isLeaf = (node: Node) => leaves.of(node) !== undefined;
  for (const [name, { node, every }] of Object.entries(goal.outputs)) {
    const place: SlotPlace = every === "step" ? "chainStep" : "chain";
    outputs[name] = leaves.slot(place, sizeOf(node.shape));
    // The array is computed where it is kept, unless it has another home.
    if (stored.has(node) && home(node) === node && !isLeaf(node) && !slots.has(node)) slots.set(node, outputs[name]);
  }
  return {
    stored,
    outputs,
    isLeaf,
    inMemory: node => isLeaf(home(node)) || stored.has(home(node)),
    slotOf(node) {
      const owner = home(node);
      const known = leaves.of(owner) ?? slots.get(owner);
      if (known) return known;
      const made = leaves.slot("temporary", sizeOf(owner.shape), owner.element);
      slots.set(owner, made);
      return made;
    },
  };
};

/** The array in whose memory a reshaped array lies. */
export const home = (node: Node): Node => (node.op === "reshape" ? home(node.inputs[0]) : node);

export const isFold = (node: Node): boolean => node.op === "sum" || node.op === "max";

export const hasOwnStep = (node: Node): boolean =>
  node.op === "matmul" || node.op === "scatterAdd" || node.op === "concat" || node.op === "random";

export const isView = (node: Node): boolean =>
  node.op === "broadcast" || node.op === "transpose" || node.op === "slice" || node.op === "reshape";

const isSqueeze = (a: Shape, b: Shape): boolean =>
  sameShape(
    a.filter(length => length !== 1),
    b.filter(length => length !== 1),
  );

/** Which nodes get memory: results of steps of their own, what those need, what several need, and what would be computed again and again. */
const storedNodes = (nodes: readonly Node[], goal: Goal, leaves: Leaves, passes: Passes | undefined): Set<Node> => {
  const stored = new Set<Node>();
  const keep = (node: Node) => {
    const owner = home(node);
    if (leaves.of(owner) === undefined) stored.add(owner);
  };
  const keepComputed = (node: Node) => {
    if (leaves.of(node) !== undefined || node.op === "constant") return;
    if (isView(node)) keepComputed(node.inputs[0]);
    else keep(node);
  };
  const users = new Map<Node, Node[]>();
  for (const node of nodes)
    for (const input of new Set(node.inputs)) users.set(input, [...(users.get(input) ?? []), node]);

  for (const { node } of Object.values(goal.outputs)) keep(node);
  for (const node of nodes) {
    const pass = passes?.pass(node);
    if (pass !== undefined) {
      const isFolded = passes!.axis(node) === undefined;
      const leaves_ = leaves.of(node) !== undefined;
      const crosses = (users.get(node) ?? []).some(user => passes!.pass(user) !== pass);
      if (!leaves_ && (isFolded || crosses)) keep(node);
      for (const input of node.inputs) if (passes!.pass(input) === undefined) keepComputed(input);
      continue;
    }
    if (hasOwnStep(node) || isFold(node)) keep(node);
    if (node.op === "matmul" || node.op === "scatterAdd") for (const input of node.inputs) keep(input);
    if (node.op === "gather") keep(node.inputs[0]);
    if (node.op === "reshape" && !isSqueeze(node.shape, node.inputs[0].shape)) keep(node);
    if (node.op === "broadcast" && sizeOf(node.shape) > sizeOf(node.inputs[0].shape)) keepComputed(node.inputs[0]);
    const isShared = (users.get(node) ?? []).length > 1;
    if (isShared && (isElementwise(node) || node.op === "gather") && !isCheap(node)) keep(node);
  }
  return stored;
};

/** One operation on leaves: computed again sooner than read again. */
const isCheap = (node: Node): boolean =>
  isElementwise(node) &&
  !["exp", "log", "log1p", "tanh", "erf", "sin", "cos", "div", "sqrt"].includes(node.op) &&
  node.inputs.every(input => {
    const source = isView(input) ? input.inputs[0] : input;
    return source.op === "parameter" || source.op === "input" || source.op === "constant";
  });
