import type { Node } from "../graph/node.ts";
import { type Shape, sameShape } from "../graph/shape.ts";
import { isElementwise } from "./lanes.ts";
import type { Passes } from "./passes.ts";
import type { Goal } from "./plan.ts";
import { hasOwnStep, home, isFold, type Storage } from "./storage.ts";

/** When each stored array is computed. */
export interface Levels {
  levelOf(node: Node): number;
  /** The level of parameters' new values. */
  readonly last: number;
}

/** Over which indices an array's loop runs. */
export const spaceOf = (node: Node): Shape => (isFold(node) ? node.inputs[0].shape : node.shape);

/**
 * One level more than the stored arrays that are needed, or the same as one that is computed over the same indices and needed entry
 * by entry. Arrays that only updates need, entry by entry, wait for them.
 */
export const levelsOf = (
  nodes: readonly Node[],
  goal: Goal,
  { stored, isLeaf, inMemory }: Storage,
  passes: Passes | undefined,
): Levels => {
  /** Stored arrays that the expression of `node` reads, and whether entry by entry. */
  const readsOf = (node: Node): Map<Node, boolean> => {
    const reads = new Map<Node, boolean>();
    const seen = new Set<string>();
    const visit = (each: Node, isAligned: boolean) => {
      const key = `${each.id} ${isAligned}`;
      if (seen.has(key)) return;
      seen.add(key);
      if (each !== node && inMemory(each)) {
        const owner = home(each);
        if (!isLeaf(owner)) reads.set(owner, (reads.get(owner) ?? true) && isAligned && owner === each);
        return;
      }
      for (const [i, input] of each.inputs.entries())
        visit(
          input,
          isAligned && (isElementwise(each) || (each === node && isFold(each))) && !(each.op === "gather" && i === 0),
        );
    };
    visit(node, true);
    return reads;
  };

  const levels = new Map<Node, number>();
  const after = (needed: Iterable<Node>): number => {
    let level = 0;
    for (const node of needed) level = Math.max(level, levelOf(node));
    return level + 1;
  };
  const passLevels = new Map<number, number>();
  const levelOfPass = (pass: number): number => {
    const known = passLevels.get(pass);
    if (known !== undefined) return known;
    const needed = new Set<Node>();
    for (const node of passes!.nodes)
      if (passes!.pass(node) === pass)
        for (const input of node.inputs)
          if (passes!.pass(input) !== pass) for (const each of storedUnder(input)) needed.add(each);
    const level = after(needed);
    passLevels.set(pass, level);
    return level;
  };
  const storedUnder = (node: Node): Node[] => {
    if (isLeaf(home(node))) return [];
    if (inMemory(node)) return [home(node)];
    return node.inputs.flatMap(storedUnder);
  };
  const levelOf = (node: Node): number => {
    const owner = home(node);
    if (isLeaf(owner)) return 0;
    const known = levels.get(owner);
    if (known !== undefined) return known;
    const pass = passes?.pass(owner);
    let level: number;
    if (pass !== undefined) level = levelOfPass(pass);
    else if (hasOwnStep(owner)) level = after(owner.inputs.flatMap(storedUnder));
    else {
      level = 1;
      for (const [other, isAligned] of readsOf(owner)) {
        const shares =
          isAligned &&
          !isFold(other) &&
          !hasOwnStep(other) &&
          passes?.pass(other) === undefined &&
          sameShape(spaceOf(owner), other.shape);
        level = Math.max(level, levelOf(other) + (shares ? 0 : 1));
      }
    }
    levels.set(owner, level);
    return level;
  };

  const late = lateNodes(nodes, goal, stored, passes);
  for (const node of stored) if (!late.has(node)) levelOf(node);
  const last = 1 + Math.max(0, ...levels.values());
  for (const node of late) levels.set(node, last);
  return { levelOf, last };
};

/** Stored arrays that nothing but updates of their own shape needs. */
const lateNodes = (
  nodes: readonly Node[],
  goal: Goal,
  stored: ReadonlySet<Node>,
  passes: Passes | undefined,
): Set<Node> => {
  const wanted = new Set(Object.values(goal.outputs).map(({ node }) => home(node)));
  const late = new Set<Node>();
  const updates = new Set(goal.updates.map(({ node }) => node));
  const users = new Map<Node, Node[]>();
  for (const node of nodes) for (const input of node.inputs) users.set(input, [...(users.get(input) ?? []), node]);
  const isLate = new Map<Node, boolean>();
  for (const node of [...nodes].reverse()) {
    const own = users.get(node) ?? [];
    const result =
      isElementwise(node) &&
      passes?.pass(node) === undefined &&
      !wanted.has(node) &&
      (own.length > 0 || updates.has(node)) &&
      own.every(user => isLate.get(user) && isElementwise(user));
    isLate.set(node, result);
    if (result && stored.has(node)) late.add(node);
  }
  return late;
};
