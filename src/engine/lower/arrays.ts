import { type Node, nodesFor } from "../graph/node.ts";
import { type Shape, sizeOf, stridesOf } from "../graph/shape.ts";
import { type Instructions, instructions } from "./instructions.ts";
import { isElementwise } from "./lanes.ts";
import { type Passes, passesOf } from "./passes.ts";
import { type Goal, type Leaves, rootsOf } from "./plan.ts";
import { type Access, collapse, type Instruction, type Region, type Store } from "./region.ts";
import type { Place, Slot } from "./slot.ts";
import { readBy, readsElsewhere, type Step, withoutDeadStores } from "./steps.ts";
import { unroller } from "./unroll.ts";

/** Where along the axes of a region each axis of an array stands: at the index of a region's axis, or fixed; plus an offset. */
type Index = readonly { readonly axis: number | undefined; readonly offset: number }[];

/**
 * Lowers whole arrays: products of matrices, scatters and draws are steps of their own; everything else is fused into loops over
 * the entries of a result, and what works on few numbers per sample into loops over samples.
 *
 * Every array that is stored gets a level: one more than the stored arrays it needs, or the same as one that is computed over the same
 * indices and needed entry by entry, with which it then shares a loop. Steps run by level; parameters change in the last.
 */
export const lowerArrays = (
  goal: Goal,
  leaves: Leaves,
): { readonly steps: readonly Step[]; readonly outputs: { readonly [name: string]: Slot } } => {
  const roots = rootsOf(goal);
  const nodes = nodesFor(roots);
  const passes = passesOf(roots, node => leaves.of(node) !== undefined);
  const stored = storedNodes(nodes, goal, leaves, passes);
  const slots = new Map<Node, Slot>();
  const outputs: { [name: string]: Slot } = {};

  const isLeaf = (node: Node) => leaves.of(node) !== undefined;
  for (const [name, { node, every }] of Object.entries(goal.outputs)) {
    const place: Place = every === "step" ? "chainStep" : "chain";
    outputs[name] = leaves.slot(place, sizeOf(node.shape));
    // The array is computed where it is kept, unless it has another home.
    if (stored.has(node) && home(node) === node && !isLeaf(node) && !slots.has(node)) slots.set(node, outputs[name]);
  }
  const slotOf = (node: Node): Slot => {
    const owner = home(node);
    const known = leaves.of(owner) ?? slots.get(owner);
    if (known) return known;
    const made = leaves.slot("temporary", sizeOf(owner.shape), owner.element);
    slots.set(owner, made);
    return made;
  };

  const inMemory = (node: Node): boolean => isLeaf(home(node)) || stored.has(home(node));

  /** The value of an array's entry at an index of the region. `here` are arrays the same region computes over its own indices. */
  const valueAt = (build: Instructions, axes: Shape, here: (node: Node) => boolean) => {
    const done = new Map<string, Instruction>();
    const load = (node: Node, index: Index): Access => {
      const strides = new Array<number>(Math.max(1, axes.length)).fill(0);
      let offset = 0;
      stridesOf(node.shape).forEach((stride, a) => {
        const { axis, offset: start } = index[a];
        if (axis !== undefined) strides[axis] += stride;
        offset += start * stride;
      });
      return { slot: slotOf(node), offset, strides };
    };
    const value = (node: Node, index: Index): Instruction => {
      const key = `${node.id} ${index.map(({ axis, offset }) => `${axis}+${offset}`).join()}`;
      let found = done.get(key);
      if (!found) {
        found = made(node, index);
        done.set(key, found);
      }
      return found;
    };
    const made = (node: Node, index: Index): Instruction => {
      if (node.op === "constant" && !isLeaf(node)) return build.constant(node.attributes.values[0]);
      if (inMemory(node) && !(here(node) && isIdentity(index))) return build.load(load(node, index));
      const [operand] = node.inputs;
      switch (node.op) {
        case "broadcast":
          return value(operand, stretchedIndex(operand.shape, index));
        case "transpose":
          return value(
            operand,
            operand.shape.map((_, axis) => index[node.attributes.order.indexOf(axis)]),
          );
        case "slice":
          return value(
            operand,
            index.map(({ axis, offset }, a) => ({ axis, offset: offset + node.attributes.starts[a] })),
          );
        case "reshape":
          return value(operand, squeezedIndex(operand.shape, node.shape, index));
        case "gather": {
          const [table, indices] = node.inputs;
          const rank = indices.shape.length;
          const row = value(indices, index.slice(0, rank));
          const access = load(table, [{ axis: undefined, offset: 0 }, ...index.slice(rank)]);
          return build.lookup(access, row, sizeOf(table.shape.slice(1)));
        }
        case "compare":
          return build.compare(node.attributes.relation, value(node.inputs[0], index), value(node.inputs[1], index));
        case "select":
          return build.select(
            ...(node.inputs.map(input => value(input, index)) as [Instruction, Instruction, Instruction]),
          );
        case "add":
        case "sub":
        case "mul":
        case "div":
        case "maximum":
        case "minimum":
          return build[node.op](value(node.inputs[0], index), value(node.inputs[1], index));
        case "convert":
        case "neg":
        case "exp":
        case "log":
        case "tanh":
        case "erf":
        case "sqrt":
        case "sin":
        case "cos":
          return build[node.op](value(operand, index));
        default:
          throw new Error(`${node.op} has a step of its own`);
      }
    };
    return value;
  };

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
  const spaceOf = (node: Node): Shape => (isFold(node) ? node.inputs[0].shape : node.shape);
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
          sameSpace(spaceOf(owner), other.shape);
        level = Math.max(level, levelOf(other) + (shares ? 0 : 1));
      }
    }
    levels.set(owner, level);
    return level;
  };

  // Arrays that only updates need, entry by entry, wait for them and are computed in their loops.
  const ends = [...stored].filter(node => !isLeaf(node));
  const late = lateNodes(nodes, goal, stored, home, passes);
  for (const node of ends) if (!late.has(node)) levelOf(node);
  const last = 1 + Math.max(0, ...[...levels.values()]);
  for (const node of late) levels.set(node, last);

  const regions = new Map<string, { level: number; axes: Shape; nodes: Node[] }>();
  const steps: { level: number; step: Step }[] = [];
  const passesDone = new Set<number>();
  for (const node of ends) {
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
    const value = valueAt(build, axes, node => here.has(node));
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
      const value = valueAt(instructions(), part.shape, () => false)(part, identity(part.shape));
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

/** The array in whose memory a reshaped array lies. */
const home = (node: Node): Node => (node.op === "reshape" ? home(node.inputs[0]) : node);

const isFold = (node: Node): boolean => node.op === "sum" || node.op === "max";

const hasOwnStep = (node: Node): boolean =>
  node.op === "matmul" || node.op === "scatterAdd" || node.op === "concat" || node.op === "random";

const isView = (node: Node): boolean =>
  node.op === "broadcast" || node.op === "transpose" || node.op === "slice" || node.op === "reshape";

const isIdentity = (index: Index): boolean => index.every(({ axis, offset }, a) => axis === a && offset === 0);

const identity = (axes: Shape): Index => axes.map((_, axis) => ({ axis, offset: 0 }));

const sameSpace = (a: Shape, b: Shape): boolean => a.join() === b.join();

const stretchedIndex = (shape: Shape, index: Index): Index =>
  shape.map((length, axis) =>
    length === 1 ? { axis: undefined, offset: 0 } : index[axis + index.length - shape.length],
  );

/** An index of the same entries under a shape that differs only by axes of length 1. */
const squeezedIndex = (shape: Shape, from: Shape, index: Index): Index => {
  const kept = index.filter((_, axis) => from[axis] !== 1);
  let next = 0;
  return shape.map(length => (length === 1 ? { axis: undefined, offset: 0 } : kept[next++]));
};

const isSqueeze = (a: Shape, b: Shape): boolean =>
  sameSpace(
    a.filter(length => length !== 1),
    b.filter(length => length !== 1),
  );

const plainAccess = (slot: Slot, axes: Shape): Access => ({ slot, offset: 0, strides: stridesOf(axes) });

const foldedAccess = (slot: Slot, axes: Shape, folded: readonly number[]): Access => {
  const kept = stridesOf(axes.filter((_, axis) => !folded.includes(axis)));
  return { slot, offset: 0, strides: axes.map((_, axis) => (folded.includes(axis) ? 0 : kept.shift()!)) };
};

const scalarStore = (store: Store): Store => ({ ...store, access: { ...store.access, strides: [0] } });

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
  !["exp", "log", "tanh", "erf", "sin", "cos", "div", "sqrt"].includes(node.op) &&
  node.inputs.every(input => {
    const source = isView(input) ? input.inputs[0] : input;
    return source.op === "parameter" || source.op === "input" || source.op === "constant";
  });

/** Stored arrays that nothing but updates of their own shape needs. */
const lateNodes = (
  nodes: readonly Node[],
  goal: Goal,
  stored: ReadonlySet<Node>,
  homeOf: (node: Node) => Node,
  passes: Passes | undefined,
): Set<Node> => {
  const wanted = new Set(Object.values(goal.outputs).map(({ node }) => homeOf(node)));
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

/**
 * Updates are written in place. Where a loop still reads a parameter that another loop changes, or at another entry than the one it
 * changes, the new values wait in a temporary array.
 */
const inPlaceOrCopied = (regions: readonly Region[], leaves: Leaves): { region: Region; level: number }[] => {
  const copies: Region[] = [];
  const written = regions.map(region => ({
    ...region,
    stores: region.stores.map((store): Store => {
      const { slot } = store.access;
      const isRead = (other: Region) => readBy({ kind: "region", region: other }).includes(slot);
      const isSafe = regions.every(other => (other === region ? !readsElsewhere(other, store.access) : !isRead(other)));
      if (isSafe || slot.place === "temporary") return store;
      const waiting = leaves.slot("temporary", slot.size);
      const access = { ...store.access, slot: waiting };
      copies.push({ axes: region.axes, stores: [{ value: instructions().load(access), access: store.access }] });
      return { ...store, access };
    }),
  }));
  return [...written.map(region => ({ region, level: 0 })), ...copies.map(region => ({ region, level: 1 }))];
};
