import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { gradients, tangents } from "../../src/engine/derive/derivatives.ts";
import { type Graph, graph } from "../../src/engine/graph/graph.ts";
import type { Node, NodeOf } from "../../src/engine/graph/node.ts";
import { type Ops, ops } from "../../src/engine/graph/ops.ts";
import { sizeOf } from "../../src/engine/graph/shape.ts";
import { type Tracer, tracer } from "../../src/engine/graph/tracer.ts";
import { interpret } from "../../src/engine/interpret.ts";
import { compile } from "../../src/engine/program.ts";
import { EPSILON } from "./error-bounds.ts";
import { randomValues } from "./plain.ts";
import { SEED } from "./primitive-scenes.ts";
import { primitivesOf, randomProgram, recipes } from "./random-graph.ts";
import { precisionNames } from "./ways.ts";

/** A loss over parameters, with seven samples. */
type Loss = (m: Tracer, x: Node, y: Node, labels: Node) => Node;

const losses: { readonly [name: string]: Loss } = {
  "a network with two hidden layers": (m, x, y) =>
    m.squaredError(m.linear("c", m.tanh(m.linear("b", m.gelu(m.linear("a", x, 5)), 4)), 2), y),
  "swish and softplus": (m, x, y) => m.squaredError(m.softplus(m.linear("b", m.swish(m.linear("a", x, 4)), 2)), y),
  "cross entropy": (m, x, _, labels) => m.crossEntropy(m.linear("b", m.sigmoid(m.linear("a", x, 4)), 3), labels),
  "attention over samples": (m, x, y) => {
    const [queries, keys, values] = ["q", "k", "v"].map(name => m.matmul(x, m.parameter(name, [3, 2])));
    return m.squaredError(m.matmul(m.softmax(m.matmul(queries, keys, { b: true })), values), y);
  },
  "a quadratic network on embeddings": (m, _, y, labels) => {
    const hidden = m.square(m.add(m.gather(m.parameter("u", [3, 4]), labels), m.parameter("shift", [4])));
    return m.squaredError(m.matmul(hidden, m.parameter("w", [2, 4]), { b: true }), y);
  },
  "a stack of matrices": (m, x, y) => {
    const stack = m.parameter("stack", [7, 3, 2]);
    const product = m.matmul(m.reshape(x, [7, 1, 3]), stack);
    return m.squaredError(m.div(m.reshape(product, [7, 2]), m.add(1, m.exp(m.parameter("scale", [])))), y);
  },
  "normalised rows": (m, x, y) => {
    const w = m.parameter("w", [2, 3]);
    const norm = m.sqrt(m.add(0.1, m.sum(m.square(w), 1)));
    return m.squaredError(m.matmul(x, m.div(w, m.reshape(norm, [2, 1])), { b: true }), y);
  },
};

interface Problem {
  readonly own: Graph;
  readonly m: Ops;
  readonly loss: Node;
  readonly parameters: readonly NodeOf<"parameter">[];
  readonly inputs: { readonly [name: string]: readonly number[] };
}

const problem = (define: Loss): Problem => {
  const own = graph();
  const { tracer: m } = tracer(own);
  const input = (name: string, shape: readonly number[], element?: "index") =>
    own.node("input", [], { name, samples: true }, shape, element);
  const loss = define(m, input("x", [7, 3]), input("y", [7, 2]), input("labels", [7], "index"));
  const inputs = {
    x: randomValues(1, "x", 21, [-1, 1]),
    y: randomValues(1, "y", 14, [-1, 1]),
    labels: [0, 2, 1, 1, 0, 2, 2],
  };
  return { own, m: ops(own), loss, parameters: own.parameters, inputs };
};

type Point = { readonly [name: string]: readonly number[] };

const pointOf = (parameters: readonly NodeOf<"parameter">[], purpose: string): Point =>
  Object.fromEntries(
    parameters.map(({ attributes: { name }, shape }) => [
      name,
      randomValues(3, `${purpose} ${name}`, sizeOf(shape), [-1, 1]),
    ]),
  );
const moved = (point: Point, by: Point, h: number): Point =>
  Object.fromEntries(
    Object.entries(point).map(([name, values]) => [name, values.map((value, i) => value + h * by[name][i])]),
  );
const dot = (a: readonly Float64Array[], by: Point): number =>
  Object.values(by).reduce((sum, values, i) => sum + values.reduce((inner, value, j) => inner + value * a[i][j], 0), 0);

const H = 2 ** -15;

describe.each(Object.keys(losses))("%s", name => {
  const { own, m, loss, parameters, inputs } = problem(losses[name]);
  const slopes = gradients(own, m, loss, parameters);
  const [point, u, v] = ["point", "u", "v"].map(purpose => pointOf(parameters, purpose));
  const at = (nodes: readonly Node[], where: Point) => interpret(nodes, { parameters: where, inputs });
  const along = (direction: Point): Node[] =>
    tangents(
      own,
      m,
      slopes,
      parameters,
      parameters.map(({ attributes, shape }) => m.constant(direction[attributes.name], shape)),
    );
  const productU = along(u);

  test("the gradient agrees with differences of the loss", () => {
    const difference = (at([loss], moved(point, u, H))[0][0] - at([loss], moved(point, u, -H))[0][0]) / (2 * H);
    expect(Math.abs(dot(at(slopes, point), u) - difference)).toBeLessThan(1e-7 * (1 + Math.abs(difference)));
  });

  test("the Hessian times a vector agrees with differences of gradients", () => {
    const [after, before] = [at(slopes, moved(point, u, H)), at(slopes, moved(point, u, -H))];
    at(productU, point).forEach((product, i) => {
      product.forEach((entry, j) => {
        const difference = (after[i][j] - before[i][j]) / (2 * H);
        expect(Math.abs(entry - difference)).toBeLessThan(1e-7 * (1 + Math.abs(difference)));
      });
    });
  });

  test("the Hessian is symmetric", () => {
    const [uHv, vHu] = [dot(at(along(v), point), u), dot(at(productU, point), v)];
    expect(Math.abs(uHv - vHu)).toBeLessThan(1e-13 * (1 + Math.abs(uHv)) * 100);
  });

  test.each(precisionNames)("compiled, %s, it is the oracle's", precision => {
    const directions = parameters.map(({ attributes, shape }) =>
      own.node("input", [], { name: `${attributes.name} along` }, shape),
    );
    const products = tangents(own, m, slopes, parameters, directions);
    for (const chains of [1, 4]) {
      const outputs = Object.fromEntries(products.map((node, i) => [`product ${i}`, { node, every: "call" as const }]));
      const program = compile(own, { outputs, updates: [] }, { precision, chains, stepsPerCall: 1 });
      for (const [input, values] of Object.entries(inputs))
        if (input in program.plan.inputs) program.write(input, values);
      for (const { attributes } of parameters) {
        // A loss linear in a parameter may have no use for one of the two.
        if (`${attributes.name} along` in program.plan.inputs)
          program.write(`${attributes.name} along`, u[attributes.name]);
        if (attributes.name in program.plan.parameters)
          for (let chain = 0; chain < chains; chain++)
            program.write(attributes.name, point[attributes.name], { chain });
      }
      program.run(1, { from: 0, seed: SEED });
      at(productU, point).forEach((product, i) => {
        const scale = Math.max(1, ...product.map(Math.abs));
        const found = program.read(`product ${i}`, { chain: chains - 1 });
        // Some hundred roundings on the way.
        product.forEach((entry, j) => {
          expect(Math.abs(found[j] - entry)).toBeLessThan(200 * EPSILON[precision] * scale);
        });
      });
    }
  });
});

test("the gradient of random programs agrees with differences of the loss", () => {
  const tally = { programs: 0, smooth: 0 };
  fc.assert(
    fc.property(recipes(), recipe => {
      const { graph: own, m, goal } = randomProgram(recipe, "samples");
      const { parameters } = own;
      const loss = goal.outputs.loss.node;
      const slopes = gradients(own, m, loss, parameters);
      const [point, u] = ["point", "u"].map(purpose => pointOf(parameters, purpose));
      const values = {
        rates: [0.5, 0.25],
        x: randomValues(4, "x", 3 * recipe.batch, [-1, 1]),
        rows: Array.from({ length: recipe.batch }, (_, i) => i % 2),
      };
      const random = (node: Node) => randomValues(node.id, "draw", sizeOf(node.shape), [0, 1]);
      const at = (nodes: readonly Node[], where: Point) =>
        interpret(nodes, { parameters: where, inputs: values, random });
      const difference = (h: number) =>
        (at([loss], moved(point, u, h))[0][0] - at([loss], moved(point, u, -h))[0][0]) / (2 * h);
      const [wide, narrow] = [difference(H), difference(H / 4)];
      const slope = dot(at(slopes, point), u);
      tally.programs++;
      // A kink nearby, or a slope that stopGradient hides, is seen by the differences alone.
      const isHidden = primitivesOf(goal).has("stopGradient");
      if (isHidden || Math.abs(wide - narrow) > 1e-6 * (1 + Math.abs(narrow))) return;
      tally.smooth++;
      expect(Math.abs(slope - narrow)).toBeLessThan(1e-5 * (1 + Math.abs(narrow)));
    }),
    { seed: 12, numRuns: 150 },
  );
  expect(tally.smooth / tally.programs).toBeGreaterThan(0.5);
});
