import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Lowered } from "../../src/engine/fast-modes.ts";
import { graph } from "../../src/engine/graph/graph.ts";
import { type Node, type NodeOf, nodesFor } from "../../src/engine/graph/node.ts";
import { type Goal, rootsOf } from "../../src/engine/lower/plan.ts";
import { emitProgram } from "../../src/engine/native/emit-program.ts";
import { compile } from "../../src/engine/program.ts";
import { hashText } from "../../src/numerics/hash-text.ts";
import { scenes, settingOf } from "../lab/node/native/scenes.ts";
import { randomProgram, recipes } from "./random-graph.ts";
import type { Setting } from "./simulation.ts";
import { precisionNames, ways } from "./ways.ts";

/** A program as plain data, from which it can be made again with something changed. */
interface Recording {
  nodes: { op: string; inputs: number[]; attributes: { [name: string]: unknown }; shape: number[]; element: string }[];
  outputs: { name: string; node: number; every: string }[];
  updates: { parameter: number; node: number }[];
  options: { precision: string; chains: number; stepsPerCall: number };
}

const recordingOf = ({ goal, precision, chains, steps }: Omit<Setting, "seed">): Recording => {
  const nodes = nodesFor(rootsOf(goal));
  const numbers = new Map(nodes.map((node, i) => [node, i]));
  const number = (node: Node) => numbers.get(node)!;
  return {
    nodes: nodes.map(({ op, inputs, attributes, shape, element }) => ({
      op,
      inputs: inputs.map(number),
      attributes: { ...attributes },
      shape: [...shape],
      element,
    })),
    outputs: Object.entries(goal.outputs).map(([name, { node, every }]) => ({ name, node: number(node), every })),
    updates: goal.updates.map(({ parameter, node }) => ({
      parameter: number(parameter as Node),
      node: number(node),
    })),
    options: { precision, chains, stepsPerCall: steps },
  };
};

interface Made {
  readonly text: string;
  /** All that is kept under the text: where arrays lie, and the code. */
  readonly kept: string;
}

/** Throws where primitives or programs refuse what was changed. */
const made = ({ nodes: calls, outputs, updates, options }: Recording): Made => {
  const own = graph();
  const nodes: Node[] = [];
  for (const { op, inputs, attributes, shape, element } of calls)
    nodes.push(
      op === "parameter"
        ? own.parameter(attributes.name as string, shape)
        : own.node(
            op as Node["op"],
            inputs.map(i => nodes[i]),
            attributes as never,
            shape,
            element as Node["element"],
          ),
    );
  const goal: Goal = {
    outputs: Object.fromEntries(
      outputs.map(({ name, node, every }) => [name, { node: nodes[node], every: every as "step" }]),
    ),
    updates: updates.map(({ parameter, node }) => ({
      parameter: nodes[parameter] as NodeOf<"parameter">,
      node: nodes[node],
    })),
  };
  let found: Made | undefined;
  const accelerate = ({ text, plan, layout, precision, places }: Lowered) => {
    const code = emitProgram(plan, layout, precision, { hashText, isFused: false });
    found = { text, kept: `${JSON.stringify(places)}\n${code}` };
    return () => {};
  };
  compile(own, goal, { ...(options as { precision: "f32"; chains: number; stepsPerCall: number }), accelerate });
  return found!;
};

/** Words that stand for one another where one of them is read. */
const families = [
  ["add", "sub", "mul", "div", "maximum", "minimum"],
  ["neg", "exp", "log", "log1p", "tanh", "erf", "sqrt", "sin", "cos"],
  ["less", "lessOrEqual", "equal"],
  ["sum", "max"],
  ["step", "call"],
  ["real", "index"],
  ["normal", "uniform"],
  ["f32", "f64"],
];

const others = (value: unknown): readonly unknown[] => {
  if (typeof value === "number") return [value + 1, value - 1, value / 2, Object.is(value, 0) ? -0 : -value];
  if (typeof value === "boolean") return [!value];
  const family = families.find(words => words.includes(value as string));
  return family ? family.filter(word => word !== value) : [`${value}.`];
};

type Holder = { [key: string]: unknown };

/** Every number, word and truth value of a recording. */
const leavesOf = (root: object): { readonly holder: Holder; readonly key: string }[] =>
  Object.entries(root).flatMap(([key, value]) =>
    typeof value === "object" ? leavesOf(value) : [{ holder: root as Holder, key }],
  );

/** Every change of one thing that what is kept tells changes the text; how many it told. */
const checkChanges = (setting: Omit<Setting, "seed">, most: number): number => {
  const recording = recordingOf(setting);
  const before = made(recording);
  let count = 0;
  const compare = (changed: Recording, what: string) => {
    let after: Made;
    try {
      after = made(changed);
    } catch {
      return;
    }
    if (after.kept === before.kept) return;
    count++;
    expect(after.text, what).not.toBe(before.text);
  };
  const size = leavesOf(recording).length;
  const every = Math.max(1, Math.floor(size / most));
  for (let leaf = 0; leaf < size; leaf += every) {
    const { holder, key } = leavesOf(recording)[leaf];
    for (const other of others(holder[key])) {
      const changed = structuredClone(recording);
      leavesOf(changed)[leaf].holder[key] = other;
      compare(changed, `${key} ${holder[key]} -> ${other}`);
    }
  }
  for (const option of Object.keys(recording.options) as (keyof Recording["options"])[])
    for (const other of others(recording.options[option]))
      compare({ ...recording, options: { ...recording.options, [option]: other } }, option);
  compare({ ...recording, outputs: [...recording.outputs].reverse() }, "the order of outputs");
  compare({ ...recording, updates: recording.updates.slice(1) }, "the number of updates");
  return count;
};

describe.each(precisionNames)("%s: what is kept of a program is known from its text", precision => {
  test.each(ways)("random programs: %s", way => {
    fc.assert(
      fc.property(recipes(20), recipe => {
        const setting = { ...randomProgram(recipe, way), precision, chains: way === "chains" ? 21 : 2, steps: 2 };
        expect(made(recordingOf({ ...setting, ...randomProgram(recipe, way) }))).toEqual(made(recordingOf(setting)));
        expect(checkChanges(setting, 60)).toBeGreaterThan(30);
      }),
      { seed: 22, numRuns: 3 },
    );
  });

  test("products, draws, scatters, lookups, folds and constants", () => {
    for (const scene of Object.values(scenes)) checkChanges(settingOf(scene, precision), 40);
  });
});

test("the values of constants that lie in memory are in neither", () => {
  const program = (values: readonly number[], rows: readonly number[]) => {
    const own = graph();
    const constant = own.node("constant", [], { values }, [values.length]);
    const table = own.node("gather", [constant, own.node("constant", [], { values: rows }, [2], "index")], {});
    const goal: Goal = { outputs: { table: { node: table, every: "step" } }, updates: [] };
    return made(recordingOf({ graph: own, goal, precision: "f32", chains: 1, steps: 1 }));
  };
  for (const size of [3, 40]) {
    const values = Array.from({ length: size }, (_, i) => i);
    expect(program(values, [0, 1])).toEqual(
      program(
        values.map(x => -x),
        [2, 2],
      ),
    );
  }
});

test("parameters of other sizes are other programs, also where nothing reads them", () => {
  const [three, four] = [3, 4].map(size => {
    const own = graph();
    const w = own.parameter("w", [size]);
    const goal: Goal = { outputs: {}, updates: [{ parameter: w as NodeOf<"parameter">, node: w }] };
    return made(recordingOf({ graph: own, goal, precision: "f32", chains: 1, steps: 1 }));
  });
  expect(three.kept).not.toBe(four.kept);
  expect(three.text).not.toBe(four.text);
});

test("a program does not change when its graph goes on, nor when another of the same graph comes first", () => {
  const texts = [false, true].map(isLate => {
    const own = graph();
    const [w, one] = [own.parameter("w", [3]), own.node("constant", [], { values: [1] }, [])];
    const moved = own.node("sub", [w, own.node("broadcast", [own.node("exp", [one], {})], {}, [3])], {});
    const goal: Goal = { outputs: {}, updates: [{ parameter: w as NodeOf<"parameter">, node: moved }] };
    const found: Lowered[] = [];
    const accelerate = (program: Lowered) => {
      found.push(program);
      program.recall({ ...program.places });
      return () => {};
    };
    const options = { precision: "f32", chains: 1, stepsPerCall: 1, accelerate } as const;
    if (isLate) compile(own, goal, options);
    compile(own, goal, options);
    own.node("exp", [moved], {});
    const { text, plan, places } = found.at(-1)!;
    return { text, steps: plan.steps, places };
  });
  expect(texts[1]).toEqual(texts[0]);
});
