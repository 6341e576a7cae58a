import { type Access, accessesOf, type Instruction, instructionsOf, operandsOf, type Region } from "../lower/region.ts";
import type { Slot, SlotPlace } from "../lower/slot.ts";
import type { FunctionBody } from "./module.ts";
import { type Precision, simd, splatConstant } from "./precision.ts";
import { emitTanh32 } from "./tanh32.ts";
import { DROP, I32_ADD, I32_LOAD, I32_MUL, memoryArgument, type Writer, writer } from "./writer.ts";

/** What a region needs to know of the program around it. */
export interface Surroundings {
  readonly precision: Precision;
  /** Byte address of a slot's copy for the first chain and step. */
  address(slot: Slot): number;
  /** The local that holds the byte offset of the current chain and step, for the places that have one. */
  offsetLocal(place: SlotPlace): number | undefined;
  /** Byte address where a constant lies in memory; undefined when there is no space for it. */
  constant(value: number): number | undefined;
  /** Loops take two vectors at a time. */
  readonly inPairs: boolean;
  /** Where the area of memory for sums begins. */
  readonly sums: number;
  /** Index of the imported kernel. */
  kernel(name: string): number;
}

const elementary: ReadonlySet<string> = new Set(["exp", "log", "log1p", "tanh", "erf", "sin", "cos"]);
const isCalled = (op: string, { name }: Precision) => elementary.has(op) && !(op === "tanh" && name === "f32");

/** The names of the kernels that a region calls. */
export const kernelsOf = (region: Region, precision: Precision): string[] => [
  ...new Set(instructionsOf(region).flatMap(({ op }) => (isCalled(op, precision) ? [op + precision.suffix] : []))),
];

/** How far a pointer goes along each axis, in bytes. */
interface Pointer {
  readonly local: number;
  readonly strides: readonly number[];
}

/** Computes what the instructions of a region stand for, at the point where its pointers are. */
export interface Values {
  readonly pointers: readonly Pointer[];
  /** The innermost axis along which an instruction's value changes; -1 for none. */
  depthOf(instruction: Instruction): number;
  /** Puts the address on the stack that an access has, but for `immediate`. */
  address(access: Access): void;
  immediate(access: Access, more?: number): number;
  /** Bytes from one lane's entry to the next one's. */
  laneStride(access: Access): number;
  load(access: Access, isVarying: boolean, count: number): void;
  /** Puts a vector on the stack, of which `count` lanes count; comparisons are 0 and 1, indices integers of 32 bits. */
  number(instruction: Instruction, count: number): void;
  /** Computes a value ahead of its uses. */
  keep(instruction: Instruction, count: number): void;
  /** Values that `inside` computes are not at hand afterwards. */
  scoped(inside: () => void): void;
  /** Inside, everything is `count` entries further along the innermost axis. */
  ahead(count: number, inside: () => void): void;
  /** Once all is written: what has to come before it. */
  loadConstants(): void;
}

export const emitValues = (region: Region, body: FunctionBody, hand: Writer, around: Surroundings): Values => {
  const { write, get, set, tee, integer, call } = hand;
  const { precision } = around;
  const { lanes, opcode, scalar } = precision;
  const laneDepth = region.axes.length - 1;
  const width = ({ element, place }: Slot) => (element === "index" ? 4 : place === "sums" ? 8 : precision.bytes);

  // One pointer for all accesses that move alike; what differs between them is in the immediate offset.
  const pointers = new Map<string, Pointer>();
  const pointerOf = ({ slot, strides }: Access) => {
    const inBytes = strides.map(stride => stride * width(slot));
    const key = `${around.offsetLocal(slot.place)} ${inBytes.join()}`;
    let pointer = pointers.get(key);
    if (!pointer) {
      pointer = { local: body.local("i32"), strides: inBytes };
      pointers.set(key, pointer);
      const offset = around.offsetLocal(slot.place);
      if (offset === undefined) integer(0);
      else get(offset);
      set(pointer.local);
    }
    return pointer;
  };
  for (const access of accessesOf(region)) pointerOf(access);
  let further = 0;
  const immediate = ({ slot, offset, strides }: Access, more = 0) =>
    around.address(slot) + (offset + further * strides[laneDepth]) * width(slot) + more;

  const depths = new Map<Instruction, number>();
  const uses = new Map<Instruction, number>();
  for (const instruction of instructionsOf(region)) {
    let depth = -1;
    if ("access" in instruction)
      instruction.access.strides.forEach((stride, axis) => {
        if (stride !== 0) depth = Math.max(depth, axis);
      });
    for (const operand of operandsOf(instruction)) {
      depth = Math.max(depth, depths.get(operand)!);
      uses.set(operand, (uses.get(operand) ?? 0) + 1);
    }
    depths.set(instruction, depth);
  }
  for (const { value } of region.stores) uses.set(value, (uses.get(value) ?? 0) + 1);
  const isIndex = (instruction: Instruction) => "access" in instruction && instruction.access.slot.element === "index";
  const varies = (instruction: Instruction) => depths.get(instruction) === laneDepth;

  /** Values at hand: in locals. */
  let held = new Map<Instruction, number>();

  const address = (access: Access) => get(pointerOf(access).local);
  const laneStride = (access: Access) => access.strides[laneDepth] * width(access.slot);

  /** One lane after the other into a vector. `prepare(lane)` puts the address on the stack; the rest is in the immediate. */
  const loadLanes = (count: number, isReal: boolean, prepare: (lane: number) => number) => {
    const vector = body.local("v128");
    const [zero, lane] = isReal ? [opcode.loadZero, opcode.loadLane] : [0x5c, 0x56];
    for (let l = 0; l < count; l++) {
      const offset = prepare(l);
      if (l > 0) get(vector);
      write(simd(l === 0 ? zero : lane), memoryArgument(offset), l === 0 ? [] : [l]);
      set(vector);
    }
    get(vector);
  };

  const load = (access: Access, isVarying: boolean, count: number) => {
    const isReal = access.slot.element === "real";
    if (!isVarying) {
      address(access);
      if (isReal) write(simd(opcode.loadSplat), memoryArgument(immediate(access)));
      else write(I32_LOAD, memoryArgument(immediate(access)));
    } else if (laneStride(access) === width(access.slot)) {
      address(access);
      // Two indices fill half a vector.
      const whole = isReal || lanes === 4 ? 0x00 : 0x5d;
      write(simd(whole), memoryArgument(immediate(access)));
    } else
      loadLanes(count, isReal, l => {
        address(access);
        return immediate(access, l * laneStride(access));
      });
  };

  const lookup = (instruction: Instruction & { readonly op: "lookup" }, count: number) => {
    const { access, index, scale } = instruction;
    const isReal = access.slot.element === "real";
    const bytes = scale * width(access.slot);
    if (varies(index)) {
      const rows = body.local("v128");
      value(index, count);
      set(rows);
      loadLanes(count, isReal, l => {
        get(rows);
        write(simd(0x1b), l);
        integer(bytes);
        write(I32_MUL);
        address(access);
        write(I32_ADD);
        return immediate(access, l * laneStride(access));
      });
      return;
    }
    const place = body.local("i32");
    value(index, count);
    integer(bytes);
    write(I32_MUL);
    address(access);
    write(I32_ADD);
    set(place);
    if (!varies(instruction)) {
      get(place);
      if (isReal) write(simd(opcode.loadSplat), memoryArgument(immediate(access)));
      else write(I32_LOAD, memoryArgument(immediate(access)));
    } else if (laneStride(access) === width(access.slot)) {
      get(place);
      write(simd(isReal || lanes === 4 ? 0x00 : 0x5d), memoryArgument(immediate(access)));
    } else
      loadLanes(count, isReal, l => {
        get(place);
        return immediate(access, l * laneStride(access));
      });
  };

  /** Locals of constants, which are loaded once, before the loops. */
  const constants = new Map<number, number>();
  const constant = (number: number) => {
    // All bits zero are one instruction anyway.
    if (number === 0) return write(splatConstant(precision, number));
    const local = constants.get(number) ?? body.local("v128");
    constants.set(number, local);
    get(local);
  };
  const loadConstants = () => {
    const code: number[] = [];
    const first = writer({ ...body, code });
    for (const [number, local] of constants) {
      const place = around.constant(number);
      // From memory: V8 makes what is a constant in the code anew wherever it is used, in three instructions.
      if (place === undefined) first.write(splatConstant(precision, number));
      else {
        first.integer(0);
        first.write(simd(opcode.loadSplat), memoryArgument(place));
      }
      first.set(local);
    }
    body.code.unshift(...code);
  };

  /** Puts a vector (or, for an index that all lanes share, an integer) on the stack. A comparison is a mask. */
  const value = (instruction: Instruction, count: number): void => {
    const local = held.get(instruction);
    if (local !== undefined) {
      get(local);
      return;
    }
    compute(instruction, count);
    if (uses.get(instruction)! > 1) {
      const kept = body.local(isIndex(instruction) && !varies(instruction) ? "i32" : "v128");
      held.set(instruction, kept);
      tee(kept);
    }
  };

  /** The same as a vector in any case, with comparisons as 0 and 1. */
  const number = (instruction: Instruction, count: number): void => {
    value(instruction, count);
    if (isIndex(instruction) && !varies(instruction)) write(simd(0x11));
    if (instruction.op === "compare") {
      constant(1);
      write(simd(0x4e));
    }
  };

  const compute = (instruction: Instruction, count: number): void => {
    switch (instruction.op) {
      case "constant":
        constant(instruction.value);
        break;
      case "load":
        load(instruction.access, varies(instruction), count);
        break;
      case "lookup":
        lookup(instruction, count);
        break;
      case "convert": {
        const [index] = instruction.inputs;
        value(index, count);
        if (varies(index)) write(simd(opcode.convertIndex));
        else write(scalar.convertIndex, simd(opcode.splat));
        break;
      }
      case "compare":
        for (const operand of instruction.inputs) number(operand, count);
        write(simd(opcode[instruction.relation]));
        break;
      case "select": {
        const [condition, yes, no] = instruction.inputs;
        number(yes, count);
        number(no, count);
        value(condition, count);
        if (condition.op !== "compare") write(splatConstant(precision, 0), simd(opcode.notEqual));
        write(simd(0x52));
        break;
      }
      default:
        for (const operand of instruction.inputs) number(operand, count);
        if (isCalled(instruction.op, precision)) call(around.kernel(instruction.op + precision.suffix));
        else if (instruction.op === "tanh") emitTanh32(body, hand, constant);
        else write(simd(opcode[instruction.op as keyof typeof opcode]));
    }
  };

  /** Computes a value ahead of its uses. */
  const keep = (instruction: Instruction, count: number) => {
    if (held.has(instruction)) return;
    value(instruction, count);
    if (held.has(instruction)) return write(DROP);
    const kept = body.local(isIndex(instruction) && !varies(instruction) ? "i32" : "v128");
    held.set(instruction, kept);
    set(kept);
  };

  return {
    pointers: [...pointers.values()],
    depthOf: instruction => depths.get(instruction)!,
    address,
    immediate,
    laneStride,
    load,
    number,
    keep,
    scoped(inside) {
      const outside = held;
      held = new Map(held);
      inside();
      held = outside;
    },
    ahead(count, inside) {
      further = count;
      inside();
      further = 0;
    },
    loadConstants,
  };
};
