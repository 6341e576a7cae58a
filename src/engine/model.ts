import { LandauError } from "../errors.ts";
import { type Stream, stream } from "../numerics/stream.ts";
import { type Graph, graph } from "./graph/graph.ts";
import type { Initialiser } from "./graph/initialiser.ts";
import type { Node, NodeOf } from "./graph/node.ts";
import { type Ops, ops } from "./graph/ops.ts";
import { shapeText, sizeOf } from "./graph/shape.ts";
import { type Tracer, tracer } from "./graph/tracer.ts";

/** What a model reads: arrays by name. Their first axis counts samples. */
export type Inputs = { readonly [name: string]: Node };

/** The loss, a single number; or the loss and whatever else is worth looking at, by name. */
export type ModelOutput = Node | ({ readonly loss: Node } & { readonly [name: string]: Node });

/** How a loss is computed from inputs and from parameters that the model declares. Traced anew for every shape of inputs. */
export interface Model {
  /** `makeInputs` adds the arrays that the model reads to a new graph. */
  trace(makeInputs: (graph: Graph, m: Ops) => Inputs): Trace;
}

/** One trace of a model. */
export interface Trace {
  readonly graph: Graph;
  readonly inputs: Inputs;
  readonly loss: Node;
  readonly outputs: { readonly [name: string]: Node };
  readonly parameters: readonly NodeOf<"parameter">[];
  /** Values at the start, row-major, drawn by (seed, chain, name). */
  start(parameter: NodeOf<"parameter">, address: { readonly seed: number; readonly chain: number }): Float64Array;
}

/**
 * Makes a model of a function over traced arrays.
 *
 *     const line = model((m, { x, y }) => m.squaredError(m.add(m.mul(m.parameter("slope", []), x), m.parameter("shift", [])), y));
 */
export const model = (define: (m: Tracer, inputs: Inputs) => ModelOutput): Model => ({
  trace(makeInputs) {
    const own = graph();
    const inputs = makeInputs(own, ops(own));
    const { tracer: m, starts } = tracer(own);
    const read = new Set<string>();
    const outcome = define(m, named(inputs, read));
    const { loss, ...outputs } = isNode(outcome) ? { loss: outcome } : { ...outcome };
    checkOutput(loss, outputs);
    checkAllRead(Object.keys(inputs), read);
    if (own.parameters.length === 0)
      throw new LandauError("input", "the model declares no parameter: nothing to train");
    return {
      graph: own,
      inputs,
      loss,
      outputs,
      parameters: own.parameters,
      start(parameter, { seed, chain }) {
        const random = stream({ seed, chain, purpose: `start ${parameter.attributes.name}` });
        return drawInitial(starts.get(parameter)!, parameter, random);
      },
    };
  },
});

const checkOutput = (loss: Node, outputs: { readonly [name: string]: Node }): void => {
  if (!isNode(loss)) throw new LandauError("input", "the model returns no loss: return one, or an object with a loss");
  if (loss.shape.length !== 0)
    throw new LandauError(
      "input",
      `the loss has shape ${shapeText(loss.shape)}: needs a single number; mean or sum makes one`,
    );
  for (const [name, node] of Object.entries(outputs))
    if (!isNode(node)) throw new LandauError("input", `the model returns ${name}, which is no array of its own`);
    else if (node.element === "index")
      throw new LandauError("input", `the model returns ${name}, an index array: convert makes real numbers of it`);
};

/** Data that nobody reads are a slip: a name mistyped, or labels forgotten. */
const checkAllRead = (names: readonly string[], read: ReadonlySet<string>): void => {
  const spare = names.filter(name => !read.has(name));
  if (spare.length > 0)
    throw new LandauError(
      "input",
      `the data have ${spare.join(", ")}, but the model reads ${[...read].join(", ") || "nothing"}: leave out what it does not read`,
    );
};

/** A missing input is reported by name, not as an undefined operand somewhere inside the model. `read` takes the names asked for. */
const named = (inputs: Inputs, read: Set<string>): Inputs =>
  new Proxy(inputs, {
    get(target, name) {
      if (typeof name === "string" && Object.hasOwn(target, name)) read.add(name);
      if (typeof name !== "string" || Object.hasOwn(target, name)) return target[name as string];
      throw new LandauError(
        "input",
        `the model reads ${name}, but the data have ${Object.keys(target).join(", ") || "nothing"}`,
      );
    },
  });

const isNode = (value: unknown): value is Node => typeof value === "object" && value !== null && "op" in value;

const drawInitial = (start: Initialiser, { shape }: Node, random: Stream): Float64Array => {
  const values = new Float64Array(sizeOf(shape));
  if (typeof start === "number") values.fill(start);
  else if ("normal" in start) {
    random.normals(values);
    for (let i = 0; i < values.length; i++) values[i] *= start.normal;
  } else if ("uniform" in start) {
    random.uniforms(values);
    for (let i = 0; i < values.length; i++) values[i] = start.uniform * (2 * values[i] - 1);
  } else values.set(start);
  return values;
};
