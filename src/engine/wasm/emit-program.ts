import type { Plan } from "../lower/plan.ts";
import type { Slot, SlotPlace } from "../lower/slot.ts";
import type { Step } from "../lower/steps.ts";
import { emitRegion } from "./emit-region.ts";
import { kernelsOf, type Surroundings } from "./emit-values.ts";
import { CONSTANTS, type Layout } from "./layout.ts";
import { type FunctionBody, type ModuleBuilder, moduleBuilder, type ValueType } from "./module.ts";
import type { Precision } from "./precision.ts";
import { isWideScatter } from "./wide-sums.ts";
import { BRANCH_IF, END, I32_ADD, I32_LESS, I32_MUL, LOOP, MEMORY_FILL, writer } from "./writer.ts";

/** The call a compiled program understands: steps `from`, ..., `from + steps - 1`; the seed as two words; the number of the first chain. */
export type RunFunction = (steps: number, from: number, seedLow: number, seedHigh: number, firstChain: number) => void;

const i32s = (count: number): ValueType[] => Array.from({ length: count }, () => "i32");
const elementary = { parameters: ["v128"], results: ["v128"] } as const;

/** Purposes of random arrays are hashed by whoever knows the streams. */
export type HashText = (text: string) => number;

export interface EmitSettings {
  readonly hashText: HashText;
  /** Size of the memory, in pages. */
  readonly pages: number;
  /** Loops take two vectors at a time. */
  readonly inPairs: boolean;
}

/** A module with one function, `run`, that makes any number of steps of all chains. */
export const emitProgram = (
  plan: Plan,
  layout: Layout,
  precision: Precision,
  { hashText, pages, inPairs }: EmitSettings,
): Uint8Array<ArrayBuffer> => {
  const module = moduleBuilder();
  const { suffix } = precision;
  for (const step of plan.steps) {
    if (step.kind === "region") for (const name of kernelsOf(step.region, precision)) module.imported(name, elementary);
    if (step.kind === "matmul") module.imported(`gemm${suffix}`, { parameters: i32s(9), results: [] });
    if (step.kind === "scatterAdd") {
      module.imported(scatterKernel(step, precision), { parameters: i32s(5), results: [] });
      if (isWideScatter(step, precision)) module.imported("roundSums", { parameters: i32s(3), results: [] });
    }
    if (step.kind === "random")
      module.imported(randomKernel(step.distribution, suffix), { parameters: i32s(7), results: [] });
  }
  const constants = new Map<number, number>();
  const constantAt = (value: number): number | undefined => {
    const known = constants.get(value);
    if (known !== undefined) return known;
    const next = CONSTANTS.from + constants.size * precision.bytes;
    if (next + precision.bytes > CONSTANTS.from + CONSTANTS.bytes) return undefined;
    constants.set(value, next);
    return next;
  };
  const around = (offsets: { readonly [place in SlotPlace]?: number }): Surroundings => ({
    precision,
    address: layout.address,
    offsetLocal: place => offsets[place],
    constant: constantAt,
    inPairs,
    sums: layout.sums,
    kernel: name => module.imported(name, elementary),
  });
  const regions = new Map<Step, number>();
  for (const step of plan.steps)
    if (step.kind === "region")
      regions.set(
        step,
        module.define({ parameters: i32s(3), results: [] }, body =>
          emitRegion(step.region, body, around({ chain: 0, step: 1, chainStep: 2 })),
        ),
      );
  module.define(
    { parameters: i32s(5), results: [] },
    body => emitRun(plan, layout, precision, hashText, module, regions, body),
    "run",
  );
  module.data(CONSTANTS.from, [...constants.keys()].flatMap(precision.constantBytes));
  return module.bytes(pages);
};

const scatterKernel = (step: Step & { readonly kind: "scatterAdd" }, precision: Precision): string =>
  isWideScatter(step, precision) ? "scatterAddRowsWide" : `scatterAddRows${precision.suffix}`;

const randomKernel = (distribution: "normal" | "uniform", suffix: string): string => `${distribution}s${suffix}`;

const emitRun = (
  plan: Plan,
  layout: Layout,
  precision: Precision,
  hashText: HashText,
  module: ModuleBuilder,
  regions: ReadonlyMap<Step, number>,
  body: FunctionBody,
): void => {
  const { write, get, set, integer, call } = writer(body);
  const add = () => write(I32_ADD);
  const [STEPS, FROM, SEED_LOW, SEED_HIGH, FIRST_CHAIN] = [0, 1, 2, 3, 4];
  const [chain, step] = [body.local("i32"), body.local("i32")];
  const [chainOffset, stepOffset, chainStepOffset] = [body.local("i32"), body.local("i32"), body.local("i32")];
  const offsets: { readonly [place in SlotPlace]?: number } = {
    chain: chainOffset,
    step: stepOffset,
    chainStep: chainStepOffset,
  };
  const { suffix, bytes } = precision;

  const pointer = (slot: Slot, more?: () => void) => {
    integer(layout.address(slot));
    const offset = offsets[slot.place];
    if (offset !== undefined) {
      get(offset);
      add();
    }
    if (more) {
      more();
      add();
    }
  };
  const increase = (local: number, by: number) => {
    get(local);
    integer(by);
    add();
    set(local);
  };
  /** do { inside } while (++counter < limit) */
  const loop = (counter: number, limit: () => void, inside: () => void) => {
    integer(0);
    set(counter);
    write(LOOP);
    inside();
    increase(counter, 1);
    get(counter);
    limit();
    write(I32_LESS, BRANCH_IF, END);
  };
  const times = (count: number, inside: (counter: number) => void) => {
    const counter = body.local("i32");
    loop(
      counter,
      () => integer(count),
      () => inside(counter),
    );
  };

  const emitStep = (own: Step) => {
    switch (own.kind) {
      case "region":
        for (const offset of [chainOffset, stepOffset, chainStepOffset]) get(offset);
        return call(regions.get(own)!);
      case "matmul": {
        const { stack, m, n, k, transposeA, transposeB, a, b, c } = own;
        const multiply = (from: (size: number) => (() => void) | undefined) => {
          for (const value of [m, n, k, Number(transposeA), Number(transposeB)]) integer(value);
          pointer(a, from(m * k));
          pointer(b, from(k * n));
          pointer(c, from(m * n));
          integer(layout.scratch);
          call(module.imported(`gemm${suffix}`, { parameters: i32s(9), results: [] }));
        };
        if (stack === 1) return multiply(() => undefined);
        return times(stack, counter =>
          multiply(size => () => {
            get(counter);
            integer(size * bytes);
            write(I32_MUL);
          }),
        );
      }
      case "scatterAdd": {
        const { values, indices, out, width } = own;
        const isWide = isWideScatter(own, precision);
        const target = () => (isWide ? integer(layout.sums) : pointer(out));
        target();
        integer(0);
        integer(out.size * (isWide ? 8 : bytes));
        write(MEMORY_FILL);
        target();
        pointer(values);
        pointer(indices);
        integer(indices.size);
        integer(width);
        call(module.imported(scatterKernel(own, precision), { parameters: i32s(5), results: [] }));
        if (!isWide) return;
        pointer(out);
        integer(layout.sums);
        integer(out.size);
        return call(module.imported("roundSums", { parameters: i32s(3), results: [] }));
      }
      case "random": {
        const { out, chains, distribution, purpose } = own;
        const size = out.size / chains;
        const draw = (other?: number) => {
          pointer(
            out,
            other === undefined
              ? undefined
              : () => {
                  get(other);
                  integer(size * bytes);
                  write(I32_MUL);
                },
          );
          integer(size);
          get(SEED_LOW);
          get(SEED_HIGH);
          get(FROM);
          get(step);
          add();
          get(FIRST_CHAIN);
          get(other ?? chain);
          add();
          integer(hashText(purpose));
          call(module.imported(randomKernel(distribution, suffix), { parameters: i32s(7), results: [] }));
        };
        return chains === 1 ? draw() : times(chains, draw);
      }
    }
  };

  integer(0);
  set(chainOffset);
  loop(
    chain,
    () => integer(plan.lanes === "chains" ? 1 : plan.chains),
    () => {
      integer(0);
      set(stepOffset);
      get(chain);
      integer(layout.chainStepChainStride);
      write(I32_MUL);
      set(chainStepOffset);
      loop(
        step,
        () => get(STEPS),
        () => {
          for (const own of plan.steps) emitStep(own);
          increase(stepOffset, layout.stepStride);
          increase(chainStepOffset, layout.chainStepStride);
        },
      );
      increase(chainOffset, layout.chainStride);
    },
  );
};
