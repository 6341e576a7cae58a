import type { Relation } from "../graph/node.ts";
import type { Slot } from "./slot.ts";

/** Entry offset + sum over axes of index * stride of a slot, in entries. */
export interface Access {
  readonly slot: Slot;
  readonly offset: number;
  readonly strides: readonly number[];
}

export type UnaryName = "convert" | "neg" | "exp" | "log" | "log1p" | "tanh" | "erf" | "sqrt" | "sin" | "cos";
export type BinaryName = "add" | "sub" | "mul" | "div" | "maximum" | "minimum";

/** One number for each point of a region's index space, made from others. */
export type Instruction = { readonly id: number } & (
  | { readonly op: "constant"; readonly value: number }
  | { readonly op: "load"; readonly access: Access }
  /** The entry `index` * `scale` beyond the access. */
  | { readonly op: "lookup"; readonly access: Access; readonly index: Instruction; readonly scale: number }
  | { readonly op: UnaryName | BinaryName | "select"; readonly inputs: readonly Instruction[] }
  | { readonly op: "compare"; readonly relation: Relation; readonly inputs: readonly Instruction[] }
);

/**
 * Where a value goes: entry by entry, or folded over the axes along which the access does not move. Sums of many
 * go on in float64 whatever the precision, and round once: in float32 a million terms would lose four digits.
 */
export interface Store {
  readonly value: Instruction;
  readonly access: Access;
  readonly fold?: "sum" | "max";
}

/**
 * One loop nest: at every point of an index space the same instructions, their values stored. Points may be taken in any order and
 * several at a time along the last axis; folds add in an order that depends on the sizes alone. What a point reads is what was there
 * before its own stores.
 */
export interface Region {
  /** Lengths of the axes, outermost first. At least one. */
  readonly axes: readonly number[];
  readonly stores: readonly Store[];
}

export const operandsOf = (instruction: Instruction): readonly Instruction[] => {
  if ("inputs" in instruction) return instruction.inputs;
  return instruction.op === "lookup" ? [instruction.index] : [];
};

const listed = new WeakMap<Region, readonly Instruction[]>();

/** All instructions of a region, operands before their users. */
export const instructionsOf = (region: Region): readonly Instruction[] => {
  const known = listed.get(region);
  if (known) return known;
  const found = new Set<Instruction>();
  const visit = (instruction: Instruction) => {
    if (found.has(instruction)) return;
    for (const operand of operandsOf(instruction)) visit(operand);
    found.add(instruction);
  };
  for (const { value } of region.stores) visit(value);
  const list = [...found];
  listed.set(region, list);
  return list;
};

/** Reads that the order of the stores would leave until after a store to the same place: they have to be made first. */
export const readAfterWrite = ({ stores }: Region): Instruction[] => {
  const seen = new Set<Instruction>();
  const written = new Set<string>();
  const late: Instruction[] = [];
  const visit = (instruction: Instruction) => {
    if (seen.has(instruction)) return;
    seen.add(instruction);
    for (const operand of operandsOf(instruction)) visit(operand);
    if (!("access" in instruction)) return;
    const { slot, offset } = instruction.access;
    // A lookup may hit any entry.
    if (written.has(instruction.op === "load" ? `${slot.id} ${offset}` : `${slot.id}`)) late.push(instruction);
  };
  for (const { value, access } of stores) {
    visit(value);
    written.add(`${access.slot.id}`).add(`${access.slot.id} ${access.offset}`);
  }
  return late;
};

export const accessesOf = (region: Region): Access[] => [
  ...instructionsOf(region).flatMap(instruction => ("access" in instruction ? [instruction.access] : [])),
  ...region.stores.map(({ access }) => access),
];

/** The same region with fewer axes: those of length 1 are dropped, and neighbours that every access walks as one are merged. */
export const collapse = (region: Region): Region => {
  const accesses = accessesOf(region);
  const groups: number[][] = [];
  region.axes.forEach((length, axis) => {
    if (length === 1) return;
    const outer = groups.at(-1)?.at(-1);
    const walksOn = outer !== undefined && accesses.every(({ strides }) => strides[outer] === strides[axis] * length);
    if (walksOn) groups.at(-1)!.push(axis);
    else groups.push([axis]);
  });
  if (groups.length === region.axes.length) return region;
  const axes = groups.map(group => group.reduce((product, axis) => product * region.axes[axis], 1));
  const reduced = (access: Access): Access => ({
    ...access,
    strides: groups.length === 0 ? [0] : groups.map(group => access.strides[group.at(-1)!]),
  });
  const renewed = new Map<Instruction, Instruction>();
  for (const instruction of instructionsOf(region)) {
    const own = (operand: Instruction) => renewed.get(operand)!;
    if ("inputs" in instruction) renewed.set(instruction, { ...instruction, inputs: instruction.inputs.map(own) });
    else if (instruction.op === "lookup")
      renewed.set(instruction, { ...instruction, access: reduced(instruction.access), index: own(instruction.index) });
    else if (instruction.op === "load")
      renewed.set(instruction, { ...instruction, access: reduced(instruction.access) });
    else renewed.set(instruction, instruction);
  }
  return {
    axes: axes.length === 0 ? [1] : axes,
    stores: region.stores.map(store => ({
      ...store,
      value: renewed.get(store.value)!,
      access: reduced(store.access),
    })),
  };
};
