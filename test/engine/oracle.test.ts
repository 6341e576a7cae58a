import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { graph } from "../../src/engine/graph/graph.ts";
import type { Node } from "../../src/engine/graph/node.ts";
import { ops } from "../../src/engine/graph/ops.ts";
import { shapeRules } from "../../src/engine/graph/shape-rules.ts";
import { interpret } from "../../src/engine/interpret.ts";
import { plain } from "./plain.ts";
import { primitiveScenes, primitives, small, valuesFor } from "./primitive-scenes.ts";
import { drawsOf } from "./ways.ts";

test("every primitive has a case", () => {
  expect(primitives.toSorted()).toEqual(Object.keys(shapeRules).toSorted());
});

describe("the interpreter gives the closed form", () => {
  test.each(primitives)("of %s", op => {
    fc.assert(
      fc.property(primitiveScenes[op](small), fc.nat(), (scene, seed) => {
        const own = graph();
        const m = ops(own);
        const values = valuesFor(scene, seed);
        const nodes = scene.operands.map(({ shape, rows }, i) =>
          own.node("input", [], { name: `operand ${i}` }, shape, rows ? "index" : "real"),
        );
        const result = scene.build(m, nodes, 0);
        const inputs = Object.fromEntries(values.map(({ data }, i) => [`operand ${i}`, data]));
        const random = (node: Node) => drawsOf(node, 0, 0, "f64").map(({ value }) => value);
        const [found] = interpret([result], { inputs, random });
        const expected = scene.closedForm(values.map(({ data }, i) => plain(scene.operands[i].shape, data)));
        expect(result.shape).toEqual(expected.shape);
        expect(found.length).toBe(expected.data.length);
        // Sums of up to 125 terms of size 3 in any order, and functions good to some units in the last place.
        for (const [i, value] of expected.data.entries())
          expect(Math.abs(found[i] - value)).toBeLessThanOrEqual(1e-12 * (1 + Math.abs(value)));
      }),
      { seed: 1, numRuns: 60 },
    );
  });
});
