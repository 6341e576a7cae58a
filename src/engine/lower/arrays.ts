import { type Node, nodesFor } from "../graph/node.ts";
import { type Shape, sizeOf, stridesOf } from "../graph/shape.ts";
import { entryValues, identity } from "./entry-values.ts";
import { inPlaceOrCopied } from "./in-place.ts";
import { instructions } from "./instructions.ts";
import { levelsOf, spaceOf } from "./levels.ts";
import { passesOf } from "./passes.ts";
import { type Goal, type Leaves, rootsOf } from "./plan.ts";
import { type Access, collapse, type Region, type Store } from "./region.ts";
import type { Slot } from "./slot.ts";
import { type Step, withoutDeadStores } from "./steps.ts";
import { hasOwnStep, home, isFold, storageOf } from "./storage.ts";
import { unroller } from "./unroll.ts";

/**
 * Lowers whole arrays: products of matrices, scatters and draws are steps of their own; everything else is fused into loops over
 * the entries of a result, and what works on few numbers per sample into loops over samples. Steps run by the level of what they
 * compute; parameters change in the last.
 */
export const lowerArrays = (
  goal: Goal,
  leaves: Leaves,
): { readonly steps: readonly Step[]; readonly outputs: { readonly [name: string]: Slot } } => {
  const roots = rootsOf(goal);
  const nodes = nodesFor(roots);
  const passes = passesOf(roots, node => leaves.of(node) !== undefined);
  const storage = storageOf(nodes, goal, leaves, passes);
  const { stored, outputs, isLeaf, inMemory, slotOf } = storage;
  const { levelOf, last } = levelsOf(nodes, goal, storage, passes);

  const regions = new Map<string, { level: number; axes: Shape; nodes: Node[] }>();
  const steps: { level: number; step: Step }[] = [];
  const passesDone = new Set<number>();
  for (const node of stored) {
    const level = levelOf(node);
    const pass = passes?.pass(node);
    if (pass !== undefined) {
      if (!passesDone.has(pass)) steps.push({ level, step: passStep(pass) });
      passesDone.add(pass);
    } else if (node.op === "concat") {
      for (const region of concatRegions(node)) steps.push({ level, step: { kind: "region", region } });
    } else if (hasOwnStep(node)) steps.push({ level, step: ownStep(node) });
    else {
      const axes = spaceOf(node);
      const key = `${level} ${axes.join()}`;
      const found = regions.get(key);
      if (found) found.nodes.push(node);
      else regions.set(key, { level, axes, nodes: [node] });
    }
  }
  // Updates of one shape share a loop with whatever waited for them.
  const extra = new Map<string, { axes: Shape; target: Slot; node: Node }[]>();
  const extraStore = (axes: Shape, target: Slot, node: Node) => {
    const key = `${last} ${axes.join()}`;
    extra.set(key, [...(extra.get(key) ?? []), { axes, target, node }]);
    if (!regions.has(key)) regions.set(key, { level: last, axes, nodes: [] });
  };
  for (const { parameter, node } of goal.updates)
    if (node !== parameter) extraStore(parameter.shape, leaves.of(parameter)!, node);
  for (const [name, { node }] of Object.entries(goal.outputs))
    if (slotOf(node) !== outputs[name] || (!stored.has(node) && home(node) !== node))
      extraStore(node.shape, outputs[name], node);

  const lastRegions: Region[] = [];
  for (const [key, { level, axes, nodes: members }] of regions) {
    const build = instructions();
    const here = new Set(members.filter(node => !isFold(node)));
    const value = entryValues(build, axes, storage, node => here.has(node));
    const stores = members.map((node): Store => {
      if (!isFold(node)) return { value: value(node, identity(axes)), access: plainAccess(slotOf(node), axes) };
      return {
        value: value(node.inputs[0], identity(axes)),
        access: foldedAccess(slotOf(node), axes, (node.attributes as { axes: readonly number[] }).axes),
        fold: node.op as "sum" | "max",
      };
    });
    for (const { target, node } of extra.get(key) ?? [])
      stores.push({ value: value(node, identity(axes)), access: plainAccess(target, axes) });
    const region = {
      axes: axes.length === 0 ? [1] : axes,
      stores: axes.length === 0 ? stores.map(scalarStore) : stores,
    };
    if (level === last) lastRegions.push(region);
    else steps.push({ level, step: { kind: "region", region } });
  }
  for (const { region, level } of inPlaceOrCopied(lastRegions, leaves))
    steps.push({ level: last + level, step: { kind: "region", region } });

  const ordered = steps.sort((a, b) => a.level - b.level).map(({ step }) => step);
  const alive = withoutDeadStores(ordered);
  return {
    steps: alive.map(step => (step.kind === "region" ? { kind: "region", region: collapse(step.region) } : step)),
    outputs,
  };

  function ownStep(node: Node): Step {
    if (node.op === "random") return { kind: "random", ...node.attributes, out: slotOf(node), chains: 1 };
    if (node.op === "matmul") {
      const [a, b] = node.inputs;
      const rank = node.shape.length;
      const { transposeA, transposeB } = node.attributes;
      return {
        kind: "matmul",
        stack: sizeOf(node.shape.slice(0, -2)),
        m: node.shape[rank - 2],
        n: node.shape[rank - 1],
        k: a.shape[transposeA ? rank - 2 : rank - 1],
        transposeA,
        transposeB,
        a: slotOf(a),
        b: slotOf(b),
        c: slotOf(node),
      };
    }
    const [values, indices] = node.inputs;
    const width = sizeOf(node.shape.slice(1));
    return { kind: "scatterAdd", values: slotOf(values), indices: slotOf(indices), out: slotOf(node), width };
  }

  function concatRegions(node: Node): Region[] {
    const { axis } = node.attributes as { axis: number };
    const strides = stridesOf(node.shape);
    let from = 0;
    return node.inputs.map(part => {
      const value = entryValues(instructions(), part.shape, storage, () => false)(part, identity(part.shape));
      const access = { slot: slotOf(node), offset: from * strides[axis], strides };
      from += part.shape[axis];
      return { axes: part.shape, stores: [{ value, access }] };
    });
  }

  function passStep(pass: number): Step {
    const { samples, axis, pass: passOf, nodes: members } = passes!;
    const build = instructions();
    const entries = unroller(build, {
      load: (node, entry, stride) => build.load({ slot: slotOf(node), offset: entry, strides: [stride] }),
      lookup: (table, entry, index, width) =>
        build.lookup({ slot: slotOf(table), offset: entry, strides: [0] }, index, width),
      isInMemory: node => inMemory(node) && (passOf(node) !== pass || isLeaf(home(node))),
      laneAxis: axis,
    });
    const stores: Store[] = [];
    for (const node of members) {
      if (passOf(node) !== pass || !stored.has(node) || isLeaf(node)) continue;
      const lane = axis(node);
      const { shape, data } = entries(node);
      const own = stridesOf(shape);
      const strides = stridesOf(node.shape);
      data.forEach((value, i) => {
        const offset = shape.reduce((sum, length, a) => sum + (Math.floor(i / own[a]) % length) * strides[a], 0);
        const access = { slot: slotOf(node), offset, strides: [lane === undefined ? 0 : strides[lane]] };
        stores.push({ value, access, ...(lane === undefined && { fold: node.op === "max" ? "max" : "sum" }) });
      });
    }
    return { kind: "region", region: { axes: [samples], stores } };
  }
};

const plainAccess = (slot: Slot, axes: Shape): Access => ({ slot, offset: 0, strides: stridesOf(axes) });

const foldedAccess = (slot: Slot, axes: Shape, folded: readonly number[]): Access => {
  const kept = stridesOf(axes.filter((_, axis) => !folded.includes(axis)));
  return { slot, offset: 0, strides: axes.map((_, axis) => (folded.includes(axis) ? 0 : kept.shift()!)) };
};

const scalarStore = (store: Store): Store => ({ ...store, access: { ...store.access, strides: [0] } });
