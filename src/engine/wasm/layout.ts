import { TILE_ROWS } from "../kernels/kernels.ts";
import type { Plan } from "../lower/plan.ts";
import type { Slot } from "../lower/slot.ts";
import { readBy, type Step, writtenBy } from "../lower/steps.ts";
import type { Precision } from "./precision.ts";
import { sumsBytes } from "./wide-sums.ts";

/** Where everything lies in one linear memory, in bytes. */
export interface Layout {
  /** Address of a slot's copy for the first chain and step. */
  address(slot: Slot): number;
  /** From one chain's copies to the next one's; 0 when chains lie side by side in lanes. */
  readonly chainStride: number;
  /** Where the copies of all chains lie that are kept from step to step. */
  readonly chainsFrom: number;
  readonly chainsTo: number;
  readonly stepStride: number;
  /** From one step to the next, and from one chain to the next, of what each step of each chain has its own of. */
  readonly chainStepStride: number;
  readonly chainStepChainStride: number;
  readonly scratch: number;
  /** An area for the sums of one region at a time. */
  readonly sums: number;
  readonly size: number;
}

/** Where the constants of the code lie. Below is nothing: address 0 stays unused, so that a stray pointer is found sooner. */
export const CONSTANTS = { from: 1024, bytes: 3072 } as const;
const START = CONSTANTS.from + CONSTANTS.bytes;
/** Vectors may be read up to their full width beyond the end of an array. */
const SLACK = 64;

/** Arrays begin with a line of the cache, so that vectors of its width lie within one. */
const LINE = 64;

const aligned = (bytes: number): number => Math.ceil(bytes / LINE) * LINE;

export const layOut = (plan: Plan, precision: Precision, capacity: number, scratchBytes: number): Layout => {
  const addresses = new Map<Slot, number>();
  const copies = plan.lanes === "chains" ? plan.chains : 1;
  const room = tileRoom(plan.steps);
  const bytesOf = (slot: Slot): number => {
    const { element, size, place } = slot;
    const lanes = place === "chain" || place === "chainStep" ? copies : 1;
    return aligned((size * lanes + (room.get(slot) ?? 0)) * (element === "index" ? 4 : precision.bytes) + 16);
  };
  const all = new Set<Slot>([
    ...Object.values(plan.parameters),
    ...Object.values(plan.inputs),
    ...Object.values(plan.outputs),
    ...plan.constants.map(({ slot }) => slot),
    ...plan.steps.flatMap(step => [...readBy(step), ...writtenBy(step)]),
  ]);

  let end = START;
  const block = (place: Slot["place"]): { from: number; stride: number } => {
    const from = end;
    for (const slot of all)
      if (slot.place === place) {
        addresses.set(slot, end);
        end += bytesOf(slot);
      }
    return { from, stride: end - from };
  };
  const repeatBlock = (place: Slot["place"], times: number): number => {
    const { from, stride } = block(place);
    end = from + stride * times;
    return stride;
  };

  const scratch = end;
  end += aligned(scratchBytes);
  const sums = end;
  end += aligned(Math.max(0, ...plan.steps.map(step => sumsBytes(step, precision))));
  block("shared");
  const outerChains = plan.lanes === "chains" ? 1 : plan.chains;
  const chainsFrom = end;
  const chainStride = repeatBlock("chain", outerChains);
  const chainsTo = end;
  const stepStride = repeatBlock("step", capacity);
  const chainStepStride = repeatBlock("chainStep", capacity * outerChains);
  end = placeTemporaries(plan.steps, bytesOf, addresses, end);

  return {
    address: slot => addresses.get(slot)!,
    chainsFrom,
    chainsTo,
    chainStride: plan.lanes === "chains" ? 0 : chainStride,
    stepStride,
    chainStepStride,
    chainStepChainStride: plan.lanes === "chains" ? 0 : chainStepStride * capacity,
    scratch,
    sums,
    size: end + SLACK,
  };
};

/** Entries behind the end of factors and results of products, for rows up to the end of a tile. */
const tileRoom = (steps: readonly Step[]): ReadonlyMap<Slot, number> => {
  const room = new Map<Slot, number>();
  for (const step of steps) {
    if (step.kind !== "matmul" || step.transposeA) continue;
    const rows = (TILE_ROWS - (step.m % TILE_ROWS)) % TILE_ROWS;
    for (const [slot, width] of [
      [step.a, step.k],
      [step.c, step.n],
    ] as const)
      room.set(slot, Math.max(room.get(slot) ?? 0, rows * width));
  }
  return room;
};

/** Temporary arrays share memory when they are not needed at the same time. Returns the end of what they take. */
const placeTemporaries = (
  steps: readonly Step[],
  bytesOf: (slot: Slot) => number,
  addresses: Map<Slot, number>,
  from: number,
): number => {
  const lives = new Map<Slot, { first: number; last: number }>();
  steps.forEach((step, time) => {
    for (const slot of [...writtenBy(step), ...readBy(step)]) {
      if (slot.place !== "temporary") continue;
      const life = lives.get(slot);
      if (life) life.last = time;
      else lives.set(slot, { first: time, last: time });
    }
  });
  let end = from;
  const placed: { first: number; last: number; start: number; end: number }[] = [];
  const largestFirst = [...lives]
    .map(([slot, life]) => ({ slot, life, bytes: bytesOf(slot) }))
    .sort((a, b) => b.bytes - a.bytes || a.slot.id - b.slot.id);
  for (const { slot, life, bytes } of largestFirst) {
    const rivals = placed
      .filter(other => other.first <= life.last && life.first <= other.last)
      .sort((a, b) => a.start - b.start);
    let start = from;
    for (const rival of rivals) {
      if (rival.start >= start + bytes) break;
      start = Math.max(start, rival.end);
    }
    addresses.set(slot, start);
    placed.push({ ...life, start, end: start + bytes });
    end = Math.max(end, start + bytes);
  }
  return end;
};
