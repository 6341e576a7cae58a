import { c } from "../kernels/bytes.ts";
import type { Plan } from "../lower/plan.ts";
import { instructionsOf } from "../lower/region.ts";
import type { Slot } from "../lower/slot.ts";
import type { Step } from "../lower/steps.ts";
import type { Layout } from "../wasm/layout.ts";
import type { Precision } from "../wasm/precision.ts";
import { isWideScatter } from "../wasm/wide-sums.ts";
import { emitRegion } from "./emit-region.ts";
import type { Surroundings } from "./emit-values.ts";
import { products } from "./products.ts";
import { random } from "./random.ts";
import { tanh32 } from "./tanh32.ts";
import { reduction32, reduction64 } from "./trigonometry.ts";
import { loops, reals, vectors } from "./vectors.ts";

export interface EmitSettings {
  hashText(text: string): number;
  /** Products of matrices add what they multiply in one rounding: other bits. */
  readonly isFused: boolean;
}

/**
 * The whole of a program in C, for the same memory: `landau_run(memory, steps, from, seedLow, seedHigh, firstChain)` makes any number of
 * steps of all chains. Every number has the bits that it has in WebAssembly, unless products are fused.
 */
export const emitProgram = (plan: Plan, layout: Layout, precision: Precision, settings: EmitSettings): string => {
  const around: Surroundings = {
    precision,
    address: layout.address,
    offset: ({ place }) => ({ chain: "oc", step: "os", chainStep: "ocs" })[place as string],
  };
  const regions = new Map<Step, string>();
  const functions: string[] = [];
  for (const step of plan.steps)
    if (step.kind === "region") {
      const name = `region_${regions.size}`;
      regions.set(step, name);
      functions.push(emitRegion(step.region, name, layout.sums, around));
    }
  return [
    vectors,
    reals[precision.name],
    loops,
    ...elementary(plan, precision),
    products(plan.steps, precision, settings.isFused),
    ...functions,
    run(plan, layout, precision, regions, settings),
  ].join("\n");
};

/** What the program calls of elementary functions and random numbers. */
const elementary = (plan: Plan, { name }: Precision): string[] => {
  const called = new Set(
    plan.steps.flatMap(step =>
      step.kind === "region" ? instructionsOf(step.region).map(({ op }) => op as string) : [],
    ),
  );
  const has = (...names: string[]) => names.some(each => called.has(each));
  const draws = plan.steps.some(({ kind }) => kind === "random");
  const isCalled = has("exp", "log", "log1p", "erf", "sin", "cos") || (name === "f64" && has("tanh"));
  const parts: string[] = [];
  if (name === "f32" && has("tanh")) parts.push(tanh32.source);
  if (isCalled) parts.push(c["quarter-turns"]);
  if (isCalled && name === "f32") parts.push(reduction32, c.elementary32, "#undef reduce");
  if (draws || (isCalled && name === "f64")) parts.push(c.series64);
  if (isCalled && name === "f64") parts.push(reduction64, c.elementary64);
  if (draws) parts.push(random);
  return parts;
};

const run = (
  plan: Plan,
  layout: Layout,
  precision: Precision,
  regions: ReadonlyMap<Step, string>,
  { hashText }: EmitSettings,
): string => {
  const { bytes } = precision;
  const pointer = (slot: Slot): string => {
    const offset = { chain: " + oc", step: " + os", chainStep: " + ocs" }[slot.place as string] ?? "";
    return `m + ${layout.address(slot)}${offset}`;
  };
  const step = (own: Step): string => {
    switch (own.kind) {
      case "region":
        return `${regions.get(own)}(m, oc, os, ocs);`;
      case "matmul": {
        const { stack, m, n, k, a, b, c } = own;
        const further = (size: number) => (stack === 1 ? "" : ` + i * ${size * bytes}`);
        const turned = `${Number(own.transposeA)}, ${Number(own.transposeB)}`;
        const call = `any_product(${m}, ${n}, ${k}, ${turned}, ${pointer(a)}${further(m * k)}, ${pointer(b)}${further(k * n)}, ${pointer(c)}${further(m * n)});`;
        return stack === 1 ? call : `for (long i = 0; i < ${stack}; i++) ${call}`;
      }
      case "scatterAdd": {
        const { values, indices, out, width } = own;
        const isWide = isWideScatter(own, precision);
        const target = isWide ? `m + ${layout.sums}` : pointer(out);
        return [
          `__builtin_memset(${target}, 0, ${out.size * (isWide ? 8 : bytes)});`,
          `for (long i = 0; i < ${indices.size}; i++) {`,
          `const long to = (long)((const ai32 *)(${pointer(indices)}))[i] * ${width * (isWide ? 8 : bytes)};`,
          `add_row${isWide ? "_wide" : ""}(${target} + to, ${pointer(values)} + i * ${width * bytes}, ${width});`,
          "}",
          isWide ? `round_sums(${pointer(out)}, ${target}, ${out.size});` : "",
        ].join("\n");
      }
      case "random": {
        const { out, chains, distribution, purpose } = own;
        const size = out.size / chains;
        const draw = (more: string, chain: string) =>
          `draws(${pointer(out)}${more}, ${size}, ${Number(distribution === "normal")}, low, high, (uint32_t)from + step, (uint32_t)first + ${chain}, ${hashText(purpose) >>> 0}u, 0);`;
        if (chains === 1) return draw("", "chain");
        return `for (uint32_t i = 0; i < ${chains}; i++) ${draw(` + (long)i * ${size * bytes}`, "i")}`;
      }
    }
  };
  return `
void landau_run(char *m, int32_t steps, int32_t from, int32_t low, int32_t high, int32_t first) {
  (void)from; (void)low; (void)high; (void)first;
  for (uint32_t chain = 0; chain < ${plan.lanes === "chains" ? 1 : plan.chains}; chain++) {
    const long oc = (long)chain * ${layout.chainStride};
    for (uint32_t step = 0; step < (uint32_t)steps; step++) {
      const long os = (long)step * ${layout.stepStride}, ocs = (long)chain * ${layout.chainStepChainStride} + (long)step * ${layout.chainStepStride};
      (void)oc; (void)os; (void)ocs;
${plan.steps.map(own => `      ${step(own)}`).join("\n")}
    }
  }
}
`;
};
