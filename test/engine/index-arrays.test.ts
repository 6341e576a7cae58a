import { describe, expect, test } from "vitest";
import { gradients } from "../../src/engine/derive/derivatives.ts";
import { graph } from "../../src/engine/graph/graph.ts";
import { ops } from "../../src/engine/graph/ops.ts";
import { compile } from "../../src/engine/program.ts";
import { randomIndices, randomValues } from "./plain.ts";

const [TOKENS, WIDTH, SAMPLES] = [7, 3, 50];

/**
 * The rows of a table that the labels of a minibatch name: an index array made of index arrays. The derivative adds to those rows, for
 * which the index array has to lie in memory.
 */
const lookups = (batch: number, precision: "f32" | "f64", chains: number) => {
  const own = graph();
  const m = ops(own);
  const order = own.node("input", [], { name: "order", perChain: true, perStep: true }, [batch], "index");
  const labels = own.node("input", [], { name: "labels" }, [SAMPLES], "index");
  const table = own.parameter("table", [TOKENS, WIDTH]);
  const rows = m.gather(table, m.gather(labels, order));
  const loss = m.sum(m.mul(rows, m.mul(rows, rows)));
  const [slope] = gradients(own, m, loss, [table]);
  const outputs = { slope: { node: slope, every: "step" as const }, loss: { node: loss, every: "step" as const } };
  return compile(own, { outputs, updates: [] }, { precision, chains, stepsPerCall: 2 });
};

describe.each(["f32", "f64"] as const)("in %s", precision => {
  test.each([1, 2, 3, 4, 5, 8, 11])("rows named through two index arrays, %i at a time", batch => {
    for (const chains of [1, 5]) {
      const program = lookups(batch, precision, chains);
      const labels = randomIndices(1, "labels", SAMPLES, TOKENS);
      program.write("labels", labels);
      const [orders, tables] = [new Map<string, number[]>(), new Map<number, number[]>()];
      for (let chain = 0; chain < chains; chain++) {
        tables.set(chain, randomValues(1, `table ${chain}`, TOKENS * WIDTH, [-2, 2]).map(Math.fround));
        program.write("table", tables.get(chain)!, { chain });
        for (const step of [0, 1]) {
          orders.set(`${chain} ${step}`, randomIndices(1, `order ${chain} ${step}`, batch, SAMPLES));
          program.write("order", orders.get(`${chain} ${step}`)!, { chain, step });
        }
      }
      program.run(2, { from: 0, seed: 0 });
      for (let chain = 0; chain < chains; chain++)
        for (const step of [0, 1]) {
          const table = tables.get(chain)!;
          const slope = new Float64Array(TOKENS * WIDTH);
          let loss = 0;
          for (const sample of orders.get(`${chain} ${step}`)!)
            for (let i = 0; i < WIDTH; i++) {
              const entry = labels[sample] * WIDTH + i;
              loss += table[entry] ** 3;
              slope[entry] += 3 * table[entry] ** 2;
            }
          const tolerance = 100 * batch * (precision === "f32" ? 2 ** -24 : 2 ** -53);
          expect(Math.abs(program.readNumber("loss", { chain, step }) - loss)).toBeLessThan(8 * tolerance);
          program.read("slope", { chain, step }).forEach((value, i) => {
            expect(Math.abs(value - slope[i])).toBeLessThan(12 * tolerance);
          });
          expect(program.read("table", { chain })).toEqual(Float64Array.from(table));
        }
    }
  });
});
