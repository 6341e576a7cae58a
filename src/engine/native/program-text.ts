import type { Plan } from "../lower/plan.ts";
import { type Access, type Instruction, instructionsOf, type Store } from "../lower/region.ts";
import type { Slot } from "../lower/slot.ts";
import type { Step } from "../lower/steps.ts";
import type { Layout } from "../wasm/layout.ts";
import type { Precision } from "../wasm/precision.ts";
import { literal } from "./emit-values.ts";

/**
 * All that `emitProgram` reads of a program, in far fewer words than the C that it prints: programs of one text are printed alike. Slots and instructions are
 * written out once and then called by their numbers, which are their names in C.
 */
export const programText = ({ lanes, chains, steps }: Plan, layout: Layout, { name }: Precision): string => {
  const { chainStride, stepStride, chainStepStride, chainStepChainStride, scratch, sums } = layout;
  const strides = [chainStride, stepStride, chainStepStride, chainStepChainStride, scratch, sums];
  const slots = new Map<number, readonly unknown[]>();
  const slot = (own: Slot): number => {
    const { id, place, element, size } = own;
    if (!slots.has(id)) slots.set(id, [id, place, element, size, layout.address(own)]);
    return id;
  };
  const access = ({ slot: own, offset, strides }: Access) => [slot(own), offset, strides];
  const instruction = (own: Instruction): readonly unknown[] => {
    const head = [own.id, own.op];
    switch (own.op) {
      case "constant":
        return [...head, literal(own.value)];
      case "load":
        return [...head, access(own.access)];
      case "lookup":
        return [...head, access(own.access), own.index.id, own.scale];
      default:
        return [...head, own.inputs.map(({ id }) => id), own.op === "compare" && own.relation];
    }
  };
  const store = ({ value, access: to, fold }: Store) => [value.id, access(to), fold];
  const text = (step: Step): readonly unknown[] => {
    switch (step.kind) {
      case "region": {
        const { axes, stores } = step.region;
        return [axes, instructionsOf(step.region).map(instruction), stores.map(store)];
      }
      case "matmul": {
        const { stack, m, n, k, transposeA, transposeB, a, b, c } = step;
        return ["matmul", stack, m, n, k, transposeA, transposeB, slot(a), slot(b), slot(c)];
      }
      case "scatterAdd":
        return ["scatterAdd", slot(step.values), slot(step.indices), slot(step.out), step.width];
      case "random":
        return ["random", step.distribution, step.purpose, slot(step.out), step.chains];
    }
  };
  const all = steps.map(text);
  return JSON.stringify([name, lanes, chains, strides, all, [...slots.values()]]);
};
