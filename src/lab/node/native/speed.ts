import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Lowered } from "../../../engine/fast-modes.ts";
import { graph } from "../../../engine/graph/graph.ts";
import { ops } from "../../../engine/graph/ops.ts";
import { compile } from "../../../engine/program.ts";
import type { RunFunction } from "../../../engine/wasm/emit-program.ts";
import type { PrecisionName } from "../../../engine/wasm/precision.ts";
import { useLoopSource } from "../../../numerics/native-loops.ts";
import { stream } from "../../../numerics/stream.ts";
import { build, buildLoops, find, print, type Toolchain } from "./library.ts";

/** What native code costs before its first call, in milliseconds, and the GFLOP/s of products of two square matrices on one core. */
export interface NativeSpeed {
  readonly f32: number;
  readonly f64: number;
  /** Where the program was compiled never before. */
  readonly cold: number;
  /** Where its library lies in the cache. */
  readonly warm: number;
}

/** Nanoseconds of a normal of a stream, in the loops that run outside of programs. */
export interface LoopSpeed {
  readonly native: number;
  readonly plain: number;
}

const NORMALS = 100_000;

/** Throws a LandauError of kind "input" when the compiler fails. */
export const loopSpeed = (tools: Toolchain): LoopSpeed => {
  const loops = buildLoops(tools);
  const [random, out] = [stream({ seed: 0, purpose: "doctor" }), new Float64Array(NORMALS)];
  const nanoseconds = () =>
    (1e6 / NORMALS) * Math.min(...Array.from({ length: 20 }, () => timed(() => random.at(0).normals(out))));
  try {
    useLoopSource(undefined);
    const plain = nanoseconds();
    useLoopSource(() => loops);
    return { native: nanoseconds(), plain };
  } finally {
    useLoopSource(undefined);
  }
};

const timed = (act: () => void): number => {
  const before = performance.now();
  act();
  return performance.now() - before;
};

const SIZE = 256;
const TIMES = 2;
const BATCHES = 60;

/** With fused multiply-adds, which have other bits, or without. Throws a LandauError of kind "input" when the compiler fails. */
export const nativeSpeed = (tools: Toolchain, isFused = false): NativeSpeed => {
  const single = measure("f32", tools, isFused);
  return { f32: single.gflops, f64: measure("f64", tools, isFused).gflops, cold: single.cold, warm: single.warm };
};

const measure = (precision: PrecisionName, tools: Toolchain, isFused: boolean) => {
  const own = graph();
  const input = (name: string) => own.node("input", [], { name }, [SIZE, SIZE]);
  const node = ops(own).matmul(input("a"), input("b"));
  let [cold, warm] = [0, 0];
  const accelerate = (program: Lowered): RunFunction => {
    cold = timed(() => compileAnew(program, tools, isFused));
    const run = build(program, tools, isFused);
    warm = timed(() => find(program, tools, isFused));
    return run;
  };
  const goal = { outputs: { c: { node, every: "call" as const } }, updates: [] };
  const program = compile(own, goal, { precision, chains: 1, stepsPerCall: TIMES, accelerate });
  const best = Math.min(
    ...Array.from({ length: BATCHES }, () => timed(() => program.run(TIMES, { from: 0, seed: 0 }))),
  );
  return { gflops: (2 * SIZE * SIZE * SIZE * TIMES) / best / 1e6, cold, warm };
};

const compileAnew = (program: Lowered, { compiler }: Toolchain, isFused: boolean): void => {
  const folder = mkdtempSync(join(tmpdir(), "landau-native-"));
  try {
    compiler.compile(print(program, isFused), folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
