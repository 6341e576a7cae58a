import { instructionsOf, operandsOf, type Region, readAfterWrite, type Store } from "../lower/region.ts";
import { emitValues, type Surroundings } from "./emit-values.ts";
import type { FunctionBody } from "./module.ts";
import { laneMask, simd, splatConstant } from "./precision.ts";
import { isFoldedAt, isFoldedOutside, PLAIN_TERMS, wideSums, withSumsInArea } from "./wide-sums.ts";
import {
  BRANCH_IF,
  END,
  I32_ADD,
  I32_LESS,
  I32_SUB,
  LOOP,
  MEMORY_FILL,
  memoryArgument,
  SELECT,
  writer,
} from "./writer.ts";

/** Writes the loop nest of a region as the body of a function. */
export const emitRegion = (whole: Region, body: FunctionBody, surroundings: Surroundings): void => {
  const { precision } = surroundings;
  const { region, inMemory, inLanes } = withSumsInArea(whole, precision, surroundings.sums);
  const addresses = new Map(inMemory.map(({ sums, address }) => [sums, address]));
  const around: Surroundings = {
    ...surroundings,
    address: slot => addresses.get(slot) ?? surroundings.address(slot),
  };
  const { lanes, opcode, scalar } = precision;
  const { axes, stores } = region;
  const laneDepth = axes.length - 1;
  const hand = writer(body);
  const { write, get, set, tee, integer } = hand;
  const values = emitValues(region, body, hand, around);
  const { pointers, depthOf, address, immediate, laneStride, load, number, keep, scoped, ahead } = values;
  const wide = wideSums(body, hand, values);

  /** Computes what does not change in the loops inside the one over axis `depth`. */
  const hoist = (depth: number) => {
    const outer = new Set(
      stores.map(({ value: stored }) => stored).filter(stored => depthOf(stored) === depth && depth < laneDepth),
    );
    for (const instruction of instructionsOf(region))
      if (depthOf(instruction) > depth)
        for (const operand of operandsOf(instruction)) if (depthOf(operand) === depth) outer.add(operand);
    for (const instruction of outer) keep(instruction, lanes);
  };

  const isOutside = (store: Store) => isFoldedOutside(store, region);
  const isInArea = ({ access }: Store) => access.slot.place === "sums";
  const accumulators = new Map<Store, number>();
  const endangered = readAfterWrite(region);

  /** Indices take four bytes each in both precisions. */
  const storeIndices = ({ access, value: stored }: Store, count: number) => {
    number(stored, count);
    const kept = body.local("v128");
    set(kept);
    const isWhole = count === lanes && laneStride(access) === 4;
    for (let l = 0; l < (isWhole ? 1 : count); l++) {
      address(access);
      get(kept);
      const memory = memoryArgument(immediate(access, l * laneStride(access)));
      if (isWhole && lanes === 4) write(simd(0x0b), memory);
      else write(simd(isWhole ? 0x5b : 0x5a), memory, l);
    }
  };

  const storeLanes = (store: Store, count: number) => {
    const { access, fold } = store;
    if (access.slot.element === "index") return storeIndices(store, count);
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
    if (isWhole && !isOutside(store)) {
      address(access);
      number(store.value, count);
      return write(simd(0x0b), memoryArgument(immediate(access)));
    }
    number(store.value, count);
    const kept = body.local("v128");
    if (isInArea(store)) {
      set(kept);
      return wide.addLanes(store, kept, count);
    }
    if (isOutside(store)) {
      load(access, true, count);
      write(simd(combine));
    }
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
    const wideSum = inLanes.get(store);
    if (wideSum !== undefined) wide.add(wideSum, accumulator);
    const total = () => {
      if (wideSum !== undefined) return wide.total(wideSum);
      for (let l = 0; l < lanes; l++) {
        get(accumulator);
        write(simd(opcode.extractLane), l);
        if (l % 2 === 1) write(combine);
      }
      if (lanes === 4) write(combine);
    };
    if (isInArea(store)) return wide.addTotal(store, wideSum !== undefined, total);
    address(access);
    total();
    if (wideSum !== undefined) wide.demote();
    if (isOutside(store)) {
      address(access);
      write(scalar.load, memoryArgument(immediate(access)), combine);
    }
    write(scalar.store, memoryArgument(immediate(access)));
  };

  const advance = (axis: number, steps: number) => {
    for (const { local, strides } of pointers) {
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

  const start = (local: number, value: number) => {
    write(splatConstant(precision, value));
    set(local);
  };

  /** As `repeat`, but that every so many times the accumulators are added to their sums in f64. */
  const repeatInBlocks = (times: number, inside: () => void) => {
    const [left, block] = [body.local("i32"), body.local("i32")];
    integer(times);
    set(left);
    write(LOOP);
    for (const [store, sum] of inLanes) {
      const accumulator = accumulators.get(store)!;
      wide.add(sum, accumulator);
      start(accumulator, 0);
    }
    get(left);
    integer(PLAIN_TERMS);
    get(left);
    integer(PLAIN_TERMS);
    write(I32_LESS, SELECT);
    set(block);
    get(left);
    get(block);
    write(I32_SUB);
    set(left);
    write(LOOP);
    inside();
    get(block);
    integer(1);
    write(I32_SUB);
    tee(block);
    write(BRANCH_IF, END);
    get(left);
    write(BRANCH_IF, END);
  };

  const laneLoop = () => {
    const length = axes[laneDepth];
    for (const store of stores)
      if (isFoldedAt(store, laneDepth)) {
        const accumulator = accumulators.get(store) ?? body.local("v128");
        accumulators.set(store, accumulator);
        start(accumulator, store.fold === "max" ? Number.NEGATIVE_INFINITY : 0);
        const wideSum = inLanes.get(store);
        if (wideSum !== undefined) wide.start(wideSum);
      }
    const [whole, rest] = [Math.floor(length / lanes), length % lanes];
    const block = (count: number) => {
      scoped(() => {
        for (const instruction of endangered) keep(instruction, count);
        for (const store of stores) storeLanes(store, count);
      });
    };
    /** All values before all stores: so V8 finds what it can join to vectors of twice the width. */
    const pair = () => {
      const halves = [0, lanes].map(further => {
        const locals = stores.map(() => body.local("v128"));
        ahead(further, () =>
          scoped(() => {
            stores.forEach(({ value: stored }, i) => {
              number(stored, lanes);
              set(locals[i]);
            });
          }),
        );
        return { further, locals };
      });
      stores.forEach(({ access }, i) => {
        for (const { further, locals } of halves)
          ahead(further, () => {
            address(access);
            get(locals[i]);
            write(simd(0x0b), memoryArgument(immediate(access)));
          });
      });
    };
    const isPlain = ({ access, fold }: Store) =>
      fold === undefined && access.slot.element === "real" && laneStride(access) === precision.bytes;
    const pairs = around.inPairs && stores.every(isPlain) ? whole >> 1 : 0;
    const single = whole - 2 * pairs;
    if (pairs > 0)
      repeat(pairs, () => {
        pair();
        advance(laneDepth, 2 * lanes);
      });
    if (single > 0)
      (inLanes.size > 0 ? repeatInBlocks : repeat)(single, () => {
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
      scoped(() => {
        hoist(axis);
        nest(axis + 1);
      });
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
      return write(MEMORY_FILL);
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

  for (const store of stores) if (isOutside(store) && !isInArea(store)) clear(store);
  for (const sums of inMemory) wide.clear(sums);
  hoist(-1);
  nest(0);
  for (const sums of inMemory)
    wide.round(sums, around.address(sums.result), () => {
      const offset = around.offsetLocal(sums.result.place);
      if (offset === undefined) integer(0);
      else get(offset);
    });
  values.loadConstants();
};
