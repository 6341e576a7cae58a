import { graph } from "../../src/engine/graph/graph.ts";
import { type Ops, ops } from "../../src/engine/graph/ops.ts";
import { compile, type Program } from "../../src/engine/program.ts";

export type ElementaryName = "exp" | "log" | "log1p" | "tanh" | "erf" | "sin" | "cos";

const SIZE = 2 ** 16;
const programs = new Map<string, Program>();

const programFor = (name: ElementaryName, precision: "f32" | "f64"): Program => {
  const key = `${name} ${precision}`;
  const known = programs.get(key);
  if (known) return known;
  const own = graph();
  const m: Ops = ops(own);
  const result = m[name](own.node("input", [], { name: "x" }, [SIZE]));
  const goal = { outputs: { result: { node: result, every: "call" as const } }, updates: [] };
  const program = compile(own, goal, { precision, chains: 1, stepsPerCall: 1 });
  programs.set(key, program);
  return program;
};

/** An elementary function as compiled programs compute it. The last vector is filled up with zeros. */
export const elementaryMap = (name: ElementaryName, precision: "f32" | "f64", xs: ArrayLike<number>): Float64Array => {
  const program = programFor(name, precision);
  const out = new Float64Array(xs.length);
  const chunk = new Float64Array(SIZE);
  for (let from = 0; from < xs.length; from += SIZE) {
    const count = Math.min(SIZE, xs.length - from);
    for (let i = 0; i < count; i++) chunk[i] = xs[from + i];
    program.write("x", chunk);
    program.run(1, { from: 0, seed: 0 });
    out.set(program.read("result").subarray(0, count), from);
  }
  return out;
};
