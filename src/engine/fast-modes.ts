import { type LoopSource, useLoopSource } from "../numerics/native-loops.ts";
import type { Kernels } from "./kernels/kernels.ts";
import type { Plan } from "./lower/plan.ts";
import type { Places } from "./places.ts";
import type { RunFunction } from "./wasm/emit-program.ts";
import type { Layout } from "./wasm/layout.ts";
import type { Precision } from "./wasm/precision.ts";

/**
 * A program as back ends see it: what it does, where everything lies, and the WebAssembly that does it. It is lowered when something is asked for that needs it, and
 * not at all for who knows from its text where its arrays lie and how its steps are made.
 */
export interface Lowered {
  /** As `programText` makes it. */
  readonly text: string;
  readonly plan: Plan;
  readonly layout: Layout;
  readonly precision: Precision;
  readonly places: Places;
  readonly memory: WebAssembly.Memory;
  /** Says where arrays lie, as `places` told of a program of the same text; before anything but the text was asked for. */
  recall(places: Places): void;
  /** Compiled when it is first asked for. */
  webAssembly(): RunFunction;
}

/**
 * Faster ways of computing than the deterministic one. All but `inPairs`, `accelerate` and `loops` round differently: other bits, and not the same
 * on every machine; what accelerates may, too.
 */
export interface FastModes {
  /** Multiply and add in one rounding where the machine can. */
  readonly relaxed?: boolean;
  /** Loops take two vectors of 128 bits at a time, which a V8 that revectorizes joins to one of 256. */
  readonly inPairs?: boolean;
  /** Stands in for products of matrices; called with the memory that a program works in, and with the kernels it stands in for. */
  replaceKernels?(memory: WebAssembly.Memory, kernels: Kernels): Partial<Kernels>;
  /** What runs a program in place of its WebAssembly; not asked where kernels are relaxed or replaced. */
  accelerate?(program: Lowered): RunFunction;
  /** Brings native loops for work outside of programs. */
  readonly loops?: LoopSource;
}

let inUse: FastModes = {};

/**
 * Sets what programs compiled on this thread from now on use when they are given none themselves; `{}`, as at the beginning, is the
 * deterministic mode.
 */
export const useFastModes = (modes: FastModes): void => {
  inUse = modes;
  useLoopSource(modes.loops);
};

export const fastModesInUse = (): FastModes => inUse;
