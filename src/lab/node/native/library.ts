import { createHash } from "node:crypto";
import { createRequire } from "node:module";
import type { Lowered } from "../../../engine/fast-modes.ts";
import { emitProgram } from "../../../engine/native/emit-program.ts";
import { loopParameters, nativeLoopsInC } from "../../../engine/native/loops.ts";
import type { Places } from "../../../engine/places.ts";
import type { RunFunction } from "../../../engine/wasm/emit-program.ts";
import { LandauError } from "../../../errors.ts";
import { hashText } from "../../../numerics/hash-text.ts";
import type { NativeLoops } from "../../../numerics/native-loops.ts";
import type { ForeignCalls } from "../open-blas.ts";
import type { Cache, Entry } from "./cache.ts";
import type { Compiler } from "./compiler.ts";

/** What native code needs of a machine. */
export interface Toolchain {
  readonly koffi: ForeignCalls;
  readonly compiler: Compiler;
  readonly cache: Cache;
  /** A hash of the sources that lower and print programs; absent where Landau runs from its sources, which may change at any time. */
  readonly printer?: string;
}

const require = createRequire(import.meta.url);

/** koffi at once, without waiting; undefined where it is not installed. */
export const loadKoffi = (): ForeignCalls | undefined => {
  try {
    return require("koffi");
  } catch {
    return undefined;
  }
};

/** The name of a library: by what it does, and by the compiler. */
const nameOf = (text: string, { identity }: Compiler): string =>
  createHash("sha256").update(identity).update("\0").update(text).digest("hex").slice(0, 40);

/** A program in C. */
export const print = ({ plan, layout, precision }: Lowered, isFused = false): string =>
  emitProgram(plan, layout, precision, { hashText, isFused });

/** Set where Landau is built. */
declare const LANDAU_PRINTER: string | undefined;
export const builtPrinter = typeof LANDAU_PRINTER === "string" ? LANDAU_PRINTER : undefined;

/**
 * The name of a program's library. Lowering and printing take most of the time that finding a library does, so that where the sources that do it are known the
 * name is that of what they would read.
 */
export const libraryName = (
  program: Lowered,
  { compiler, printer }: Omit<Toolchain, "cache">,
  isFused = false,
): string =>
  nameOf(printer === undefined ? print(program, isFused) : `${printer} ${isFused} ${program.text}`, compiler);

/** Functions of a library by their names. */
const functions = (
  path: string,
  { koffi }: Pick<Toolchain, "koffi">,
  parameters: { readonly [name: string]: readonly string[] },
  result: "void" | "double" = "void",
): { readonly [name: string]: (...values: never[]) => unknown } => {
  try {
    const library = koffi.load(path);
    const entries = Object.entries(parameters).map(([name, types]) => [name, library.func(name, result, [...types])]);
    return Object.fromEntries(entries);
  } catch (cause) {
    throw new LandauError("input", `cannot be loaded: ${path}: ${(cause as Error).message}`, { cause });
  }
};

/** Calls a program's library, on the program's memory; what lies where was noted beside it. */
const load = ({ path, note }: Entry, program: Lowered, { koffi }: Pick<Toolchain, "koffi">): RunFunction => {
  const { landau_run: run } = functions(path, { koffi }, { landau_run: ["uintptr_t", ...Array(5).fill("int32_t")] });
  const call = run as (...values: unknown[]) => void;
  program.recall(JSON.parse(note) as Places);
  // The memory of a program never grows, so it stays where it is.
  const bytes = new Uint8Array(program.memory.buffer);
  const base = koffi.address(bytes);
  return (steps, from, seedLow, seedHigh, firstChain) => call(base, steps, from | 0, seedLow, seedHigh, firstChain | 0);
};

/** A program whose library is in the cache. */
export const find = (program: Lowered, tools: Toolchain, isFused = false): RunFunction | undefined => {
  const entry = tools.cache.find(libraryName(program, tools, isFused));
  return entry && load(entry, program, tools);
};

/** Finds a program's library in the cache, or has it compiled; products fused have other bits. */
export const build = (program: Lowered, tools: Toolchain, isFused = false): RunFunction => {
  const { compiler, cache } = tools;
  const name = libraryName(program, tools, isFused);
  const compiled = (folder: string) => ({
    path: compiler.compile(print(program, isFused), folder),
    note: JSON.stringify(program.places),
  });
  return load(cache.find(name) ?? cache.fill(name, compiled), program, tools);
};

const DRAWS = ["double *", "int32_t", "uint32_t *", "uint32_t *"];

const loadLoops = (path: string, tools: Toolchain): NativeLoops => {
  const { landau_normals, landau_uniforms, landau_words, landau_shuffle, landau_multiply } = functions(path, tools, {
    landau_normals: DRAWS,
    landau_uniforms: DRAWS,
    landau_words: ["uint32_t *", "int32_t", "uint32_t *", "uint32_t *"],
    landau_shuffle: ["int32_t *", "int32_t", "int32_t", "uint32_t *", "uint32_t *"],
    landau_multiply: [...Array(5).fill("int32_t"), ...Array(3).fill("double *")],
  });
  return {
    normals: landau_normals,
    uniforms: landau_uniforms,
    words: landau_words,
    shuffle: landau_shuffle,
    multiply: landau_multiply,
    translated: functions(path, tools, loopParameters, "double"),
  } as NativeLoops;
};

/** Native loops whose library is in the cache. */
export const findLoops = (tools: Toolchain): NativeLoops | undefined => {
  const entry = tools.cache.find(nameOf(nativeLoopsInC(), tools.compiler));
  return entry && loadLoops(entry.path, tools);
};

/** Has them compiled where they are not. */
export const buildLoops = (tools: Toolchain): NativeLoops => {
  const { compiler, cache } = tools;
  const source = nativeLoopsInC();
  const name = nameOf(source, compiler);
  const { path } = cache.find(name) ?? cache.fill(name, folder => ({ path: compiler.compile(source, folder) }));
  return loadLoops(path, tools);
};
