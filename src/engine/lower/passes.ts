import { type Node, nodesFor } from "../graph/node.ts";
import { foldsSamples, isElementwise, type SampleAxes, sampleAxes } from "./lanes.ts";
import { UNROLLED_LIMIT, unrolledSize } from "./unroll.ts";

/**
 * Work that runs sample by sample, one sample to a lane, in as many passes over the samples as it has folds that follow one another.
 */
export interface Passes {
  readonly samples: number;
  axis(node: Node): number | undefined;
  /** The pass in which a node is computed: those with an axis of samples, and their folds. */
  pass(node: Node): number | undefined;
  readonly nodes: readonly Node[];
}

/** Undefined when samples mix, when there are too few to fill lanes, or when a sample takes so much work that matrix products are better. */
export const passesOf = (roots: readonly Node[], isLeaf: (node: Node) => boolean): Passes | undefined => {
  const found = sampleAxes(roots);
  if (!found || found.samples < 4) return undefined;
  const nodes = nodesFor(roots).filter(node => found.axes.has(node) || foldsSamples(node, found));
  const work = nodes.filter(node => !isLeaf(node));
  if (unrolledSize(work, node => found.axes.has(node), found.samples) > UNROLLED_LIMIT) return undefined;
  if (!work.every(node => canRunInLanes(node, found, isLeaf))) return undefined;
  const passes = new Map<Node, number>();
  const depth = new Map<Node, number>();
  for (const node of nodesFor(roots)) {
    const isFold = foldsSamples(node, found);
    const own = Math.max(0, ...node.inputs.map(input => depth.get(input)!));
    if (found.axes.has(node) || isFold) passes.set(node, own);
    depth.set(node, isFold ? own + 1 : own);
  }
  return {
    samples: found.samples,
    axis: node => found.axes.get(node),
    pass: node => passes.get(node),
    nodes,
  };
};

const canRunInLanes = (node: Node, { axes }: SampleAxes, isLeaf: (node: Node) => boolean): boolean => {
  if (!axes.has(node)) return node.op === "sum" || node.op === "max" || node.op === "matmul";
  if (isElementwise(node)) return node.inputs.every(input => axes.has(input) || isLeaf(input));
  return true;
};
