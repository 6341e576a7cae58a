import { readFileSync } from "node:fs";
import { type Kernels, TILE_ROWS } from "../../engine/kernels/kernels.ts";
import { LandauError } from "../../errors.ts";

/** What is used of koffi, which calls functions of system libraries. */
export interface ForeignCalls {
  readonly version: string;
  load(library: string): {
    func(name: string, result: string, parameters: string[]): (...values: never[]) => unknown;
  };
  address(array: ArrayBufferView): bigint;
}

/** Where koffi and OpenBLAS are looked for. */
export interface BlasSources {
  importKoffi(): Promise<{ readonly default: ForeignCalls }>;
  /** Names and paths of libraries, tried in this order. */
  readonly libraries: readonly string[];
}

/** An OpenBLAS that was found and set to use one thread. */
export interface OpenBlas {
  /** Version of koffi. */
  readonly koffi: string;
  /** The library's file, or the name it was found by where the system does not tell. */
  readonly path: string;
  /** What the library says of itself: its version, and the processor it works for. */
  readonly version: string;
  /** C[m, n] = op(A) op(B), all row-major, in place of those of `kernels` for products of at least `leastFlops`. */
  kernels(memory: WebAssembly.Memory, kernels: Kernels, leastFlops?: number): Pick<Kernels, "gemm32" | "gemm64">;
}

/**
 * Smaller products, counted as 2 m n k, stay with our kernels: a call costs 0.2 microseconds. OpenBLAS overtakes them at 4 to 8
 * thousand operations where it works with 512 bits, at 8 to 33 thousand with 256.
 */
const LEAST_FLOPS = 50_000;

const names: { readonly [platform: string]: readonly string[] } = {
  linux: ["libopenblas.so.0", "libopenblas.so"],
  darwin: [
    "libopenblas.dylib",
    "/opt/homebrew/opt/openblas/lib/libopenblas.dylib",
    "/usr/local/opt/openblas/lib/libopenblas.dylib",
  ],
  win32: ["libopenblas.dll", "openblas.dll"],
};

const ways: { readonly [platform: string]: string } = {
  linux: "apt install libopenblas0",
  darwin: "brew install openblas",
};

export const blasSources: BlasSources = {
  importKoffi: () => import("koffi"),
  libraries: names[process.platform] ?? [],
};

/** Finds koffi. Rejects with a LandauError of kind "input" that says how to get it. */
export const findKoffi = async ({ importKoffi }: BlasSources = blasSources): Promise<ForeignCalls> => {
  try {
    return (await importKoffi()).default;
  } catch (cause) {
    throw new LandauError("input", "fast mode blas needs koffi, which is not installed: npm install koffi", { cause });
  }
};

/** Finds koffi and OpenBLAS. Rejects with a LandauError of kind "input" that names what is missing and how to get it. */
export const findOpenBlas = async (sources: BlasSources = blasSources): Promise<OpenBlas> => {
  const koffi = await findKoffi(sources);
  for (const name of sources.libraries) {
    let library: ReturnType<ForeignCalls["load"]>;
    try {
      library = koffi.load(name);
    } catch {
      continue;
    }
    const setThreads = library.func("openblas_set_num_threads", "void", ["int"]) as (count: number) => void;
    const config = library.func("openblas_get_config", "str", []) as () => string;
    const gemm = (function_: string, real: string) =>
      library.func(function_, "void", [
        ...Array(6).fill("int"),
        real,
        ...leading,
        ...leading,
        real,
        ...leading,
      ]) as Gemm;
    // Chains are split over workers: more threads in each would only be in each other's way.
    setThreads(1);
    const products = { gemm32: gemm("cblas_sgemm", "float"), gemm64: gemm("cblas_dgemm", "double") };
    return {
      koffi: koffi.version,
      path: loadedPath(name),
      version: config().replace(/^OpenBLAS /, ""),
      kernels(memory, kernels, leastFlops = LEAST_FLOPS) {
        // The memory of a program never grows, so it stays where it is.
        const base = Number(koffi.address(new Uint8Array(memory.buffer)));
        const instead =
          (own: Kernels["gemm32"], foreign: Gemm): Kernels["gemm32"] =>
          (m, n, k, transposeA, transposeB, a, b, c, scratch) => {
            if (2 * m * n * k < leastFlops) return own(m, n, k, transposeA, transposeB, a, b, c, scratch);
            const [widthA, widthB] = [transposeA ? m : k, transposeB ? k : n];
            // A part of a tile takes OpenBLAS longer than the whole.
            const rows = transposeA ? m : Math.ceil(m / TILE_ROWS) * TILE_ROWS;
            foreign(
              ROW_MAJOR,
              PLAIN + transposeA,
              PLAIN + transposeB,
              rows,
              n,
              k,
              1,
              base + a,
              widthA,
              base + b,
              widthB,
              0,
              base + c,
              n,
            );
          };
        return { gemm32: instead(kernels.gemm32, products.gemm32), gemm64: instead(kernels.gemm64, products.gemm64) };
      },
    };
  }
  const way = ways[process.platform];
  throw new LandauError(
    "input",
    `fast mode blas needs OpenBLAS, which is not on this machine (looked for ${sources.libraries.join(", ")})${way ? `: ${way}` : ""}`,
  );
};

/** An address as a number, and the distance between rows. */
const leading = ["uintptr_t", "int"];

type Gemm = (...values: number[]) => void;

/** Of the interface cblas.h: order of storage, and a matrix as it lies; its transpose is the next number. */
const ROW_MAJOR = 101;
const PLAIN = 111;

/** The file behind a library's name, which Linux lists among those mapped into the process. */
const loadedPath = (name: string): string => {
  if (process.platform !== "linux") return name;
  return /\/\S*openblas\S*/.exec(readFileSync("/proc/self/maps", "utf8"))?.[0] ?? name;
};
