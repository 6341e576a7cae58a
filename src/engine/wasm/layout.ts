import type { Buffer } from "../lower/buffer.ts";
import type { Plan } from "../lower/plan.ts";
import { readBy, type Step, writtenBy } from "../lower/steps.ts";
import type { Precision } from "./precision.ts";

/** Where everything lies in one linear memory, in bytes. */
export interface Layout {
  /** Of a buffer's copy for the first chain and step. */
  address(buffer: Buffer): number;
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
  readonly size: number;
}

/** Below is nothing: address 0 stays unused, so that a stray pointer is found sooner. */
const START = 1024;
/** Vectors may be read up to their full width beyond the end of an array. */
const SLACK = 64;

const aligned = (bytes: number): number => Math.ceil(bytes / 16) * 16;

export const layOut = (plan: Plan, precision: Precision, capacity: number, scratchBytes: number): Layout => {
  const addresses = new Map<Buffer, number>();
  const copies = plan.lanes === "chains" ? plan.chains : 1;
  const bytesOf = ({ element, size, place }: Buffer): number => {
    const lanes = place === "chain" || place === "chainStep" ? copies : 1;
    return aligned(size * lanes * (element === "index" ? 4 : precision.bytes)) + 16;
  };
  const all = new Set<Buffer>([
    ...Object.values(plan.parameters),
    ...Object.values(plan.inputs),
    ...Object.values(plan.outputs),
    ...plan.constants.map(({ buffer }) => buffer),
    ...plan.steps.flatMap(step => [...readBy(step), ...writtenBy(step)]),
  ]);

  let end = START;
  const block = (place: Buffer["place"]): { from: number; stride: number } => {
    const from = end;
    for (const buffer of all)
      if (buffer.place === place) {
        addresses.set(buffer, end);
        end += bytesOf(buffer);
      }
    return { from, stride: end - from };
  };
  const repeatBlock = (place: Buffer["place"], times: number): number => {
    const { from, stride } = block(place);
    end = from + stride * times;
    return stride;
  };

  const scratch = end;
  end += aligned(scratchBytes);
  block("shared");
  const outerChains = plan.lanes === "chains" ? 1 : plan.chains;
  const chainsFrom = end;
  const chainStride = repeatBlock("chain", outerChains);
  const chainsTo = end;
  const stepStride = repeatBlock("step", capacity);
  const chainStepStride = repeatBlock("chainStep", capacity * outerChains);
  end = placeTemporaries(plan.steps, bytesOf, addresses, end);

  return {
    address: buffer => addresses.get(buffer)!,
    chainsFrom,
    chainsTo,
    chainStride: plan.lanes === "chains" ? 0 : chainStride,
    stepStride,
    chainStepStride,
    chainStepChainStride: plan.lanes === "chains" ? 0 : chainStepStride * capacity,
    scratch,
    size: end + SLACK,
  };
};

/** Temporary arrays share memory when they are not needed at the same time. Returns the end of what they take. */
const placeTemporaries = (
  steps: readonly Step[],
  bytesOf: (buffer: Buffer) => number,
  addresses: Map<Buffer, number>,
  from: number,
): number => {
  const lives = new Map<Buffer, { first: number; last: number }>();
  steps.forEach((step, time) => {
    for (const buffer of [...writtenBy(step), ...readBy(step)]) {
      if (buffer.place !== "temporary") continue;
      const life = lives.get(buffer);
      if (life) life.last = time;
      else lives.set(buffer, { first: time, last: time });
    }
  });
  let end = from;
  const placed: { first: number; last: number; start: number; end: number }[] = [];
  for (const [buffer, life] of [...lives].sort(([a], [b]) => bytesOf(b) - bytesOf(a) || a.id - b.id)) {
    const bytes = bytesOf(buffer);
    const rivals = placed
      .filter(other => other.first <= life.last && life.first <= other.last)
      .sort((a, b) => a.start - b.start);
    let start = from;
    for (const rival of rivals) {
      if (rival.start >= start + bytes) break;
      start = Math.max(start, rival.end);
    }
    addresses.set(buffer, start);
    placed.push({ ...life, start, end: start + bytes });
    end = Math.max(end, start + bytes);
  }
  return end;
};
