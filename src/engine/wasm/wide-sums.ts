import type { Region, Store } from "../lower/region.ts";
import type { Slot } from "../lower/slot.ts";
import type { Step } from "../lower/steps.ts";
import type { Values } from "./emit-values.ts";
import type { FunctionBody } from "./module.ts";
import { type Precision, simd } from "./precision.ts";
import { BRANCH_IF, END, I32_ADD, I32_SUB, LOOP, MEMORY_FILL, memoryArgument, type Writer } from "./writer.ts";

/*
 * Sums of many f32 go on in f64 and round once, as the error of a plain sum in f32 grows with the number of its terms. They lie in an area of memory that
 * holds nothing between regions: sums over outer axes entry by entry, and those along the axis of the lanes as four f64, to which every so many vectors are added.
 */

/** So many terms are added in f32: 32 equal ones are off by 5.1e-7 of their sum at most. */
export const PLAIN_TERMS = 32;

const BYTES = 8;
const LOAD = 0x00;
const STORE = 0x0b;
const F64 = { add: 0xf0, extract: 0x21, promoteLow: 0x5f, demoteToLow: 0x5e } as const;
const F32_EXTRACT = 0x1f;
const SCALAR = { promote: 0xbb, demote: 0xb6, add: 0xa0, load: 0x2b, store: 0x39 } as const;
/** Bytes 8 to 15 of the first vector and the first 8 of the second. */
const UPPER_HALF = [...simd(0x0d), 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23];
/** The first 8 bytes of both. */
const LOWER_HALVES = [...simd(0x0d), 0, 1, 2, 3, 4, 5, 6, 7, 16, 17, 18, 19, 20, 21, 22, 23];

export const isFoldedAt = ({ access, fold }: Store, axis: number): boolean =>
  fold !== undefined && access.strides[axis] === 0;

/** Over how many points of the outer axes a store folds. */
const outerTerms = (store: Store, { axes }: Region): number =>
  axes.slice(0, -1).reduce((terms, length, axis) => (isFoldedAt(store, axis) ? terms * length : terms), 1);

/** Whether a fold goes on in memory: over another axis than that of the lanes. */
export const isFoldedOutside = (store: Store, region: Region): boolean =>
  region.axes.some((_, axis) => axis < region.axes.length - 1 && isFoldedAt(store, axis));

/** Whether a sum over the axis of the lanes goes on in f64. */
const isWideInLanes = (store: Store, { axes }: Region, { name, lanes }: Precision): boolean =>
  name === "f32" &&
  store.fold === "sum" &&
  isFoldedAt(store, axes.length - 1) &&
  axes[axes.length - 1] > PLAIN_TERMS * lanes;

const isWideInMemory = (store: Store, region: Region, { name }: Precision): boolean =>
  name === "f32" && store.fold === "sum" && outerTerms(store, region) > PLAIN_TERMS;

const areaBytes = ({ size }: Slot): number => 32 * Math.ceil((size * BYTES) / 32);

const ZEROS = new Array<number>(16).fill(0);
const LANES_BYTES = 4 * BYTES;

type Scatter = Step & { readonly kind: "scatterAdd" };

/** Whether rows are named so often, on average, that what is scattered to them is added in f64. */
export const isWideScatter = ({ indices, out, width }: Scatter, { name }: Precision): boolean =>
  name === "f32" && indices.size * width > PLAIN_TERMS * out.size;

/** How much memory the sums of a step take while it runs. */
export const sumsBytes = (step: Step, precision: Precision): number => {
  if (step.kind === "scatterAdd") return isWideScatter(step, precision) ? areaBytes(step.out) : 0;
  return step.kind === "region" ? regionSumsBytes(step.region, precision) : 0;
};

const regionSumsBytes = (region: Region, precision: Precision): number =>
  region.stores.reduce(
    (bytes, store) =>
      bytes +
      (isWideInMemory(store, region, precision) ? areaBytes(store.access.slot) : 0) +
      (isWideInLanes(store, region, precision) ? LANES_BYTES : 0),
    0,
  );

/** Sums of a region in memory: the slot that stands in for that of their result, and its address. */
export interface SumsInMemory {
  readonly sums: Slot;
  readonly result: Slot;
  readonly address: number;
}

/** The same region with its sums of many over outer axes in the area that begins at `from`. */
export const withSumsInArea = (
  region: Region,
  precision: Precision,
  from: number,
): {
  readonly region: Region;
  readonly inMemory: readonly SumsInMemory[];
  /** Addresses of sums along the axis of the lanes. */
  readonly inLanes: ReadonlyMap<Store, number>;
} => {
  const inMemory: SumsInMemory[] = [];
  const inLanes = new Map<Store, number>();
  let address = from;
  const stores = region.stores.map(store => {
    let own = store;
    if (isWideInMemory(store, region, precision)) {
      const { slot } = store.access;
      const sums: Slot = { ...slot, place: "sums" };
      inMemory.push({ sums, result: slot, address });
      address += areaBytes(slot);
      own = { ...store, access: { ...store.access, slot: sums } };
    }
    if (isWideInLanes(own, region, precision)) {
      inLanes.set(own, address);
      address += LANES_BYTES;
    }
    return own;
  });
  return { region: { ...region, stores }, inMemory, inLanes };
};

export interface WideSums {
  /** Sets the sum of four lanes at an address to 0. */
  start(sum: number): void;
  /** Adds a vector of f32 in a local to it. */
  add(sum: number, vector: number): void;
  /** Puts the sum of all lanes on the stack, in f64. */
  total(sum: number): void;
  demote(): void;
  /** Adds the scalar that `value` puts on the stack to a sum in memory. */
  addTotal(store: Store, isWide: boolean, value: () => void): void;
  /** Adds the first `count` lanes of a vector in a local to sums in memory. */
  addLanes(store: Store, vector: number, count: number): void;
  clear(sums: SumsInMemory): void;
  /** Rounds sums in memory to f32. `base` puts the byte offset of the result's copy on the stack. */
  round(sums: SumsInMemory, resultAddress: number, base: () => void): void;
}

export const wideSums = (
  body: FunctionBody,
  { write, get, set, tee, integer }: Writer,
  { address, immediate, laneStride }: Values,
): WideSums => {
  /** Lanes 0 and 1, or 2 and 3, as f64. */
  const promoted = (vector: number, half: number) => {
    get(vector);
    if (half === 1) {
      get(vector);
      write(UPPER_HALF);
    }
    write(simd(F64.promoteLow));
  };
  return {
    start(sum) {
      for (const offset of [0, 16]) {
        integer(0);
        write(simd(0x0c), ZEROS, simd(STORE), memoryArgument(sum + offset));
      }
    },
    add(sum, vector) {
      for (const half of [0, 1]) {
        const memory = memoryArgument(sum + 2 * BYTES * half);
        integer(0);
        integer(0);
        write(simd(LOAD), memory);
        promoted(vector, half);
        write(simd(F64.add), simd(STORE), memory);
      }
    },
    total(sum) {
      const both = body.local("v128");
      for (const half of [0, 1]) {
        integer(0);
        write(simd(LOAD), memoryArgument(sum + 2 * BYTES * half));
      }
      write(simd(F64.add));
      tee(both);
      write(simd(F64.extract), 0);
      get(both);
      write(simd(F64.extract), 1, SCALAR.add);
    },
    demote: () => write(SCALAR.demote),
    addTotal({ access }, isWide, value) {
      const memory = memoryArgument(immediate(access));
      address(access);
      value();
      if (!isWide) write(SCALAR.promote);
      address(access);
      write(SCALAR.load, memory, SCALAR.add, SCALAR.store, memory);
    },
    addLanes({ access }, vector, count) {
      const isWhole = count === 4 && laneStride(access) === BYTES;
      if (isWhole)
        for (const half of [0, 1]) {
          const memory = memoryArgument(immediate(access, 2 * BYTES * half));
          address(access);
          address(access);
          write(simd(LOAD), memory);
          promoted(vector, half);
          write(simd(F64.add), simd(STORE), memory);
        }
      else
        for (let l = 0; l < count; l++) {
          const memory = memoryArgument(immediate(access, l * laneStride(access)));
          address(access);
          address(access);
          write(SCALAR.load, memory);
          get(vector);
          write(simd(F32_EXTRACT), l, SCALAR.promote, SCALAR.add, SCALAR.store, memory);
        }
    },
    clear({ sums, address: from }) {
      integer(from);
      integer(0);
      integer(areaBytes(sums));
      write(MEMORY_FILL);
    },
    round({ sums, address: from }, resultAddress, base) {
      const [source, target, left] = [body.local("i32"), body.local("i32"), body.local("i32")];
      const further = (local: number, bytes: number) => {
        get(local);
        integer(bytes);
        write(I32_ADD);
        set(local);
      };
      integer(from);
      set(source);
      base();
      set(target);
      integer(Math.ceil(sums.size / 4));
      set(left);
      write(LOOP);
      get(target);
      for (const offset of [0, 16]) {
        get(source);
        write(simd(LOAD), memoryArgument(offset), simd(F64.demoteToLow));
      }
      write(LOWER_HALVES, simd(STORE), memoryArgument(resultAddress));
      further(source, 32);
      further(target, 16);
      get(left);
      integer(1);
      write(I32_SUB);
      tee(left);
      write(BRANCH_IF, END);
    },
  };
};
