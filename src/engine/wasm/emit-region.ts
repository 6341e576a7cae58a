import {
  type Access,
  accessesOf,
  type Instruction,
  instructionsOf,
  operandsOf,
  type Region,
  readAfterWrite,
  type Store,
} from "../lower/region.ts";
import type { Place, Slot } from "../lower/slot.ts";
import { signed, unsigned } from "./encoding.ts";
import type { FunctionBody } from "./module.ts";
import { laneMask, type Precision, simd, splatConstant } from "./precision.ts";

/** What a region needs to know of the program around it. */
export interface Surroundings {
  readonly precision: Precision;
  /** Byte address of a slot's copy for the first chain and step. */
  address(slot: Slot): number;
  /** The local that holds the byte offset of the current chain and step, for the places that have one. */
  offsetLocal(place: Place): number | undefined;
  /** Index of the imported kernel. */
  kernel(name: string): number;
}

const LOCAL_GET = 0x20;
const LOCAL_SET = 0x21;
const LOCAL_TEE = 0x22;
const I32_CONST = 0x41;
const I32_ADD = 0x6a;
const I32_SUB = 0x6b;
const I32_MUL = 0x6c;
const LOOP = [0x03, 0x40];
const END = 0x0b;
const BRANCH_IF = [0x0d, 0x00];
const CALL = 0x10;

const called: ReadonlySet<string> = new Set(["exp", "log", "tanh", "erf", "sin", "cos"]);

/** The names of the kernels that a region calls. */
export const kernelsOf = (region: Region, { suffix }: Precision): string[] => [
  ...new Set(instructionsOf(region).flatMap(({ op }) => (called.has(op) ? [op + suffix] : []))),
];

/** Writes the loop nest of a region as the body of a function. */
export const emitRegion = (region: Region, body: FunctionBody, around: Surroundings): void => {
  const { precision } = around;
  const { lanes, opcode, scalar } = precision;
  const { axes, stores } = region;
  const laneDepth = axes.length - 1;
  const width = ({ element }: Slot) => (element === "index" ? 4 : precision.bytes);
  const write = (...bytes: (number | readonly number[])[]) => {
    for (const part of bytes) {
      if (typeof part === "number") body.code.push(part);
      else for (const byte of part) body.code.push(byte);
    }
  };
  const get = (local: number) => write(LOCAL_GET, unsigned(local));
  const set = (local: number) => write(LOCAL_SET, unsigned(local));
  const tee = (local: number) => write(LOCAL_TEE, unsigned(local));
  const integer = (value: number) => write(I32_CONST, signed(value));

  // One pointer for all accesses that move alike; what differs between them is in the immediate offset.
  const pointers = new Map<
    string,
    { readonly local: number; readonly strides: readonly number[]; readonly place: Place }
  >();
  const pointerOf = ({ slot, strides }: Access) => {
    const inBytes = strides.map(stride => stride * width(slot));
    const key = `${around.offsetLocal(slot.place)} ${inBytes.join()}`;
    let pointer = pointers.get(key);
    if (!pointer) {
      pointer = { local: body.local("i32"), strides: inBytes, place: slot.place };
      pointers.set(key, pointer);
      const offset = around.offsetLocal(slot.place);
      if (offset === undefined) integer(0);
      else get(offset);
      set(pointer.local);
    }
    return pointer;
  };
  for (const access of accessesOf(region)) pointerOf(access);
  const immediate = ({ slot, offset }: Access, more = 0) => around.address(slot) + offset * width(slot) + more;
  const memoryArgument = (offset: number) => [0, ...unsigned(offset)];

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
  for (const { value } of stores) uses.set(value, (uses.get(value) ?? 0) + 1);
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
      else write(0x28, memoryArgument(immediate(access)));
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
      else write(0x28, memoryArgument(immediate(access)));
    } else if (laneStride(access) === width(access.slot)) {
      get(place);
      write(simd(isReal || lanes === 4 ? 0x00 : 0x5d), memoryArgument(immediate(access)));
    } else
      loadLanes(count, isReal, l => {
        get(place);
        return immediate(access, l * laneStride(access));
      });
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

  /** The same, with comparisons as 0 and 1. */
  const number = (instruction: Instruction, count: number): void => {
    value(instruction, count);
    if (instruction.op === "compare") write(splatConstant(precision, 1), simd(0x4e));
  };

  const compute = (instruction: Instruction, count: number): void => {
    switch (instruction.op) {
      case "constant":
        write(splatConstant(precision, instruction.value));
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
        if (called.has(instruction.op)) write(CALL, unsigned(around.kernel(instruction.op + precision.suffix)));
        else write(simd(opcode[instruction.op as keyof typeof opcode]));
    }
  };

  /** Computes a value ahead of its uses. */
  const keep = (instruction: Instruction, count: number) => {
    if (held.has(instruction)) return;
    value(instruction, count);
    if (held.has(instruction)) return write(0x1a);
    const kept = body.local(isIndex(instruction) && !varies(instruction) ? "i32" : "v128");
    held.set(instruction, kept);
    set(kept);
  };

  /** Computes what does not change in the loops inside the one over axis `depth`. */
  const hoist = (depth: number) => {
    const outer = new Set(
      stores.map(({ value: stored }) => stored).filter(stored => depths.get(stored) === depth && depth < laneDepth),
    );
    for (const instruction of instructionsOf(region))
      if (depths.get(instruction)! > depth)
        for (const operand of operandsOf(instruction)) if (depths.get(operand) === depth) outer.add(operand);
    for (const instruction of outer) keep(instruction, lanes);
  };

  const isFoldedAt = ({ access, fold }: Store, axis: number) => fold !== undefined && access.strides[axis] === 0;
  const isFoldedOutside = (store: Store) => axes.some((_, axis) => axis < laneDepth && isFoldedAt(store, axis));
  const accumulators = new Map<Store, number>();
  const endangered = readAfterWrite(region);

  const storeLanes = (store: Store, count: number) => {
    const { access, fold } = store;
    const accumulator = accumulators.get(store);
    const combine = fold === "max" ? opcode.maximum : opcode.add;
    if (accumulator !== undefined) {
      get(accumulator);
      number(store.value, count);
      if (count < lanes) {
        write(
          splatConstant(precision, fold === "max" ? Number.NEGATIVE_INFINITY : 0),
          laneMask(precision, count),
          simd(0x52),
        );
      }
      write(simd(combine));
      return set(accumulator);
    }
    const isWhole = count === lanes && laneStride(access) === precision.bytes;
    if (isWhole && !isFoldedOutside(store)) {
      address(access);
      number(store.value, count);
      return write(simd(0x0b), memoryArgument(immediate(access)));
    }
    number(store.value, count);
    if (isFoldedOutside(store)) {
      load(access, true, count);
      write(simd(combine));
    }
    const kept = body.local("v128");
    set(kept);
    if (isWhole) {
      address(access);
      get(kept);
      return write(simd(0x0b), memoryArgument(immediate(access)));
    }
    for (let l = 0; l < count; l++) {
      address(access);
      get(kept);
      write(simd(opcode.storeLane), memoryArgument(immediate(access, l * laneStride(access))), l);
    }
  };

  /** Adds the lanes of an accumulator in a fixed order and stores the sum. */
  const finish = (store: Store, accumulator: number) => {
    const { access, fold } = store;
    const combine = fold === "max" ? scalar.max : scalar.add;
    address(access);
    for (let l = 0; l < lanes; l++) {
      get(accumulator);
      write(simd(opcode.extractLane), l);
      if (l % 2 === 1) write(combine);
    }
    if (lanes === 4) write(combine);
    if (isFoldedOutside(store)) {
      address(access);
      write(scalar.load, memoryArgument(immediate(access)), combine);
    }
    write(scalar.store, memoryArgument(immediate(access)));
  };

  const advance = (axis: number, steps: number) => {
    for (const { local, strides } of pointers.values()) {
      const bytes = strides[axis] * Math.abs(steps);
      if (bytes === 0) continue;
      get(local);
      integer(bytes);
      write(steps > 0 ? I32_ADD : I32_SUB);
      set(local);
    }
  };

  const repeat = (times: number, inside: () => void) => {
    if (times === 1) return inside();
    const counter = body.local("i32");
    integer(times);
    set(counter);
    write(LOOP);
    inside();
    get(counter);
    integer(1);
    write(I32_SUB);
    tee(counter);
    write(BRANCH_IF, END);
  };

  const laneLoop = () => {
    const length = axes[laneDepth];
    for (const store of stores)
      if (isFoldedAt(store, laneDepth)) {
        const accumulator = accumulators.get(store) ?? body.local("v128");
        accumulators.set(store, accumulator);
        write(splatConstant(precision, store.fold === "max" ? Number.NEGATIVE_INFINITY : 0));
        set(accumulator);
      }
    const [whole, rest] = [Math.floor(length / lanes), length % lanes];
    const block = (count: number) => {
      const outside = held;
      held = new Map(held);
      for (const instruction of endangered) keep(instruction, count);
      for (const store of stores) storeLanes(store, count);
      held = outside;
    };
    if (whole > 0)
      repeat(whole, () => {
        block(lanes);
        advance(laneDepth, lanes);
      });
    if (rest > 0) block(rest);
    if (whole > 0) advance(laneDepth, -whole * lanes);
    for (const [store, accumulator] of accumulators) finish(store, accumulator);
  };

  const nest = (axis: number) => {
    if (axis === laneDepth) return laneLoop();
    repeat(axes[axis], () => {
      const outside = held;
      held = new Map(held);
      hoist(axis);
      nest(axis + 1);
      held = outside;
      advance(axis, 1);
    });
    advance(axis, -axes[axis]);
  };

  /** Memory that folds add to starts neutral. */
  const clear = (store: Store) => {
    const { slot } = store.access;
    const start = around.address(slot);
    const offset = around.offsetLocal(slot.place);
    const base = () => {
      if (offset === undefined) integer(0);
      else get(offset);
    };
    if (store.fold === "sum") {
      base();
      integer(start);
      write(I32_ADD);
      integer(0);
      integer(slot.size * precision.bytes);
      return write(0xfc, unsigned(0x0b), 0x00);
    }
    const cursor = body.local("i32");
    base();
    set(cursor);
    repeat(slot.size, () => {
      get(cursor);
      write(scalar.constant, precision.constantBytes(Number.NEGATIVE_INFINITY));
      write(scalar.store, memoryArgument(start));
      get(cursor);
      integer(precision.bytes);
      write(I32_ADD);
      set(cursor);
    });
  };

  for (const store of stores) if (isFoldedOutside(store)) clear(store);
  hoist(-1);
  nest(0);
};
