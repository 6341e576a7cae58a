import { invalid, LandauError } from "../../errors.ts";
import type { AttributesOf, Element, Node, NodeOf, Primitive } from "./node.ts";
import { type Origin, unknownOrigin } from "./origin.ts";
import { type Shape, shapeText, sizeOf } from "./shape.ts";
import { shapeRules } from "./shape-rules.ts";

/** Where nodes are made: one graph per traced program. The same primitive on the same operands is the same node. */
export interface Graph {
  /**
   * Adds a node. `shape` is given where the operands do not determine it. Throws a LandauError of kind "input" that names the
   * operation, the shapes and the line of the caller when they do not fit.
   */
  node<P extends Primitive>(
    op: P,
    inputs: readonly Node[],
    attributes: AttributesOf[P],
    shape?: Shape,
    element?: Element,
  ): Node;
  parameter(name: string, shape: Shape): Node;
  /** Runs `body`; the nodes it makes came from `origin`, unless an inner call says otherwise. */
  at<T>(origin: Origin, body: () => T): T;
  /** " at FILE:LINE" of the call that is being traced; empty when it is not known. */
  readonly here: string;
  /** In the order in which they were made. */
  readonly parameters: readonly NodeOf<"parameter">[];
  /**
   * A line for each node, in the order in which they were made: all that sets it apart but its origin, and the values of constants that programs keep in memory.
   */
  readonly text: string;
  /** Another graph that begins with the same nodes; what is added to one is not in the other. */
  copy(): Graph;
}

export const graph = (): Graph => begunWith({ nodes: [], lines: [], known: new Map(), parameters: new Map() });

/** What was made so far. */
interface Made {
  /** By their ids. */
  readonly nodes: Node[];
  readonly lines: string[];
  /** Those that are made once, by all that sets them apart. */
  readonly known: Map<string, Node>;
  readonly parameters: Map<string, NodeOf<"parameter">>;
}

const begunWith = ({ nodes, lines, known, parameters }: Made): Graph => {
  let origin = unknownOrigin;

  const make = (
    line: string,
    op: Primitive,
    inputs: readonly Node[],
    attributes: object,
    shape: Shape,
    element: Element,
  ): Node => {
    const node = { id: nodes.length, op, inputs, shape, element, attributes, origin } as unknown as Node;
    nodes.push(node);
    lines.push(line);
    return node;
  };

  const self: Graph = {
    node(op, inputs, attributes, shape, element = elementOf(op, inputs)) {
      if (!inputs.every(input => nodes[input.id] === input))
        throw new LandauError(
          "input",
          `${op}${line(origin)} got an array of another model: arrays last as long as one trace`,
        );
      const inferred = inferShape(op, inputs, attributes, shape, origin);
      const start = `${op} ${inputs.map(({ id }) => id).join()} ${inferred.join()} ${element}`;
      const size = op === "constant" ? sizeOf(inferred) : 1;
      // Long constants are not worth comparing.
      if (size > 16) return make(start, op, inputs, attributes, inferred, element);
      const key = `${start} ${attributeText(attributes)}`;
      // Draws are all different.
      if (op === "random") return make(key, op, inputs, attributes, inferred, element);
      const found = known.get(key);
      if (found) return found;
      const inMemory = op === "constant" && (size > 1 || element === "index");
      const made = make(inMemory ? start : key, op, inputs, attributes, inferred, element);
      known.set(key, made);
      return made;
    },
    parameter(name, shape) {
      if (!shape.every(length => Number.isInteger(length) && length >= 1))
        throw invalid(`the shape of parameter ${name}`, shape, "positive integers");
      if (parameters.has(name)) throw invalid("the name of a parameter", name, "to be new: each is declared once");
      const line = `parameter ${shape.join()} ${JSON.stringify(name)}`;
      const made = make(line, "parameter", [], { name }, shape, "real") as NodeOf<"parameter">;
      parameters.set(name, made);
      return made;
    },
    at(place, body) {
      const before = origin;
      origin = place;
      try {
        return body();
      } finally {
        origin = before;
      }
    },
    get here() {
      return line(origin);
    },
    get parameters() {
      return [...parameters.values()];
    },
    get text() {
      return lines.join("\n");
    },
    copy: () =>
      begunWith({ nodes: [...nodes], lines: [...lines], known: new Map(known), parameters: new Map(parameters) }),
  };
  return self;
};

/** Rearranging index arrays gives index arrays; all else gives real numbers. */
const elementOf = (op: Primitive, inputs: readonly Node[]): Element =>
  rearranging.has(op) ? inputs[0].element : "real";

const rearranging: ReadonlySet<Primitive> = new Set(["gather", "reshape", "broadcast", "transpose", "slice"]);

const attributeText = (attributes: object): string => {
  let text = "";
  for (const [name, value] of Object.entries(attributes)) text += `${name} ${valueText(value)} `;
  return text;
};

/** Unlike JSON, tells -0, infinities and not-a-number apart, and is quicker. */
const valueText = (value: unknown): string => {
  if (typeof value === "number") return Object.is(value, -0) ? "-0" : String(value);
  return typeof value === "object" && value !== null && "length" in value
    ? Array.from(value as ArrayLike<unknown>, valueText).join()
    : JSON.stringify(value);
};

const inferShape = (
  op: Primitive,
  inputs: readonly Node[],
  attributes: object,
  asked: Shape | undefined,
  origin: Origin,
) => {
  const rule = shapeRules[op] as (
    inputs: readonly Node[],
    attributes: object,
    asked: Shape | undefined,
  ) => Shape | string;
  const result = rule(inputs, attributes, asked);
  if (typeof result !== "string" && !result.every(length => Number.isInteger(length) && length >= 1))
    throw new LandauError(
      "input",
      `${op} makes an array ${shapeText(result)}${line(origin)}: needs axes of positive whole length`,
    );
  if (typeof result !== "string") {
    // A product of lengths that a WebAssembly memory can never hold is a slip, best named where it is made.
    if (sizeOf(result) <= 1e9) return result;
    throw new LandauError(
      "input",
      `${op} makes an array ${shapeText(result)}: more than a billion entries${line(origin)}`,
    );
  }
  const operands = inputs.map(({ shape, element }) =>
    element === "index" ? `index ${shapeText(shape)}` : shapeText(shape),
  );
  throw new LandauError("input", `${op} of ${operands.join(" and ")}${line(origin)}: ${result}`);
};

const line = (origin: Origin): string => (origin.text() === "" ? "" : ` at ${origin.text()}`);
