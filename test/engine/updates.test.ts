import { describe, expect, test } from "vitest";
import { type Graph, graph } from "../../src/engine/graph/graph.ts";
import type { Node, NodeOf } from "../../src/engine/graph/node.ts";
import { type Ops, ops } from "../../src/engine/graph/ops.ts";
import type { Goal } from "../../src/engine/lower/plan.ts";
import { SEED } from "./primitive-scenes.ts";
import { compareWithOracle, compileSetting, everything, fill, type Setting } from "./simulation.ts";
import { ballast, precisionNames, type Way, ways } from "./ways.ts";

type Updates = readonly (readonly [Node, Node])[];
type Outputs = { readonly [name: string]: Node };
interface Parts {
  readonly updates: Updates;
  readonly outputs?: Outputs;
}

/** Makes a goal whose own work is done in one of the ways; `x` is a mean over samples that the samples' way works out. */
const setting = (
  way: Way,
  precision: Setting["precision"],
  build: (m: Ops, parameter: (name: string, shape: readonly number[]) => Node, own: Graph, x: Node) => Parts,
): Setting => {
  const own = graph();
  const m = ops(own);
  const data = own.node("input", [], { name: "data", samples: way === "samples" }, [6, 1]);
  const mean = m.mul(m.sum(m.tanh(data)), 1 / 6);
  const { updates, outputs = {} } = build(m, (name, shape) => own.parameter(name, shape), own, mean);
  const goal: Goal = {
    updates: updates.map(([parameter, node]) => ({ parameter: parameter as NodeOf<"parameter">, node })),
    outputs: {
      ...Object.fromEntries(
        Object.entries(outputs).flatMap(([name, node]) => [
          [name, { node, every: "step" as const }],
          [`last ${name}`, { node, every: "call" as const }],
        ]),
      ),
      mean: { node: mean, every: "step" },
      ...(way === "arrays" && { "ballast sum": { node: ballast(own, m), every: "call" as const } }),
    },
  };
  return { graph: own, goal, precision, chains: way === "chains" ? 5 : 2, steps: 3, seed: 1 };
};

const cases: { readonly [name: string]: Parameters<typeof setting>[2] } = {
  "two parameters change places": (_, parameter) => {
    const [a, b] = [parameter("a", [3, 3]), parameter("b", [3, 3])];
    return {
      updates: [
        [a, b],
        [b, a],
      ],
    };
  },
  "three parameters go round, scaled by what was read": (m, parameter, _, x) => {
    const [a, b, c] = ["a", "b", "c"].map(name => parameter(name, [7]));
    return {
      updates: [
        [a, m.add(b, x)],
        [b, m.mul(c, 0.5)],
        [c, m.sub(a, b)],
      ],
      outputs: { sum: m.add(m.add(a, b), c) },
    };
  },
  "a parameter becomes its own transpose": (m, parameter) => {
    const a = parameter("a", [5, 5]);
    return { updates: [[a, m.transpose(a)]], outputs: { seen: a } };
  },
  "a parameter becomes a rotation of itself": (m, parameter) => {
    const a = parameter("a", [9]);
    return { updates: [[a, m.concat([m.slice(a, [2], [7]), m.slice(a, [0], [2])])]] };
  },
  "two parameters of different shapes read each other": (m, parameter) => {
    const [a, b] = [parameter("a", [4]), parameter("b", [3, 4])];
    return {
      updates: [
        [a, m.sum(b, 0)],
        [b, m.mul(b, m.broadcast(a, [3, 4]))],
      ],
    };
  },
  "a row is read by what changes it": (m, parameter) => {
    const a = parameter("a", [4, 3]);
    return { updates: [[a, m.add(a, m.broadcast(m.slice(a, [1, 0], [1, 3]), [4, 3]))]] };
  },
  "two parameters change by each other's transposes": (m, parameter) => {
    const [a, b] = [parameter("a", [4, 4]), parameter("b", [4, 4])];
    return {
      updates: [
        [a, m.transpose(b)],
        [b, m.transpose(a)],
      ],
    };
  },
  "one takes the value of another that stays": (_, parameter) => {
    const [a, b] = [parameter("a", [3]), parameter("b", [3])];
    return {
      updates: [
        [a, b],
        [b, b],
      ],
      outputs: { "seen a": a, "seen b": b },
    };
  },
  "two take the same new value": (m, parameter, _, x) => {
    const [a, b] = [parameter("a", [3, 2]), parameter("b", [3, 2])];
    const next = m.tanh(m.add(a, m.mul(b, x)));
    return {
      updates: [
        [a, next],
        [b, next],
      ],
      outputs: { next, again: next },
    };
  },
  "a new value is reshaped from another shape": (m, parameter) => {
    const [a, b] = [parameter("a", [6]), parameter("b", [2, 3])];
    return {
      updates: [
        [a, m.reshape(b, [6])],
        [b, m.reshape(a, [2, 3])],
      ],
      outputs: { seen: m.reshape(a, [3, 2]) },
    };
  },
  "a parameter is an output beside its update": (m, parameter, _, x) => {
    const a = parameter("a", [5]);
    return { updates: [[a, m.mul(a, x)]], outputs: { seen: a, doubled: m.add(a, a) } };
  },
  "a product of matrices is the new value": (m, parameter) => {
    const [a, b] = [parameter("a", [3, 3]), parameter("b", [3, 3])];
    return {
      updates: [
        [a, m.mul(0.3, m.matmul(a, b, { a: true }))],
        [b, m.mul(0.3, m.matmul(b, a, { b: true }))],
      ],
    };
  },
  "a parameter becomes a constant, another an input": (m, parameter, own) => {
    const [a, b] = [parameter("a", [4]), parameter("b", [4])];
    const y = own.node("input", [], { name: "y", perStep: true, perChain: true }, [4]);
    return {
      updates: [
        [a, m.broadcast(2.5, [4])],
        [b, y],
      ],
      outputs: { "seen y": y, "seen a": a, "seen b": b },
    };
  },
  "a number counts steps": (m, parameter) => {
    const a = parameter("a", []);
    return { updates: [[a, m.add(a, 1)]], outputs: { seen: a } };
  },
};

describe.each(precisionNames)("updates read the old values, %s", precision => {
  describe.each(ways)("%s", way => {
    test.each(Object.keys(cases))("%s", name => {
      const own = setting(way, precision, cases[name]);
      const { program } = compareWithOracle(own);
      expect(program.plan.lanes).toBe(way === "chains" ? "chains" : "entries");
    });
  });
});

test.each(ways)("what the chains of one program hold can be put back: %s", way => {
  const own = setting(way, "f32", cases["three parameters go round, scaled by what was read"]);
  const program = compileSetting(own);
  fill(program, own);
  program.run(2, { from: 0, seed: SEED });
  const saved = program.saveChains();
  program.run(3, { from: 2, seed: SEED });
  const first = everything(program, own);
  program.restoreChains(saved);
  program.run(3, { from: 2, seed: SEED });
  expect(everything(program, own)).toEqual(first);
  const other = compileSetting(own);
  fill(other, own, { parameters: false });
  other.restoreChains(saved);
  other.run(3, { from: 2, seed: SEED });
  expect(everything(other, own)).toEqual(first);
});

test("one entry is read without a copy", () => {
  const own = setting("chains", "f64", cases["a number counts steps"]);
  const program = compileSetting(own);
  fill(program, own);
  program.write("a", [10], { chain: 2 });
  program.run(3, { from: 0, seed: SEED });
  expect([0, 1, 2].map(step => program.readNumber("seen", { chain: 2, step }))).toEqual([10, 11, 12]);
  expect(program.read("a", { chain: 2 })).toEqual(Float64Array.of(13));
});
