import { invalid, LandauError } from "../errors.ts";
import { hashText } from "../numerics/hash-text.ts";
import { checkGoal, checkOptions } from "./check-program.ts";
import { type FastModes, fastModesInUse } from "./fast-modes.ts";
import type { Graph } from "./graph/graph.ts";
import { indexLimits } from "./graph/index-limits.ts";
import { ops } from "./graph/ops.ts";
import { instantiateKernels, type Kernels } from "./kernels/kernels.ts";
import { lower } from "./lower/lower.ts";
import type { Goal, Plan } from "./lower/plan.ts";
import type { Slot } from "./lower/slot.ts";
import { emitProgram, type RunFunction } from "./wasm/emit-program.ts";
import { layOut } from "./wasm/layout.ts";
import { type PrecisionName, precisions } from "./wasm/precision.ts";

/** Fast modes that are absent are those that the thread uses. */
export interface CompileOptions extends FastModes {
  /** Precision of real numbers, in memory and in all arithmetic. */
  readonly precision: PrecisionName;
  /** Independent copies of every parameter, each with its own random numbers. */
  readonly chains: number;
  /** The largest number of steps one call can make. */
  readonly stepsPerCall: number;
}

/** Which copy of an array: of which chain, and of which step of the last call, both from 0. */
export interface Copy {
  readonly chain?: number;
  readonly step?: number;
}

export interface Call {
  /** Number of the first step, which addresses random numbers. */
  readonly from: number;
  readonly seed: number;
  /** Number of the first chain, which addresses random numbers. */
  readonly firstChain?: number;
}

/** A compiled program with its arrays, in one WebAssembly memory. */
export interface Program {
  readonly plan: Plan;
  readonly chains: number;
  readonly stepsPerCall: number;
  /** Bytes of memory. */
  readonly memoryBytes: number;
  /** The generated module. */
  readonly code: Uint8Array;
  /** Makes `steps` steps of every chain. */
  run(steps: number, call: Call): void;
  /** Copies a parameter, an input or an output out, row-major. */
  read(name: string, copy?: Copy): Float64Array;
  /** One entry, without a copy. */
  readNumber(name: string, copy?: Copy): number;
  /** The parameters of all chains and what optimisers remember, as bytes to be put back. */
  saveChains(): Uint8Array;
  restoreChains(saved: Uint8Array): void;
  /** Copies indices that are known to be in range. */
  writeIndices(name: string, values: Int32Array, copy?: Copy): void;
  /** Copies `values` into a parameter or an input. Throws when there are too many or too few, or an index leaves its table. */
  write(name: string, values: ArrayLike<number>, copy?: Copy): void;
}

const once = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};

const PAGE = 65536;
const GEMM_SCRATCH = 1048576;

export const compile = (graph: Graph, goal: Goal, options: CompileOptions): Program => {
  checkOptions(options);
  checkGoal(goal);
  const precision = precisions[options.precision];
  const inUse = fastModesInUse();
  const { chains, stepsPerCall, relaxed = inUse.relaxed, replaceKernels = inUse.replaceKernels } = options;
  const { inPairs = inUse.inPairs ?? false, accelerate = inUse.accelerate } = options;
  const plan = lower(graph, ops(graph), goal, chains);
  const limits = indexLimits(goal);
  const scratch = plan.steps.some(({ kind }) => kind === "matmul") ? GEMM_SCRATCH : 0;
  const layout = layOut(plan, precision, stepsPerCall, scratch);
  const pages = Math.ceil(layout.size / PAGE);
  const memory = makeMemory(pages, layout.size, options);
  const own = instantiateKernels(memory, { relaxed });
  const replaced: Partial<Kernels> = replaceKernels?.(memory, own) ?? {};
  // Linking asks for the kernels that the program calls and no others, so that no module is compiled in vain.
  const kernels = new Proxy(own, { get: (_, name: keyof Kernels) => replaced[name] ?? own[name] });
  const code = once(() => emitProgram(plan, layout, precision, { hashText, pages, inPairs }));
  const webAssembly = once(() => {
    const imports = { env: { memory }, kernels: kernels as unknown as WebAssembly.ModuleImports };
    return new WebAssembly.Instance(new WebAssembly.Module(code()), imports).exports.run as RunFunction;
  });
  const isPlain = !relaxed && replaceKernels === undefined;
  const run = isPlain && accelerate ? accelerate({ plan, layout, precision, memory, webAssembly }) : webAssembly();

  const real = options.precision === "f32" ? new Float32Array(memory.buffer) : new Float64Array(memory.buffer);
  const index = new Int32Array(memory.buffer);
  const bytes = new Uint8Array(memory.buffer);
  const named: { readonly [name: string]: Slot } = { ...plan.inputs, ...plan.parameters, ...plan.outputs };
  const isSideBySide = plan.lanes === "chains";

  /** The typed array, the first entry in it, and the distance to the next. */
  const placeOf = (slot: Slot, { chain = 0, step = 0 }: Copy) => {
    if (!(chain >= 0 && chain < chains && Number.isInteger(chain)))
      throw invalid("chain", chain, `an integer from 0 to ${chains - 1}`);
    if (!(step >= 0 && step < stepsPerCall && Number.isInteger(step)))
      throw invalid("step", step, `an integer from 0 to ${stepsPerCall - 1}`);
    const array = slot.element === "index" ? index : real;
    const { place } = slot;
    const isOwn = place === "chain" || place === "chainStep";
    let address = layout.address(slot);
    if (place === "chain") address += chain * layout.chainStride;
    if (place === "step") address += step * layout.stepStride;
    if (place === "chainStep") address += step * layout.chainStepStride + chain * layout.chainStepChainStride;
    const from = address / array.BYTES_PER_ELEMENT;
    return isOwn && isSideBySide ? { array, from: from + chain, stride: chains } : { array, from, stride: 1 };
  };
  const slotNamed = (name: string): Slot => {
    const slot = named[name];
    if (slot) return slot;
    throw new LandauError("input", `no array "${name}": there are ${Object.keys(named).join(", ")}`);
  };
  const put = (slot: Slot, values: ArrayLike<number>, copy: Copy) => {
    const { array, from, stride } = placeOf(slot, copy);
    if (stride === 1) array.set(values, from);
    else for (let i = 0; i < slot.size; i++) array[from + i * stride] = values[i];
  };
  for (const { slot, values } of plan.constants) put(slot, values, {});

  return {
    plan,
    chains,
    stepsPerCall,
    memoryBytes: layout.size,
    get code() {
      return code();
    },
    run(steps, { from, seed, firstChain = 0 }) {
      if (!(steps >= 1 && steps <= stepsPerCall && Number.isInteger(steps)))
        throw invalid("steps", steps, `an integer from 1 to ${stepsPerCall}, the steps a call can make`);
      run(steps, from, (seed % 4294967296) | 0, Math.floor(seed / 4294967296) | 0, firstChain);
    },
    read(name, copy = {}) {
      const slot = slotNamed(name);
      const { array, from, stride } = placeOf(slot, copy);
      const out = new Float64Array(slot.size);
      if (stride === 1) out.set(array.subarray(from, from + slot.size));
      else for (let i = 0; i < out.length; i++) out[i] = array[from + i * stride];
      return out;
    },
    readNumber(name, copy = {}) {
      const { array, from } = placeOf(slotNamed(name), copy);
      return array[from];
    },
    saveChains: () => bytes.slice(layout.chainsFrom, layout.chainsTo),
    restoreChains(saved) {
      const size = layout.chainsTo - layout.chainsFrom;
      if (saved.length !== size)
        throw invalid("the length of the saved chains", saved.length, `${size} bytes, as saved by the same program`);
      bytes.set(saved, layout.chainsFrom);
    },
    writeIndices: (name, values, copy = {}) => put(slotNamed(name), values, copy),
    write(name, values, copy = {}) {
      const slot = slotNamed(name);
      if (values.length !== slot.size)
        throw new LandauError("input", `${name} has ${values.length} values: needs ${slot.size}`);
      const limit = slot.element === "index" ? (limits.get(name) ?? 2147483648) : undefined;
      if (limit !== undefined)
        for (let i = 0; i < values.length; i++)
          if (!(values[i] >= 0 && values[i] < limit && Number.isInteger(values[i])))
            throw new LandauError("input", `${name}[${i}] is ${values[i]}: needs an integer from 0 to ${limit - 1}`);
      put(slot, values, copy);
    },
  };
};

const makeMemory = (pages: number, bytes: number, { chains, stepsPerCall }: CompileOptions): WebAssembly.Memory => {
  try {
    if (pages <= 65536) return new WebAssembly.Memory({ initial: pages, maximum: pages });
  } catch {
    // Reported below, with what it was for.
  }
  throw new LandauError(
    "input",
    `the program needs ${Math.ceil(bytes / 1048576)} MiB for ${chains} chains and ${stepsPerCall} steps a call, more than there is: take fewer chains or smaller batches`,
  );
};
