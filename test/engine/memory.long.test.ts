import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Kernels, TILE_ROWS } from "../../src/engine/kernels/kernels.ts";
import type { Plan } from "../../src/engine/lower/plan.ts";
import { accessesOf } from "../../src/engine/lower/region.ts";
import type { Slot } from "../../src/engine/lower/slot.ts";
import { readBy, writtenBy } from "../../src/engine/lower/steps.ts";
import { compile, type Program } from "../../src/engine/program.ts";
import { CONSTANTS, type Layout, layOut } from "../../src/engine/wasm/layout.ts";
import { precisions } from "../../src/engine/wasm/precision.ts";
import { sumsBytes } from "../../src/engine/wasm/wide-sums.ts";
import { SEED } from "./primitive-scenes.ts";
import { randomProgram, recipes } from "./random-graph.ts";
import { everything, fill, type Setting } from "./simulation.ts";
import { precisionNames, ways } from "./ways.ts";

const SCRATCH = 1048576;
const sumsOf = ({ steps }: Plan, precision: Setting["precision"]): number =>
  Math.max(0, ...steps.map(step => sumsBytes(step, precisions[precision])));

const layoutOf = ({ plan, stepsPerCall }: Program, precision: Setting["precision"]): Layout =>
  layOut(plan, precisions[precision], stepsPerCall, plan.steps.some(({ kind }) => kind === "matmul") ? SCRATCH : 0);

const settings = fc
  .tuple(recipes(), fc.constantFrom(...ways), fc.constantFrom(...precisionNames), fc.integer({ min: 1, max: 6 }))
  .map(
    ([recipe, way, precision, chains]): Setting => ({
      ...randomProgram(recipe, way),
      precision,
      chains,
      steps: 2,
      seed: 3,
    }),
  );

describe("memory", () => {
  test("no step finds a temporary array overwritten, by itself or by another", () => {
    let shared = 0;
    fc.assert(
      fc.property(settings, ({ graph, goal, precision, chains }) => {
        const { plan } = compile(graph, goal, { precision, chains, stepsPerCall: 2 });
        const layout = layOut(plan, precisions[precision], 2, 0);
        const bytes = ({ size, element }: Slot) => size * (element === "index" ? 4 : precisions[precision].bytes);
        // Which array every byte was last written for; nothing outlives a step.
        const owner = new Map<number, Slot>();
        let written = 0;
        for (const step of plan.steps) {
          const temporary = (list: readonly Slot[]) => [...new Set(list)].filter(({ place }) => place === "temporary");
          const [reads, writes] = [temporary(readBy(step)), temporary(writtenBy(step))];
          const own = new Set(writes);
          for (const slot of reads)
            for (let at = 0; at < bytes(slot); at++)
              if (!own.has(slot)) expect(owner.get(layout.address(slot) + at)).toBe(slot);
          for (const slot of writes)
            for (let at = 0; at < bytes(slot); at++) {
              const place = layout.address(slot) + at;
              // What this step reads or writes beside must lie elsewhere.
              const before = owner.get(place);
              if (before && before !== slot && (reads.includes(before) || own.has(before)))
                throw new Error(`${place} is shared within a step`);
              owner.set(place, slot);
              written++;
            }
        }
        if (written > owner.size) shared++;
      }),
      { seed: 13, numRuns: 150 },
    );
    // Or the test has shown nothing.
    expect(shared).toBeGreaterThan(20);
  });

  test("arrays that last lie apart from each other and from temporary ones, and inside the memory", () => {
    fc.assert(
      fc.property(settings, ({ graph, goal, precision, chains, steps }) => {
        const program = compile(graph, goal, { precision, chains, stepsPerCall: steps });
        const { plan } = program;
        const layout = layoutOf(program, precision);
        const wide = precisions[precision].bytes;
        const inLanes = plan.lanes === "chains" ? chains : 1;
        const [outer, stride] = plan.lanes === "chains" ? [1, 0] : [chains, layout.chainStride];
        const all = new Set<Slot>([
          ...Object.values(plan.parameters),
          ...Object.values(plan.inputs),
          ...Object.values(plan.outputs),
          ...plan.constants.map(({ slot }) => slot),
        ]);
        const pieces: { from: number; to: number }[] = [];
        for (const slot of all)
          for (let chain = 0; chain < (slot.place.startsWith("chain") ? outer : 1); chain++)
            for (let step = 0; step < (slot.place === "step" || slot.place === "chainStep" ? steps : 1); step++) {
              const offset = {
                shared: 0,
                temporary: 0,
                sums: 0,
                chain: chain * stride,
                step: step * layout.stepStride,
                chainStep: step * layout.chainStepStride + chain * layout.chainStepChainStride,
              }[slot.place];
              const from = layout.address(slot) + offset;
              const copies = slot.place.startsWith("chain") ? inLanes : 1;
              pieces.push({ from, to: from + slot.size * copies * (slot.element === "index" ? 4 : wide) });
            }
        for (const slot of new Set(plan.steps.flatMap(writtenBy)))
          if (slot.place === "temporary") {
            const from = layout.address(slot);
            for (const piece of pieces) expect(piece.to <= from || piece.from >= from + slot.size * wide).toBe(true);
            expect(from + slot.size * wide).toBeLessThanOrEqual(layout.size);
          }
        const sums = sumsOf(plan, precision);
        if (sums > 0) pieces.push({ from: layout.sums, to: layout.sums + sums });
        pieces.sort((a, b) => a.from - b.from);
        pieces.forEach(({ from, to }, i) => {
          expect(from % 4).toBe(0);
          expect(to).toBeLessThanOrEqual(pieces[i + 1]?.from ?? layout.size);
        });
        expect(layout.size).toBe(program.memoryBytes);
      }),
      { seed: 14, numRuns: 60 },
    );
  });

  test("every access of a loop stays inside its array", () => {
    fc.assert(
      fc.property(settings, ({ graph, goal, precision, chains }) => {
        const { plan } = compile(graph, goal, { precision, chains, stepsPerCall: 1 });
        for (const step of plan.steps) {
          if (step.kind !== "region") continue;
          const { axes } = step.region;
          for (const { slot, offset, strides } of accessesOf(step.region)) {
            const last = strides.reduce((sum, stride, axis) => sum + stride * (axes[axis] - 1), offset);
            const copies = plan.lanes === "chains" && slot.place !== "shared" && slot.place !== "step" ? chains : 1;
            expect(offset).toBeGreaterThanOrEqual(0);
            expect(last).toBeLessThan(slot.size * copies);
          }
        }
      }),
      { seed: 15, numRuns: 100 },
    );
  });

  test("a product that fills whole tiles of rows changes nothing else", () => {
    let ragged = 0;
    fc.assert(
      fc.property(settings, setting => {
        const { graph, goal, precision, chains, steps } = setting;
        const [plain, tiled] = [false, true].map(isTiled => {
          const program = compile(graph, goal, {
            precision,
            chains,
            stepsPerCall: steps,
            replaceKernels(_, own) {
              const tile =
                (gemm: Kernels["gemm32"]): Kernels["gemm32"] =>
                (m, n, k, transposeA, ...rest) => {
                  const rows = transposeA ? m : Math.ceil(m / TILE_ROWS) * TILE_ROWS;
                  if (rows > m) ragged++;
                  gemm(rows, n, k, transposeA, ...rest);
                };
              return isTiled ? { gemm32: tile(own.gemm32), gemm64: tile(own.gemm64) } : {};
            },
          });
          fill(program, setting);
          program.run(steps, { from: 0, seed: SEED });
          return everything(program, setting);
        });
        expect(tiled).toEqual(plain);
      }),
      { seed: 17, numRuns: 100 },
    );
    // Or the test has shown nothing.
    expect(ragged).toBeGreaterThan(20);
  });

  test("what lay in temporary memory, in the packing area and between arrays before a run does not matter", () => {
    fc.assert(
      fc.property(settings, setting => {
        const { graph, goal, precision, chains, steps } = setting;
        const [clean, poisoned] = [false, true].map(isPoisoned => {
          let memory: WebAssembly.Memory | undefined;
          const program = compile(graph, goal, {
            precision,
            chains,
            stepsPerCall: steps,
            replaceKernels(own) {
              memory = own;
              return {};
            },
          });
          if (isPoisoned) {
            // All bits set: not a number in any precision. Constants are already in their places.
            const bytes = new Uint8Array(memory!.buffer);
            const layout = layoutOf(program, precision);
            const kept = program.plan.constants.map(({ slot }) => {
              const from = layout.address(slot);
              const to = from + slot.size * (slot.element === "index" ? 4 : precisions[precision].bytes);
              return { from, own: bytes.slice(from, to) };
            });
            const ofCode = bytes.slice(CONSTANTS.from, CONSTANTS.from + CONSTANTS.bytes);
            bytes.fill(0xff);
            bytes.set(ofCode, CONSTANTS.from);
            for (const { from, own } of kept) bytes.set(own, from);
          }
          fill(program, setting);
          program.run(steps, { from: 0, seed: SEED });
          return everything(program, setting);
        });
        expect(poisoned).toEqual(clean);
      }),
      { seed: 16, numRuns: 80 },
    );
  });
});
