import { invalid, LandauError } from "../errors.ts";
import { hashText } from "../numerics/hash-text.ts";
import { checkGoal, checkOptions } from "./check-program.ts";
import { type FastModes, fastModesInUse, type Lowered } from "./fast-modes.ts";
import type { Graph } from "./graph/graph.ts";
import { indexLimits } from "./graph/index-limits.ts";
import { nodesFor } from "./graph/node.ts";
import { ops } from "./graph/ops.ts";
import { instantiateKernels, type Kernels } from "./kernels/kernels.ts";
import { lower } from "./lower/lower.ts";
import { type Goal, type Plan, rootsOf } from "./lower/plan.ts";
import { type Place, type Places, placesOf } from "./places.ts";
import { programText } from "./program-text.ts";
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
  readonly places: Places;
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
  const limits = indexLimits(goal);
  // Whoever traces on, or compiles another goal of the same graph, does not change this program.
  const own = graph.copy();
  const lowered = once(() => {
    const plan = lower(own, ops(own), goal, chains);
    const scratch = plan.steps.some(({ kind }) => kind === "matmul") ? GEMM_SCRATCH : 0;
    return { plan, layout: layOut(plan, precision, stepsPerCall, scratch) };
  });
  let recalled: Places | undefined;
  const placed = once(() => recalled ?? placesOf(lowered().plan, lowered().layout));
  const allocated = once(() => makeMemory(placed().size, options));
  const code = once(() => {
    const { plan, layout } = lowered();
    return emitProgram(plan, layout, precision, { hashText, pages: pagesOf(layout.size), inPairs });
  });
  const webAssembly = once(() => {
    const memory = allocated();
    const ownKernels = instantiateKernels(memory, { relaxed });
    const replaced: Partial<Kernels> = replaceKernels?.(memory, ownKernels) ?? {};
    // Linking asks for the kernels that the program calls and no others, so that no module is compiled in vain.
    const kernels = new Proxy(ownKernels, { get: (_, name: keyof Kernels) => replaced[name] ?? ownKernels[name] });
    const imports = { env: { memory }, kernels: kernels as unknown as WebAssembly.ModuleImports };
    return new WebAssembly.Instance(new WebAssembly.Module(code()), imports).exports.run as RunFunction;
  });
  const program = (): Lowered => ({
    text: programText(graph, goal, options),
    get plan() {
      return lowered().plan;
    },
    get layout() {
      return lowered().layout;
    },
    get places() {
      return placed();
    },
    get memory() {
      return allocated();
    },
    precision,
    recall(places) {
      recalled = places;
    },
    webAssembly,
  });
  const isPlain = !relaxed && replaceKernels === undefined;
  const run = isPlain && accelerate ? accelerate(program()) : webAssembly();

  const places = placed();
  const memory = allocated();
  const real = options.precision === "f32" ? new Float32Array(memory.buffer) : new Float64Array(memory.buffer);
  const index = new Int32Array(memory.buffer);
  const bytes = new Uint8Array(memory.buffer);
  const named: { readonly [name: string]: Place } = { ...places.inputs, ...places.parameters, ...places.outputs };
  const isSideBySide = places.lanes === "chains";

  /** The typed array, the first entry in it, and the distance to the next. */
  const whereIs = ({ element, place, address: first }: Place, { chain = 0, step = 0 }: Copy) => {
    if (!(chain >= 0 && chain < chains && Number.isInteger(chain)))
      throw invalid("chain", chain, `an integer from 0 to ${chains - 1}`);
    if (!(step >= 0 && step < stepsPerCall && Number.isInteger(step)))
      throw invalid("step", step, `an integer from 0 to ${stepsPerCall - 1}`);
    const array = element === "index" ? index : real;
    const isOwn = place === "chain" || place === "chainStep";
    let address = first;
    if (place === "chain") address += chain * places.chainStride;
    if (place === "step") address += step * places.stepStride;
    if (place === "chainStep") address += step * places.chainStepStride + chain * places.chainStepChainStride;
    const from = address / array.BYTES_PER_ELEMENT;
    return isOwn && isSideBySide ? { array, from: from + chain, stride: chains } : { array, from, stride: 1 };
  };
  const placeNamed = (name: string): Place => {
    const place = named[name];
    if (place) return place;
    throw new LandauError("input", `no array "${name}": there are ${Object.keys(named).join(", ")}`);
  };
  const put = (place: Place, values: ArrayLike<number>, copy: Copy) => {
    const { array, from, stride } = whereIs(place, copy);
    if (stride === 1) array.set(values, from);
    else for (let i = 0; i < place.size; i++) array[from + i * stride] = values[i];
  };
  for (const node of nodesFor(rootsOf(goal))) {
    const constant = node.op === "constant" && places.constants.find(({ node: id }) => id === node.id);
    if (constant) put(constant.place, node.attributes.values, {});
  }

  return {
    get plan() {
      return lowered().plan;
    },
    places,
    chains,
    stepsPerCall,
    memoryBytes: places.size,
    get code() {
      return code();
    },
    run(steps, { from, seed, firstChain = 0 }) {
      if (!(steps >= 1 && steps <= stepsPerCall && Number.isInteger(steps)))
        throw invalid("steps", steps, `an integer from 1 to ${stepsPerCall}, the steps a call can make`);
      run(steps, from, (seed % 4294967296) | 0, Math.floor(seed / 4294967296) | 0, firstChain);
    },
    read(name, copy = {}) {
      const place = placeNamed(name);
      const { array, from, stride } = whereIs(place, copy);
      const out = new Float64Array(place.size);
      if (stride === 1) out.set(array.subarray(from, from + place.size));
      else for (let i = 0; i < out.length; i++) out[i] = array[from + i * stride];
      return out;
    },
    readNumber(name, copy = {}) {
      const { array, from } = whereIs(placeNamed(name), copy);
      return array[from];
    },
    saveChains: () => bytes.slice(places.chainsFrom, places.chainsTo),
    restoreChains(saved) {
      const size = places.chainsTo - places.chainsFrom;
      if (saved.length !== size)
        throw invalid("the length of the saved chains", saved.length, `${size} bytes, as saved by the same program`);
      bytes.set(saved, places.chainsFrom);
    },
    writeIndices: (name, values, copy = {}) => put(placeNamed(name), values, copy),
    write(name, values, copy = {}) {
      const place = placeNamed(name);
      if (values.length !== place.size)
        throw new LandauError("input", `${name} has ${values.length} values: needs ${place.size}`);
      const limit = place.element === "index" ? (limits.get(name) ?? 2147483648) : undefined;
      if (limit !== undefined)
        for (let i = 0; i < values.length; i++)
          if (!(values[i] >= 0 && values[i] < limit && Number.isInteger(values[i])))
            throw new LandauError("input", `${name}[${i}] is ${values[i]}: needs an integer from 0 to ${limit - 1}`);
      put(place, values, copy);
    },
  };
};

const pagesOf = (bytes: number): number => Math.ceil(bytes / PAGE);

const makeMemory = (bytes: number, { chains, stepsPerCall }: CompileOptions): WebAssembly.Memory => {
  const pages = pagesOf(bytes);
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
