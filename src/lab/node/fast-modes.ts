import type { FastModes } from "../../engine/fast-modes.ts";
import { relaxedKernelsAvailable } from "../../engine/kernels/kernels.ts";
import { isLandauError, LandauError } from "../../errors.ts";
import { changesBits, checkTogether, type FastModeName, fastModeNames, relaxedMissing } from "../fast-modes.ts";
import { build, type Toolchain } from "./native/library.ts";
import { findToolchain, isNativeWanted, nativeRoad } from "./native/road.ts";
import { findOpenBlas } from "./open-blas.ts";
import { hasV8Flag, setV8Flag } from "./v8-flags.ts";

/** Whom modes are asked of: this machine, or in tests one that lacks something. */
export interface FastModeSources {
  hasV8Flag(flag: string): boolean;
  isRelaxedAvailable(): boolean;
  findOpenBlas: typeof findOpenBlas;
  findToolchain(): Toolchain;
}

export const fastModeSources: FastModeSources = {
  hasV8Flag,
  isRelaxedAvailable: relaxedKernelsAvailable,
  findOpenBlas,
  findToolchain,
};

/** A mode that is there. */
interface FastMode {
  /** Versions, by name, of the libraries on which its bits depend. */
  readonly versions?: LibraryVersions;
  turnOn(): FastModes;
}

export interface LibraryVersions {
  readonly openblas?: string;
  /** What the C compiler says of itself. */
  readonly compiler?: string;
}

const RELAXED = "--experimental-wasm-relaxed-simd";
const REVECTORIZE = "--experimental-wasm-revectorize";

/** Each throws or rejects with a hint when its mode is not there. */
const finders: { readonly [name in FastModeName]: (sources: FastModeSources) => FastMode | Promise<FastMode> } = {
  relaxed({ isRelaxedAvailable, hasV8Flag }) {
    const isOn = isRelaxedAvailable();
    if (!isOn && !hasV8Flag(RELAXED)) throw relaxedMissing();
    return {
      turnOn() {
        if (!isOn) setV8Flag(RELAXED);
        return { relaxed: true };
      },
    };
  },
  revectorize({ hasV8Flag }) {
    if (!hasV8Flag(REVECTORIZE))
      throw new LandauError(
        "input",
        `fast mode revectorize needs a V8 with ${REVECTORIZE}, which that of Node ${process.versions.node} lacks: use Node 24`,
      );
    return {
      turnOn() {
        setV8Flag(REVECTORIZE);
        return { inPairs: true };
      },
    };
  },
  async blas({ findOpenBlas }) {
    const { kernels, version } = await findOpenBlas();
    return {
      versions: { openblas: version },
      turnOn: () => ({ replaceKernels: (memory, own) => kernels(memory, own) }),
    };
  },
  "native-fma"({ findToolchain }) {
    const tools = toolchain(findToolchain);
    return {
      versions: { compiler: tools.compiler.version() },
      // From the first step on: as WebAssembly it would have other bits.
      turnOn: () => ({ accelerate: program => build(program, tools, true) }),
    };
  },
};

const toolchain = (find: () => Toolchain): Toolchain => {
  try {
    return find();
  } catch (error) {
    if (!isLandauError(error, "input")) throw error;
    throw new LandauError("input", `fast mode native-fma needs native code: ${error.message}`, { cause: error });
  }
};

const find = async (names: readonly FastModeName[], sources: FastModeSources): Promise<readonly FastMode[]> => {
  checkTogether(names);
  const modes: FastMode[] = [];
  for (const name of fastModeNames) if (names.includes(name)) modes.push(await finders[name](sources));
  return modes;
};

/**
 * Resolves to the versions of the libraries that modes use, and turns nothing on. Rejects with a LandauError of kind "input"
 * when one of them is not on this machine, which names what is missing and how to get it.
 */
export const checkFastModes = async (
  names: readonly FastModeName[] = [],
  sources: FastModeSources = fastModeSources,
): Promise<LibraryVersions> => Object.assign({}, ...(await find(names, sources)).map(({ versions }) => versions));

/** One for the thread: what it found of the machine, or failed to, holds for all programs. */
const road = nativeRoad((note, isSurprise) => {
  // What is missing stands in the run's record.
  if (isSurprise) process.stderr.write(`landau: goes on as WebAssembly, with the same numbers: ${note}\n`);
});

/**
 * Turns modes on, and resolves to the modes that programs are given; where none changes bits, long work becomes native code besides, that of programs and that of some plain loops, unless
 * LANDAU_NATIVE=0 is in the environment:
 *
 *     train(experiment, { fast: await fastModes(["blas"]) });
 *
 * Those of V8 are set for the whole process and for what is compiled from then on. Rejects as `checkFastModes` does.
 */
export const fastModes = async (
  names: readonly FastModeName[],
  sources: FastModeSources = fastModeSources,
): Promise<FastModes> => {
  const modes = (await find(names, sources)).map(({ turnOn }) => turnOn());
  const isNative = !changesBits(names) && isNativeWanted(process.env);
  return Object.assign({}, ...modes, isNative && road);
};
