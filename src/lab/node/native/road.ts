import type { FastModes, Lowered } from "../../../engine/fast-modes.ts";
import type { RunFunction } from "../../../engine/wasm/emit-program.ts";
import { isLandauError, LandauError } from "../../../errors.ts";
import type { LoopSource, NativeLoops } from "../../../numerics/native-loops.ts";
import { openCache } from "./cache.ts";
import { findCompiler } from "./compiler.ts";
import { build, buildLoops, builtPrinter, find, findLoops, libraryName, loadKoffi, type Toolchain } from "./library.ts";
import { compileTime, stepTime } from "./work.ts";

/** Whom native code is asked of: this machine, or in tests one that lacks something. */
export interface NativeSources {
  readonly environment: NodeJS.ProcessEnv;
  loadKoffi: typeof loadKoffi;
  findCompiler: typeof findCompiler;
  openCache: typeof openCache;
  readonly printer: string | undefined;
  /** Milliseconds. */
  now(): number;
}

export const nativeSources: NativeSources = {
  environment: process.env,
  loadKoffi,
  findCompiler,
  openCache,
  printer: builtPrinter,
  now: () => performance.now(),
};

/**
 * Milliseconds of work that make it worth printing a program as C, to look for its library in the cache. Once one was found there the next is looked for at
 * once, before it is lowered, and so on until one is not: then the cache holds what such a run needs, and a look costs less than lowering and compiling WebAssembly.
 */
const LOOK_AFTER = 30;

/** Milliseconds that compiling the native loops takes, about. */
const LOOPS_TIME = 700;

/** Calls by one of which native code shows that it is not the slower one: of a few, all may be held up by other work. */
const TRIALS = 30;

/** Whether all programs are native code from their first step on, whether that pays or not: tests want to see its bits. */
const isAlwaysNative = ({ LANDAU_NATIVE: wanted }: NodeJS.ProcessEnv): boolean => wanted === "always";

/** Whether programs may become native code: not with LANDAU_NATIVE=0. */
export const isNativeWanted = ({ LANDAU_NATIVE: wanted }: NodeJS.ProcessEnv): boolean => wanted !== "0";

/** Throws a LandauError of kind "input" that says what is missing. */
export const findToolchain = (sources: NativeSources = nativeSources): Toolchain => {
  if (!isNativeWanted(sources.environment)) throw new LandauError("input", "LANDAU_NATIVE=0");
  const koffi = sources.loadKoffi();
  if (!koffi) throw new LandauError("input", "koffi is not installed: npm install koffi");
  const compiler = sources.findCompiler(sources.environment);
  if (!compiler) throw new LandauError("input", "no C compiler on the path: install gcc or clang");
  return { koffi, compiler, cache: sources.openCache(), printer: sources.printer };
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
 * The native road: programs start as WebAssembly, and those that run for long go on as native code, which has the same bits, unless that turns
 * out to be slower; likewise loops that are plain JavaScript. `onNote` is told, once, why there is none; `isSurprise` where all that is needed was found, and compiling failed.
 */
export const nativeRoad = (
  onNote: (note: string, isSurprise: boolean) => void = () => {},
  sources: NativeSources = nativeSources,
): Required<Pick<FastModes, "accelerate" | "loops">> => {
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
  if (isAlwaysNative(sources.environment))
    return {
      accelerate: program => attempt(tools => build(program, tools)) ?? program.webAssembly(),
      loops: once(() => attempt(buildLoops)),
    };
  const memory: Memory = { lookAfter: LOOK_AFTER, works: new Map(), pace: 1 };
  return { accelerate: program => switching(program, attempt, sources.now, memory), loops: loopSource(attempt) };
};

const once = <T>(make: () => T): (() => T) => {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
};

type Attempt = <T>(act: (tools: Toolchain) => T) => T | undefined;

/** Looks in the cache first, and compiles once as long has been spent as that takes. */
const loopSource = (attempt: Attempt): LoopSource => {
  let next = LOOK_AFTER;
  let found: NativeLoops | undefined;
  return spent => {
    if (found || spent < next) return found;
    const act = next === LOOK_AFTER ? findLoops : buildLoops;
    next = next === LOOK_AFTER ? LOOPS_TIME : Number.POSITIVE_INFINITY;
    found = attempt(act);
    return found;
  };
};

/** Milliseconds as WebAssembly. */
interface Work {
  spent: number;
}

/** What programs of one thread leave to those that follow. */
interface Memory {
  /** After how many milliseconds of work the next one is looked for. */
  lookAfter: number;
  /** By the names of libraries: members of an ensemble, one after the other, are programs of one name. */
  readonly works: Map<string, Work>;
  /** How long the last one took to be compiled, as a multiple of what was expected. */
  pace: number;
}

/** A compiler is taken to be no faster: a library that another process made meanwhile says nothing of it. */
const FASTEST = 0.1;

const together = (own: Work, name: string, { works }: Memory): Work => {
  const all = works.get(name) ?? { spent: 0 };
  works.set(name, all);
  all.spent += own.spent;
  return all;
};

const switching = (program: Lowered, attempt: Attempt, now: () => number, memory: Memory): RunFunction => {
  if (memory.lookAfter === 0) {
    const run = attempt(tools => find(program, tools));
    if (run) return run;
    memory.lookAfter = LOOK_AFTER;
  }
  const aStep = stepTime(program.plan);
  const expected = compileTime(program.plan);
  let native: RunFunction | undefined;
  let isLookedFor = false;
  /** Of this program, and once it has a name of all that have it. */
  let work: Work = { spent: 0 };
  let next = memory.lookAfter;
  /** Looks in the cache first, and compiles once as long has been spent as compiling takes: that costs at most what was spent already. */
  const change = (ahead: number) => {
    if (work.spent + ahead > next && !isLookedFor) {
      isLookedFor = true;
      native = attempt(tools => find(program, tools));
      memory.lookAfter = native ? 0 : LOOK_AFTER;
      next = memory.pace * expected;
      if (!native) work = attempt(tools => together(work, libraryName(program, tools), memory)) ?? work;
    }
    if (!native && work.spent + ahead > next) {
      const before = now();
      native = attempt(tools => build(program, tools));
      memory.pace = Math.max(FASTEST, (now() - before) / expected);
      memory.lookAfter = native ? 0 : LOOK_AFTER;
      next = Number.POSITIVE_INFINITY;
    }
  };
  /** The least time of a step so far, as a machine with other work makes some calls slow. */
  const least = { webAssembly: Number.POSITIVE_INFINITY, native: Number.POSITIVE_INFINITY };
  let trials = 0;
  let isSettled = false;
  const timed = (road: keyof typeof least, run: RunFunction, call: Parameters<RunFunction>): number => {
    const before = now();
    run(...call);
    const took = now() - before;
    least[road] = Math.min(least[road], took / call[0]);
    return took;
  };
  return (...call) => {
    if (!native) change(call[0] * aStep);
    if (native && isSettled) return native(...call);
    if (!native) {
      work.spent += timed("webAssembly", program.webAssembly(), call);
      return;
    }
    timed("native", native, call);
    trials++;
    isSettled = least.native <= least.webAssembly;
    if (trials < TRIALS || isSettled) return;
    native = undefined;
    memory.lookAfter = LOOK_AFTER;
    next = Number.POSITIVE_INFINITY;
  };
};
