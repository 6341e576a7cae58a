import { instantiateKernels, type Kernels } from "../../../src/engine/kernels/kernels.ts";

export type Floats = Float32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;

/** A memory with the kernels on it and arrays laid out one after another, each with a guard of 64 bytes behind it. */
export interface Arena {
  readonly kernels: Kernels;
  /** Copies the values in; `byteOffset` of the result is the pointer. */
  place<A extends Floats | Int32Array>(values: A): A;
  /** Whatever is placed so far outlives `reset`. */
  keep(): void;
  /** Forgets what was placed since `keep`. */
  reset(): void;
  /** Throws when a byte between the arrays has changed. */
  checkGuards(): void;
}

const GUARD = 64;
const MARK = 0xa5;

export const createArena = (bytes: number, relaxed = false): Arena => {
  const memory = new WebAssembly.Memory({ initial: Math.ceil((bytes + 2048) / 65_536) });
  const everything = new Uint8Array(memory.buffer);
  const guards: number[] = [];
  let top = 1024;
  let kept = { top, guards: 0 };
  return {
    kernels: instantiateKernels(memory, { relaxed }),
    place: <A extends Floats | Int32Array>(values: A): A => {
      const end = top + values.byteLength;
      everything.set(new Uint8Array(values.buffer, values.byteOffset, values.byteLength), top);
      everything.fill(MARK, end, end + GUARD);
      guards.push(end);
      const placed = new (values.constructor as new (buffer: ArrayBufferLike, offset: number, length: number) => A)(
        memory.buffer,
        top,
        values.length,
      );
      top = (end + GUARD + 15) & ~15;
      return placed;
    },
    keep: () => {
      kept = { top, guards: guards.length };
    },
    reset: () => {
      top = kept.top;
      guards.length = kept.guards;
    },
    checkGuards: () => {
      for (const guard of guards)
        for (let i = guard; i < guard + GUARD; i++)
          if (everything[i] !== MARK)
            throw new Error(`byte ${i - guard} behind the array that ends at ${guard} was written`);
    },
  };
};
