import { expect } from "vitest";
import type { Lowered } from "../../../../src/engine/fast-modes.ts";
import { compile } from "../../../../src/engine/program.ts";
import type { RunFunction } from "../../../../src/engine/wasm/emit-program.ts";
import { build } from "../../../../src/lab/node/native/library.ts";
import { everything, fill, type Setting } from "../../../engine/simulation.ts";
import { toolchain } from "./tools.ts";

/** Everything that a program shows: as WebAssembly, and as native code. */
export const bothRoads = (
  setting: Setting,
  write: (program: ReturnType<typeof compile>) => void = () => {},
  isFused = false,
) => {
  const { graph, goal, precision, chains, steps } = setting;
  const options = { precision, chains, stepsPerCall: steps };
  let native = 0;
  const accelerate = (program: Lowered): RunFunction => {
    const run = build(program, toolchain!, isFused);
    return (...values) => {
      native++;
      run(...values);
    };
  };
  const [wasm, other] = [options, { ...options, accelerate }].map(each => {
    const program = compile(graph, goal, each);
    fill(program, setting);
    write(program);
    program.run(steps, { from: 3, seed: 2 ** 40 + 5, firstChain: 7 });
    return everything(program, setting);
  });
  expect(native).toBe(1);
  return { wasm, native: other };
};
