import { expect } from "vitest";
import { type Graph, graph } from "../../src/engine/graph/graph.ts";
import type { Node } from "../../src/engine/graph/node.ts";
import { type Ops, ops } from "../../src/engine/graph/ops.ts";
import type { Goal } from "../../src/engine/lower/plan.ts";
import { compile, type Program } from "../../src/engine/program.ts";
import { stream } from "../../src/numerics/stream.ts";
import { type Bounded, boundedValues, disagreement, exact, type PrecisionName } from "./error-bounds.ts";
import type { Plain } from "./plain.ts";
import { type Operand, type Scene, SEED, valuesFor } from "./primitive-scenes.ts";

/** What the compiler runs side by side: entries of whole arrays, samples in one pass, or chains. */
export type Way = "arrays" | "samples" | "chains";
export const ways: readonly Way[] = ["arrays", "samples", "chains"];
export const precisionNames: readonly PrecisionName[] = ["f32", "f64"];

/** Too much to be unrolled: beside it, a program without samples works on whole arrays. */
export const ballast = (own: Graph, m: Ops): Node => m.sum(own.node("input", [], { name: "ballast" }, [1600]));
export const withBallast = (own: Graph, m: Ops, goal: Goal): Goal => ({
  ...goal,
  outputs: { ...goal.outputs, "ballast sum": { node: ballast(own, m), every: "call" } },
});

/** Fails unless the program was compiled the way it is said to be, and computes its output `result` that way. */
export const expectWay = ({ plan, chains }: Program, way: Way, samples = 1): void => {
  expect(plan.lanes).toBe(way === "chains" ? "chains" : "entries");
  if (way === "arrays") return;
  const { result } = plan.outputs;
  const loops = plan.steps.flatMap(step => (step.kind === "region" ? [step.region] : []));
  const home = loops.find(({ stores }) => stores.some(({ access }) => access.slot === result));
  expect(home?.axes).toEqual([way === "chains" ? chains : samples]);
  expect(home?.stores.filter(({ access }) => access.slot === result)).toHaveLength(result.size / samples);
};

/** Compiles one scene in one way, with other values in every chain, and compares its result with the oracle's in all of them. */
export const compareScene = (scene: Scene, way: Way, precision: PrecisionName, seed: number, count: number): void => {
  const own = graph();
  const m = ops(own);
  const samples = way === "samples" ? count : undefined;
  const chains = way === "samples" ? 1 : count;
  const isParameter = ({ rows, isShared }: Operand, i: number) =>
    rows === undefined && (samples === undefined ? i % 2 === 0 : isShared === true);
  const isPerChain = ({ isShared }: Operand) => way === "chains" && !isShared;
  const nodes = scene.operands.map((operand, i): Node => {
    const { shape, rows, isShared } = operand;
    const name = `operand ${i}`;
    if (isParameter(operand, i)) return own.parameter(name, shape);
    const isLifted = samples !== undefined && !isShared;
    const whole = isLifted ? [samples, ...shape] : shape;
    const traits = { ...(isLifted && { samples: true }), ...(isPerChain(operand) && { perChain: true }) };
    return own.node("input", [], { name, ...traits }, whole, rows ? "index" : "real");
  });
  const built = scene.build(m, nodes, samples === undefined ? 0 : 1);
  // Arrays in memory would be copied whole; a change of sign is exact, and done where samples are looked at.
  const result = samples === undefined ? built : m.neg(built);
  const outputs: Goal["outputs"] = { result: { node: result, every: "call" } };
  const goal = { outputs, updates: [] };
  const program = compile(own, way === "arrays" ? withBallast(own, m, goal) : goal, {
    precision,
    chains,
    stepsPerCall: 1,
  });
  if (!scene.mixesSamples) expectWay(program, way, samples);

  const lead = samples === undefined ? [] : [samples];
  const common = valuesFor(scene, seed, lead);
  const valuesOf: Plain[][] = Array.from({ length: chains }, (_, chain) =>
    valuesFor(scene, seed + chain, lead).map((values, i) => {
      const operand = scene.operands[i];
      return isParameter(operand, i) || isPerChain(operand) ? values : common[i];
    }),
  );
  for (let chain = 0; chain < chains; chain++)
    for (const [i, { data }] of valuesOf[chain].entries()) {
      const name = `operand ${i}`;
      if (name in program.plan.inputs || name in program.plan.parameters) program.write(name, data, { chain });
    }
  program.run(1, { from: 0, seed: SEED });
  for (let chain = 0; chain < chains; chain++) {
    const values = new Map<Node, readonly Bounded[]>(valuesOf[chain].map(({ data }, i) => [nodes[i], data.map(exact)]));
    const [expected] = boundedValues(
      [result],
      precision,
      node => values.get(node) ?? drawsOf(node, chain, 0, precision),
    );
    const wrong = disagreement(program.read("result", { chain }), expected);
    if (wrong !== undefined) expect.fail(wrong);
  }
};

/** What a random array holds at a step of a chain; rounded once. */
export const drawsOf = (node: Node, chain: number, step: number, precision: PrecisionName, seed = SEED): Bounded[] => {
  if (node.op !== "random") throw new Error(`no values for ${node.op}`);
  const { distribution, purpose } = node.attributes;
  const draws = stream({ seed, purpose, chain, step });
  return Array.from({ length: node.shape.reduce((size, length) => size * length, 1) }, () => {
    const value = draws[distribution]();
    return precision === "f64"
      ? exact(value)
      : exact(Math.min(Math.fround(value), distribution === "uniform" ? 1 - 2 ** -24 : Infinity));
  });
};
