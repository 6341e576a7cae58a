import { expect } from "vitest";
import type { Graph } from "../../src/engine/graph/graph.ts";
import { indexLimits } from "../../src/engine/graph/index-limits.ts";
import { type Node, type NodeOf, nodesFor } from "../../src/engine/graph/node.ts";
import { sizeOf } from "../../src/engine/graph/shape.ts";
import { type Goal, rootsOf } from "../../src/engine/lower/plan.ts";
import { compile, type Program } from "../../src/engine/program.ts";
import { type Bounded, boundedValues, disagreement, exact, type PrecisionName } from "./error-bounds.ts";
import { randomIndices, randomValues } from "./plain.ts";
import { SEED } from "./primitive-scenes.ts";
import { drawsOf } from "./ways.ts";

/** A program, what it starts from, and how long it runs. */
export interface Setting {
  readonly graph: Graph;
  readonly goal: Goal;
  readonly precision: PrecisionName;
  readonly chains: number;
  readonly steps: number;
  /** Of the values that leaves are filled with. */
  readonly seed: number;
}

const leavesOf = (goal: Goal): readonly (NodeOf<"parameter"> | NodeOf<"input">)[] =>
  nodesFor(rootsOf(goal)).filter(node => node.op === "parameter" || node.op === "input");

/** What a leaf holds for a chain at a step, from nothing but its name. */
export const valuesOf = ({ goal, seed }: Setting, leaf: Node, chain: number, step: number): number[] => {
  if (leaf.op !== "parameter" && leaf.op !== "input") throw new Error(`${leaf.op} is no leaf`);
  const { name } = leaf.attributes;
  const [ownChain, ownStep] =
    leaf.op === "parameter" ? [chain, 0] : [leaf.attributes.perChain ? chain : 0, leaf.attributes.perStep ? step : 0];
  const purpose = `${name} of ${ownChain} at ${ownStep}`;
  const size = sizeOf(leaf.shape);
  return leaf.element === "index"
    ? randomIndices(seed, purpose, size, indexLimits(goal).get(name) ?? 5)
    : randomValues(seed, purpose, size, [-2, 2]);
};

export const compileSetting = ({ graph, goal, precision, chains, steps }: Setting): Program =>
  compile(graph, goal, { precision, chains, stepsPerCall: steps });

/** Fills parameters, and the inputs of steps `from`, from + 1, ..., as far as there is room; `firstChain` is that of copy 0. */
export const fill = (
  program: Program,
  setting: Setting,
  { from = 0, firstChain = 0, parameters = true }: { from?: number; firstChain?: number; parameters?: boolean } = {},
): void => {
  for (const leaf of leavesOf(setting.goal)) {
    const { name } = leaf.attributes;
    if (leaf.op === "parameter" && !parameters) continue;
    for (let chain = 0; chain < program.chains; chain++)
      for (let step = 0; step < program.stepsPerCall; step++)
        program.write(name, valuesOf(setting, leaf, firstChain + chain, from + step), { chain, step });
  }
};

/** Everything a program shows after a run, by name, chain and step. */
export const everything = (program: Program, { goal, steps }: Setting): { readonly [place: string]: Float64Array } => {
  const found: { [place: string]: Float64Array } = {};
  for (let chain = 0; chain < program.chains; chain++) {
    for (const name of Object.keys(program.plan.parameters)) found[`${name} ${chain}`] = program.read(name, { chain });
    for (const [name, { every }] of Object.entries(goal.outputs))
      for (let step = 0; step < (every === "step" ? steps : 1); step++)
        found[`${name} ${chain} ${step}`] = program.read(name, { chain, step });
  }
  return found;
};

/** What the oracle says a program shows after a run. */
export const expectedEverything = (setting: Setting): { readonly [place: string]: readonly Bounded[] } => {
  const { goal, chains, steps, precision } = setting;
  const expected: { [place: string]: readonly Bounded[] } = {};
  const outputs = Object.entries(goal.outputs);
  const roots = [...outputs.map(([, { node }]) => node), ...goal.updates.map(({ node }) => node)];
  for (let chain = 0; chain < chains; chain++) {
    const held = new Map<string, readonly Bounded[]>();
    for (const leaf of leavesOf(goal))
      if (leaf.op === "parameter") held.set(leaf.attributes.name, valuesOf(setting, leaf, chain, 0).map(exact));
    for (let step = 0; step < steps; step++) {
      const values = boundedValues(roots, precision, node => {
        if (node.op === "parameter") return held.get(node.attributes.name)!;
        return node.op === "input"
          ? valuesOf(setting, node, chain, step).map(exact)
          : drawsOf(node, chain, step, precision);
      });
      outputs.forEach(([name, { every }], i) => {
        expected[`${name} ${chain} ${every === "step" ? step : 0}`] = values[i];
      });
      goal.updates.forEach(({ parameter }, i) => {
        held.set(parameter.attributes.name, values[outputs.length + i]);
      });
    }
    for (const [name, values] of held) expected[`${name} ${chain}`] = values;
  }
  return expected;
};

/** Fails where a program and the oracle part. Returns the share of entries about which rounding leaves no doubt. */
export const expectAgreement = (
  found: ReturnType<typeof everything>,
  expected: ReturnType<typeof expectedEverything>,
): number => {
  let [entries, decided] = [0, 0];
  for (const [place, values] of Object.entries(found)) {
    const wrong = disagreement(values, expected[place]);
    if (wrong !== undefined) expect.fail(`${place}: ${wrong}`);
  }
  for (const values of Object.values(expected))
    for (const { value, error } of values) {
      entries++;
      if (error <= 1e-2 * (1 + Math.abs(value))) decided++;
    }
  return decided / entries;
};

/** Compiles, runs all steps in one call, and compares everything with the oracle. */
export const compareWithOracle = (setting: Setting): { readonly program: Program; readonly decided: number } => {
  const program = compileSetting(setting);
  fill(program, setting);
  program.run(setting.steps, { from: 0, seed: SEED });
  return { program, decided: expectAgreement(everything(program, setting), expectedEverything(setting)) };
};
