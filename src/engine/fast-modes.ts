import type { Kernels } from "./kernels/kernels.ts";

/** Faster ways of computing than the deterministic one. All but `inPairs` round differently: other bits, and not the same on every machine. */
export interface FastModes {
  /** Multiply and add in one rounding where the machine can. */
  readonly relaxed?: boolean;
  /** Loops take two vectors of 128 bits at a time, which a V8 that revectorizes joins to one of 256. */
  readonly inPairs?: boolean;
  /** Stands in for products of matrices; called with the memory that a program works in, and with the kernels it stands in for. */
  replaceKernels?(memory: WebAssembly.Memory, kernels: Kernels): Partial<Kernels>;
}

let inUse: FastModes = {};

/**
 * Sets what programs compiled on this thread from now on use when they are given none themselves; `{}`, as at the beginning, is the
 * deterministic mode.
 */
export const useFastModes = (modes: FastModes): void => {
  inUse = modes;
};

export const fastModesInUse = (): FastModes => inUse;
