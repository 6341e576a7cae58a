import { availableParallelism, cpus } from "node:os";
import { kernelsAvailable } from "../../engine/kernels/kernels.ts";
import { isLandauError } from "../../errors.ts";
import { checkFastModes, type FastModeSources, fastModeSources } from "./fast-modes.ts";
import { findToolchain, type NativeSources, nativeSources } from "./native/road.ts";
import { type BlasSources, blasSources, findKoffi } from "./open-blas.ts";

/** Something that may be on a machine, with what is known of it; or why it is not, and how to get it. */
export type Found =
  | { readonly isThere: true; readonly what: string }
  | { readonly isThere: false; readonly why: string };

/** What a machine has for computing. */
export interface Machine {
  readonly node: string;
  readonly v8: string;
  readonly platform: string;
  readonly processor: string;
  readonly cores: number;
  /** 128-bit vectors in WebAssembly, on which everything stands. */
  readonly simd: Found;
  readonly relaxed: Found;
  readonly revectorize: Found;
  readonly koffi: Found;
  readonly openBlas: Found;
  /** A C compiler and what is needed besides for long work to become native code. */
  readonly native: Found;
}

export const examineMachine = async (
  sources: FastModeSources = fastModeSources,
  blas: BlasSources = blasSources,
  native: NativeSources = nativeSources,
): Promise<Machine> => {
  const { node, v8 } = process.versions;
  const hasSimd = kernelsAvailable();
  const withFlag = "yes, by a flag of V8 that Landau sets";
  return {
    node,
    v8,
    platform: `${process.platform} ${process.arch}`,
    processor: cpus()[0]?.model.trim() ?? "unknown",
    cores: availableParallelism(),
    simd: hasSimd
      ? { isThere: true, what: "yes" }
      : { isThere: false, why: "V8 finds no 128-bit vectors in this processor: nothing can be compiled" },
    relaxed: await found(async () => {
      const isOn = sources.isRelaxedAvailable();
      await checkFastModes(["relaxed"], sources);
      return isOn ? "yes" : withFlag;
    }),
    revectorize: await found(async () => {
      await checkFastModes(["revectorize"], sources);
      return withFlag;
    }),
    koffi: await found(async () => (await findKoffi(blas)).version),
    openBlas: await found(async () => {
      const { path, version } = await sources.findOpenBlas(blas);
      return `${version}, ${path}`;
    }),
    native: await found(async () => {
      const { compiler, cache } = findToolchain(native);
      return `${compiler.version()}, ${compiler.path}; cache ${cache.folder}`;
    }),
  };
};

const found = async (look: () => Promise<string>): Promise<Found> => {
  try {
    return { isThere: true, what: await look() };
  } catch (error) {
    if (!isLandauError(error, "input")) throw error;
    return { isThere: false, why: error.message };
  }
};
