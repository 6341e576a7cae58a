import { invalid, LandauError } from "../../errors.ts";
import type { Graph } from "./graph.ts";
import type { Initialiser, ParameterMaker } from "./initialiser.ts";
import { type Layers, layers } from "./layers.ts";
import { type NetworkLayers, networkLayers } from "./network-layers.ts";
import type { Node, NodeOf } from "./node.ts";
import { type Ops, ops } from "./ops.ts";
import { originOf } from "./origin.ts";
import { type Shape, sizeOf } from "./shape.ts";

/** What a model is written with: primitives and layers that take traced arrays or plain numbers. */
export interface Tracer extends Omit<Ops, "random">, Layers, NetworkLayers {
  parameter: ParameterMaker;
  /** Standard normal numbers, fresh at every step; every call draws its own. */
  normal(shape: Shape): Node;
  /** Uniform numbers in [0, 1), fresh at every step; every call draws its own. */
  uniform(shape: Shape): Node;
}

export interface Traced {
  readonly tracer: Tracer;
  readonly starts: ReadonlyMap<NodeOf<"parameter">, Initialiser>;
}

/** The user's tracer over a graph. Every call remembers the line it came from. */
export const tracer = (graph: Graph): Traced => {
  const m = ops(graph);
  const starts = new Map<NodeOf<"parameter">, Initialiser>();
  let draws = 0;
  const parameter: Tracer["parameter"] = (name, shape, start = defaultStart(shape)) => {
    const node = graph.parameter(name, shape) as NodeOf<"parameter">;
    checkStart(name, shape, start);
    starts.set(node, start);
    return node;
  };
  const { random, ...primitives } = m;
  const here = () => graph.here;
  const plain = { ...primitives, ...layers(m, here) };
  const uniform: Tracer["uniform"] = shape => random("uniform", `draw ${draws++}`, shape);
  const all: Tracer = {
    ...plain,
    ...networkLayers(plain, parameter, uniform, here),
    parameter,
    normal: shape => random("normal", `draw ${draws++}`, shape),
    uniform,
  };
  return { tracer: withOrigins(all, graph), starts };
};

const withOrigins = (all: Tracer, graph: Graph): Tracer =>
  Object.fromEntries(
    Object.entries(all).map(([name, make]) => {
      const traced = (...operands: never[]) => {
        for (const operand of operands) checkOperand(name, operand);
        return graph.at(originOf(traced), () => (make as (...operands: never[]) => unknown)(...operands));
      };
      return [name, traced];
    }),
  ) as unknown as Tracer;

const checkOperand = (name: string, operand: unknown): void => {
  if (operand === undefined || operand === null)
    throw new LandauError("input", `${name} got ${operand}: needs an array made by the model, a number or a list`);
  if (typeof operand === "number" && Number.isNaN(operand)) throw invalid(`an operand of ${name}`, operand, "a number");
};

const defaultStart = (shape: Shape): Initialiser =>
  shape.length < 2 ? 0 : { normal: Math.sqrt(1 / sizeOf(shape.slice(0, -1))) };

const checkStart = (name: string, shape: Shape, start: Initialiser): void => {
  const isFine = (value: number) => Number.isFinite(value);
  if (typeof start === "number") {
    if (!isFine(start)) throw invalid(`the start of ${name}`, start, "a finite number");
  } else if ("normal" in start || "uniform" in start) {
    const width = "normal" in start ? start.normal : start.uniform;
    if (!(width >= 0 && isFine(width)))
      throw invalid(`the start of ${name}`, start, "a width that is finite and not negative");
  } else if (start.length !== sizeOf(shape))
    throw invalid(`the start of ${name}`, start.length, `${sizeOf(shape)} values`);
  // By index: a copy of a typed array as an array of numbers would take longer than all the rest of the tracing.
  else
    for (let i = 0; i < start.length; i++)
      if (!isFine(start[i])) throw invalid(`the start of ${name}`, Array.from(start), "finite numbers");
};
