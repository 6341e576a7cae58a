import { instantiateKernels, type Kernels } from "../../../src/engine/kernels/kernels.ts";

const PAGE = 65_536;

/** The deterministic kernels, by name, on a memory of their own; addresses from `free` on are the caller's. */
export const kernelsOn = (bytes: number) => {
  const memory = new WebAssembly.Memory({ initial: 1 + Math.ceil(bytes / PAGE) });
  const kernels = instantiateKernels(memory) as Kernels & { readonly [name: string]: (...values: number[]) => void };
  return { memory, kernels, free: PAGE };
};
