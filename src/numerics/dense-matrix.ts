import { dense } from "./kernels/bytes.ts";
import { bytesOf, instantiate } from "./kernels/instantiate.ts";

/** A square matrix that meets many vectors. Sums run in ascending order: the same bits with and without 128-bit vectors. */
export interface DenseMatrix {
  /** Overwrites `out` by the product with a vector: out_r = sum over j of matrix_rj vector_j. */
  times(vector: Float64Array, out: Float64Array): void;
  /** Overwrites `out` by start_j + sum over rows r of weights_r matrix_rj; `out` may be `start`. */
  addRows(weights: Float64Array, start: Float64Array, out: Float64Array): void;
}

/** See assembly/dense.ts. Pointers are byte addresses. */
interface DenseKernels {
  addRows(matrix: number, rows: number, n: number, weights: number, start: number, out: number): void;
  dotRows(matrix: number, rows: number, n: number, vector: number, out: number): void;
}

/** The memory that the kernels read: one matrix at a time, behind three vectors of its size. */
interface Workspace {
  readonly kernels: DenseKernels;
  readonly memory: WebAssembly.Memory;
  holds: Float64Array | undefined;
}

/** Below this size copying the vectors costs what the kernels save. */
const SMALLEST = 12;
const PAGE = 65_536;
/** Vectors begin at lines of the cache. */
const LINE = 64;

let workspace: Workspace | undefined;
let available: boolean | undefined;

/** `values`: n x n, row-major, and not written to afterwards. */
export const denseMatrix = (values: Float64Array, n: number): DenseMatrix => {
  available ??= WebAssembly.validate(bytesOf(dense, {}));
  return n >= SMALLEST && available ? withKernels(values, n) : withLoops(values, n);
};

const withLoops = (values: Float64Array, n: number): DenseMatrix => ({
  times(vector, out) {
    for (let row = 0, k = 0; row < n; row++) {
      let sum = 0;
      for (let i = 0; i < n; i++, k++) sum += values[k] * vector[i];
      out[row] = sum;
    }
  },
  addRows(weights, start, out) {
    out.set(start);
    for (let row = 0, k = 0; row < n; row++) {
      const weight = weights[row];
      for (let i = 0; i < n; i++, k++) out[i] += weight * values[k];
    }
  },
});

const withKernels = (values: Float64Array, n: number): DenseMatrix => {
  const length = LINE * Math.ceil((8 * n) / LINE);
  const [second, third, matrix] = [length, 2 * length, 3 * length];
  let views: { readonly buffer: ArrayBufferLike; readonly vectors: readonly Float64Array[] } | undefined;
  /** The three vectors in front of the matrix, which stands there when this returns. */
  const ready = (): readonly Float64Array[] => {
    workspace ??= newWorkspace();
    const { memory } = workspace;
    if (workspace.holds !== values) {
      const missing = matrix + 8 * n * n - memory.buffer.byteLength;
      if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
      new Float64Array(memory.buffer, matrix, n * n).set(values);
      workspace.holds = values;
    }
    const { buffer } = memory;
    if (views?.buffer !== buffer)
      views = { buffer, vectors: [0, second, third].map(at => new Float64Array(buffer, at, n)) };
    return views.vectors;
  };
  return {
    times(vector, out) {
      const [from, to] = ready();
      from.set(vector);
      workspace?.kernels.dotRows(matrix, n, n, 0, second);
      out.set(to);
    },
    addRows(weights, start, out) {
      const [by, from, to] = ready();
      by.set(weights);
      from.set(start);
      workspace?.kernels.addRows(matrix, n, n, 0, second, third);
      out.set(to);
    },
  };
};

const newWorkspace = (): Workspace => {
  const memory = new WebAssembly.Memory({ initial: 1 });
  return { memory, kernels: instantiate<DenseKernels>({ dense }, memory), holds: undefined };
};
