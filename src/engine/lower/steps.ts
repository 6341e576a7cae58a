import { accessesOf, instructionsOf, type Region } from "./region.ts";
import type { Slot } from "./slot.ts";

/** One thing a compiled program does at every training step of every chain. */
export type Step =
  | { readonly kind: "region"; readonly region: Region }
  /** c = op(a) op(b) for each of a stack of matrices; op(a) is m x k, op(b) k x n. */
  | {
      readonly kind: "matmul";
      readonly stack: number;
      readonly m: number;
      readonly n: number;
      readonly k: number;
      readonly transposeA: boolean;
      readonly transposeB: boolean;
      readonly a: Slot;
      readonly b: Slot;
      readonly c: Slot;
    }
  /** out = 0, then out[indices[i]] += values[i] in ascending i; `width` entries a row. */
  | {
      readonly kind: "scatterAdd";
      readonly values: Slot;
      readonly indices: Slot;
      readonly out: Slot;
      readonly width: number;
    }
  /** Fresh draws, addressed by (seed, chain, purpose, step). */
  | {
      readonly kind: "random";
      readonly distribution: "normal" | "uniform";
      readonly purpose: string;
      readonly out: Slot;
      /** 1, or all chains when they lie side by side in `out`. */
      readonly chains: number;
    };

export const readBy = (step: Step): Slot[] => {
  switch (step.kind) {
    case "region":
      return instructionsOf(step.region).flatMap(instruction =>
        "access" in instruction ? [instruction.access.slot] : [],
      );
    case "matmul":
      return [step.a, step.b];
    case "scatterAdd":
      return [step.values, step.indices];
    case "random":
      return [];
  }
};

export const writtenBy = (step: Step): Slot[] => {
  switch (step.kind) {
    case "region":
      return step.region.stores.map(({ access }) => access.slot);
    case "matmul":
      return [step.c];
    default:
      return [step.out];
  }
};

/** Without the stores of temporaries that no later step reads. */
export const withoutDeadStores = (steps: readonly Step[]): readonly Step[] => {
  const needed = new Set<Slot>();
  const isAlive = (slot: Slot) => slot.place !== "temporary" || needed.has(slot);
  const alive: Step[] = [];
  for (let i = steps.length - 1; i >= 0; i--) {
    let step = steps[i];
    if (!writtenBy(step).some(isAlive)) continue;
    if (step.kind === "region") {
      const stores = step.region.stores.filter(({ access }) => isAlive(access.slot));
      if (stores.length < step.region.stores.length) step = { kind: "region", region: { ...step.region, stores } };
    }
    for (const slot of readBy(step)) needed.add(slot);
    alive.push(step);
  }
  return alive.reverse();
};

/** Whether some access of a region to a slot moves otherwise than `access`. */
export const readsElsewhere = (
  region: Region,
  { slot, offset, strides }: { slot: Slot; offset: number; strides: readonly number[] },
): boolean =>
  accessesOf(region).some(
    other =>
      other.slot === slot &&
      (other.offset !== offset || other.strides.some((stride, axis) => stride !== strides[axis])),
  );
