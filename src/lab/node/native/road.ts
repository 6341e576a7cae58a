import type { FastModes, Lowered } from "../../../engine/fast-modes.ts";
import { instructionsOf } from "../../../engine/lower/region.ts";
import type { Step } from "../../../engine/lower/steps.ts";
import type { RunFunction } from "../../../engine/wasm/emit-program.ts";
import { isLandauError, LandauError } from "../../../errors.ts";
import { openCache } from "./cache.ts";
import { findCompiler } from "./compiler.ts";
import { build, find, loadKoffi, type Toolchain } from "./library.ts";

/** Whom native code is asked of: this machine, or in tests one that lacks something. */
export interface NativeSources {
  readonly environment: NodeJS.ProcessEnv;
  loadKoffi: typeof loadKoffi;
  findCompiler: typeof findCompiler;
  openCache: typeof openCache;
  /** Milliseconds. */
  now(): number;
}

export const nativeSources: NativeSources = {
  environment: process.env,
  loadKoffi,
  findCompiler,
  openCache,
  now: () => performance.now(),
};

/**
 * Milliseconds that a program runs before it is looked up in the cache, and before it is compiled: about as long as compiling takes, so
 * that what compiling costs is at most what was spent already.
 */
const LOOK_AFTER = 50;
const compileAfter = ({ plan }: Lowered): number => 500 + 2 * plan.steps.reduce((sum, step) => sum + sizeOf(step), 0);

/** Instructions of a region; a product counts as many as its tiles. */
const sizeOf = (step: Step): number =>
  step.kind === "region" ? instructionsOf(step.region).length + step.region.stores.length : 50;

/** Whether programs may become native code: not with LANDAU_NATIVE=0. */
export const isNativeWanted = ({ LANDAU_NATIVE: wanted }: NodeJS.ProcessEnv): boolean => wanted !== "0";

/** Throws a LandauError of kind "input" that says what is missing. */
export const findToolchain = (sources: NativeSources = nativeSources): Toolchain => {
  if (!isNativeWanted(sources.environment)) throw new LandauError("input", "LANDAU_NATIVE=0");
  const koffi = sources.loadKoffi();
  if (!koffi) throw new LandauError("input", "koffi is not installed: npm install koffi");
  const compiler = sources.findCompiler(sources.environment);
  if (!compiler) throw new LandauError("input", "no C compiler on the path: install gcc or clang");
  return { koffi, compiler, cache: sources.openCache() };
};

/** Which road the programs of a run take: "native code ..." or "WebAssembly: ..." with what is missing for more. */
export const roadText = (sources: NativeSources = nativeSources): string => {
  try {
    return `native code for long work, by ${findToolchain(sources).compiler.path}; WebAssembly for the rest`;
  } catch (error) {
    if (!isLandauError(error, "input")) throw error;
    return `WebAssembly: ${error.message}`;
  }
};

/**
 * The native road: programs start as WebAssembly, and those that run for long go on as native code, which has the same bits. `onNote` is
 * told, once, why there is none; `isSurprise` where all that is needed was found, and compiling failed.
 */
export const nativeRoad = (
  onNote: (note: string, isSurprise: boolean) => void = () => {},
  sources: NativeSources = nativeSources,
): NonNullable<FastModes["accelerate"]> => {
  let tools: Toolchain | undefined;
  let isClosed = false;
  const attempt = <T>(act: (tools: Toolchain) => T): T | undefined => {
    if (isClosed) return undefined;
    try {
      tools ??= findToolchain(sources);
      return act(tools);
    } catch (error) {
      isClosed = true;
      onNote(isLandauError(error) ? error.message : String(error), tools !== undefined);
      return undefined;
    }
  };
  return program => switching(program, attempt, sources.now);
};

const switching = (
  program: Lowered,
  attempt: <T>(act: (tools: Toolchain) => T) => T | undefined,
  now: () => number,
): RunFunction => {
  let native: RunFunction | undefined;
  let spent = 0;
  let next = LOOK_AFTER;
  const webAssembly = program.webAssembly();
  return (...values) => {
    if (native) return native(...values);
    if (spent > next) {
      const isLooking = next === LOOK_AFTER;
      native = attempt(tools => (isLooking ? find(program, tools) : build(program, tools)));
      next = isLooking ? compileAfter(program) : Number.POSITIVE_INFINITY;
      if (native) return native(...values);
    }
    const before = now();
    webAssembly(...values);
    spent += now() - before;
  };
};
