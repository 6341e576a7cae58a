import { type Access, type Instruction, instructionsOf, operandsOf, type Region } from "../lower/region.ts";
import type { Slot } from "../lower/slot.ts";
import type { Precision } from "../wasm/precision.ts";
import { tanh32 } from "./tanh32.ts";

/** What the instructions of a region are in C. */
export interface Values {
  /** The innermost axis along which an instruction's value changes; -1 for none. */
  depthOf(instruction: Instruction): number;
  /** The address of an access at the indices i0, i1, ... of the loops around. */
  address(access: Access): string;
  /** Bytes from one lane's entry to the next one's. */
  laneStride(access: Access): number;
  isIndex(instruction: Instruction): boolean;
  /** The instructions that one statement computes: entries of one row that are looked up together, or an instruction alone. */
  rowOf(instruction: Instruction): readonly Instruction[];
  /** The statement that computes an instruction from its operands, of which `count` lanes count. */
  statement(instruction: Instruction): string;
  /** A variable with the value as a vector: comparisons are 0 and 1. */
  number(instruction: Instruction): string;
}

/** What a region needs to know of the program around it. */
export interface Surroundings {
  readonly precision: Precision;
  /** Byte address of a slot's copy for the first chain and step. */
  address(slot: Slot): number;
  /** The variable that holds the byte offset of the current chain and step, for the places that have one. */
  offset(slot: Slot): string | undefined;
}

const elementary: ReadonlySet<string> = new Set(["exp", "log", "log1p", "tanh", "erf", "sin", "cos"]);
const operators: { readonly [op: string]: string } = { add: "+", sub: "-", mul: "*", div: "/" };
const relations = { less: "<", lessOrEqual: "<=", equal: "==" } as const;

export const bytesOf = ({ element, place }: Slot, { bytes }: Precision): number =>
  element === "index" ? 4 : place === "sums" ? 8 : bytes;

/** A number as C reads it back to the bit. */
export const literal = (value: number): string => {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "Infinity" : "-Infinity";
  if (Object.is(value, -0)) return "-0.0";
  return Number.isInteger(value) && Math.abs(value) < 1e15 ? `${value}.0` : `${value}`;
};

type Lookup = Instruction & { readonly op: "lookup" };

/** Entries that one row of vectors.ts has at most. */
const MOST = 8;

/** Entries side by side of rows of single precision that are looked up by one index, by each of them, in order. */
const lookedUpTogether = (
  region: Region,
  varies: (instruction: Instruction) => boolean,
): ReadonlyMap<Instruction, readonly Lookup[]> => {
  const laneDepth = region.axes.length - 1;
  const isEntry = (instruction: Instruction): instruction is Lookup =>
    instruction.op === "lookup" &&
    instruction.access.slot.element === "real" &&
    instruction.access.strides[laneDepth] === 0 &&
    varies(instruction.index);
  const rows = new Map<string, Lookup[]>();
  for (const instruction of instructionsOf(region)) {
    if (!isEntry(instruction)) continue;
    const { access, index, scale } = instruction;
    const key = JSON.stringify([index.id, access.slot.id, access.strides, scale]);
    rows.set(key, [...(rows.get(key) ?? []), instruction]);
  }
  const together = new Map<Instruction, readonly Lookup[]>();
  for (const entries of rows.values()) {
    entries.sort((a, b) => a.access.offset - b.access.offset);
    const isWhole = entries.every(({ access }, i) => access.offset === entries[0].access.offset + i);
    if (entries.length > 2 && entries.length <= MOST && isWhole)
      for (const entry of entries) together.set(entry, entries);
  }
  return together;
};

export const values = (region: Region, around: Surroundings): Values => {
  const { precision } = around;
  const { suffix, name } = precision;
  const laneDepth = region.axes.length - 1;
  const depths = new Map<Instruction, number>();
  for (const instruction of instructionsOf(region)) {
    let depth = -1;
    if ("access" in instruction)
      instruction.access.strides.forEach((stride, axis) => {
        if (stride !== 0) depth = Math.max(depth, axis);
      });
    for (const operand of operandsOf(instruction)) depth = Math.max(depth, depths.get(operand)!);
    depths.set(instruction, depth);
  }
  const width = (slot: Slot) => bytesOf(slot, precision);
  const isIndex = (instruction: Instruction) => "access" in instruction && instruction.access.slot.element === "index";
  const varies = (instruction: Instruction) => depths.get(instruction) === laneDepth;
  const variable = ({ id }: Instruction) => `n${id}`;
  const laneStride = ({ strides, slot }: Access) => strides[laneDepth] * width(slot);

  const address = ({ slot, offset, strides }: Access): string => {
    const moves = strides.flatMap((stride, axis) => (stride === 0 ? [] : [` + i${axis} * ${stride * width(slot)}`]));
    const own = around.offset(slot);
    return `m + ${around.address(slot) + offset * width(slot)}${own ? ` + ${own}` : ""}${moves.join("")}`;
  };
  /** As a vector of numbers. */
  const number = (instruction: Instruction): string => {
    const own = variable(instruction);
    if (instruction.op === "compare") return `((vreal)(${own} & (vmask)ALL(1)))`;
    if (isIndex(instruction) && !varies(instruction)) return `(${own} - (vindex){})`;
    return own;
  };

  const loaded = (instruction: Instruction & { readonly access: Access }, where: string): string => {
    const { access } = instruction;
    const stride = laneStride(access);
    const isReal = access.slot.element === "real";
    if (!varies(instruction)) return isReal ? `SPLAT(${where})` : `*(const ai32 *)(${where})`;
    if (stride === width(access.slot)) return isReal ? `LOAD(${where})` : `(vindex)*(const lindex *)(${where})`;
    return `${isReal ? "load" : "index"}_apart(${where}, ${stride}, count)`;
  };
  const lookup = (instruction: Instruction & { readonly op: "lookup" }): string => {
    const { access, index, scale } = instruction;
    const row = scale * width(access.slot);
    if (!varies(index)) return loaded(instruction, `${address(access)} + (long)${variable(index)} * ${row}`);
    const isReal = access.slot.element === "real";
    return `lookup${isReal ? "" : "_index"}(${address(access)}, ${variable(index)}, ${row}, ${laneStride(access)}, count)`;
  };

  const extreme = (op: "maximum" | "minimum", inputs: readonly Instruction[]): string => {
    const [a, b] = inputs.map(number);
    const constant = inputs.find(input => input.op === "constant");
    const value = constant?.op === "constant" ? constant.value : Number.NaN;
    const other = number(inputs.find(input => input !== constant) ?? inputs[0]);
    if (inputs[0] === inputs[1] || Number.isNaN(value) || Object.is(value, -0)) return `${op}(${a}, ${b})`;
    if (op === "minimum") return `least_of(${other}, ${number(constant!)})`;
    return value === 0 ? `most_of_zero(${other})` : `most_of(${other}, ${number(constant!)})`;
  };

  const expression = (instruction: Instruction): string => {
    switch (instruction.op) {
      case "constant":
        return `ALL(${literal(instruction.value)})`;
      case "load":
        return loaded(instruction, address(instruction.access));
      case "lookup":
        return lookup(instruction);
      case "convert": {
        const [index] = instruction.inputs;
        return varies(index) ? `__builtin_convertvector(${variable(index)}, vreal)` : `ALL(${variable(index)})`;
      }
      case "compare": {
        const [a, b] = instruction.inputs.map(number);
        return `${a} ${relations[instruction.relation]} ${b}`;
      }
      case "select": {
        const [condition, yes, no] = instruction.inputs;
        const mask = condition.op === "compare" ? variable(condition) : `(${number(condition)} != ALL(0))`;
        return `PICK(${mask}, ${number(yes)}, ${number(no)})`;
      }
      case "maximum":
      case "minimum":
        return extreme(instruction.op, instruction.inputs);
      case "add":
      case "sub":
      case "mul":
      case "div": {
        const [a, b] = instruction.inputs.map(number);
        return `${a} ${operators[instruction.op]} ${b}`;
      }
      case "neg":
        return `(vreal)((vmask)${number(instruction.inputs[0])} ^ SIGN)`;
      case "sqrt":
        return `SQRT(${number(instruction.inputs[0])})`;
      default: {
        const operand = number(instruction.inputs[0]);
        if (instruction.op === "tanh" && name === "f32") return `${tanh32.name}(${operand})`;
        if (!elementary.has(instruction.op)) throw new Error(`${instruction.op} is no operation of a region`);
        return `(vreal)${instruction.op}${suffix}((v128)${operand})`;
      }
    }
  };
  const rows = name === "f32" ? lookedUpTogether(region, varies) : new Map<Instruction, readonly Lookup[]>();
  /** Declares the entries of a whole row. */
  const row = (entries: readonly Lookup[]): string => {
    const { access, index, scale } = entries[0];
    const name = `r${entries[0].id}`;
    const columns = entries.map((entry, i) => `${variable(entry)} = ${name}[${i}]`);
    return `vreal ${name}[${entries.length}]; lookup_rows(${name}, ${address(access)}, ${variable(index)}, ${scale * width(access.slot)}, ${entries.length}, count); const vreal ${columns.join(", ")};`;
  };
  const typeOf = (instruction: Instruction): string => {
    if (instruction.op === "compare") return "vmask";
    if (!isIndex(instruction)) return "vreal";
    return varies(instruction) ? "vindex" : "int32_t";
  };

  return {
    depthOf: instruction => depths.get(instruction)!,
    address,
    laneStride,
    isIndex,
    number,
    rowOf: instruction => rows.get(instruction) ?? [instruction],
    statement(instruction) {
      const together = rows.get(instruction);
      if (together) return row(together);
      return `const ${typeOf(instruction)} ${variable(instruction)} = ${expression(instruction)};`;
    },
  };
};
