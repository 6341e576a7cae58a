import { describe, expect, test } from "vitest";
import { graph } from "../../src/engine/graph/graph.ts";
import { layers } from "../../src/engine/graph/layers.ts";
import type { Node } from "../../src/engine/graph/node.ts";
import { type Ops, ops } from "../../src/engine/graph/ops.ts";
import type { Shape } from "../../src/engine/graph/shape.ts";
import { compareWithOracle, type Setting } from "./simulation.ts";
import { precisionNames, type Way, withBallast } from "./ways.ts";

/** Around the multiples of two and four lanes, and of their double. */
const lengths = [1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 15, 16, 17, 31, 32, 33];
const subsets = (rank: number): number[][] =>
  Array.from({ length: 2 ** rank }, (_, bits) =>
    Array.from({ length: rank }, (_, axis) => axis).filter(axis => (bits >> axis) & 1),
  );

type Build = (m: Ops, leaf: (name: string, shape: Shape, traits?: object, element?: "index") => Node) => Node[];

/** Compiles arrays as one program and compares every entry with the oracle. */
const compare = (precision: Setting["precision"], way: Way, chains: number, build: Build): void => {
  const own = graph();
  const m = ops(own);
  const results = build(m, (name, shape, traits = {}, element) =>
    own.node("input", [], { name, ...traits }, shape, element),
  );
  const outputs = Object.fromEntries(results.map((node, i) => [`result ${i}`, { node, every: "call" as const }]));
  const goal = way === "arrays" ? withBallast(own, m, { outputs, updates: [] }) : { outputs, updates: [] };
  const { program } = compareWithOracle({ graph: own, goal, precision, chains, steps: 1, seed: 2 });
  expect(program.plan.lanes).toBe(way === "chains" ? "chains" : "entries");
  // One pass over samples multiplies matrices entry by entry.
  if (way === "samples") expect(program.plan.steps.map(({ kind }) => kind)).not.toContain("matmul");
};

describe.each(precisionNames)("whole arrays, %s", precision => {
  const whole = (build: Build) => compare(precision, "arrays", 1, build);

  test.each(lengths)("entry by entry over %d", n => {
    whole((m, leaf) => {
      const [a, b, c] = [leaf("a", [n]), leaf("b", [3, n]), leaf("c", [n, 1])];
      return [m.add(a, b), m.mul(c, a), m.exp(m.sub(b, a)), m.maximum(m.transpose(b), c)];
    });
  });

  test.each(lengths)("reductions over every subset of the axes of [3, %d, 2] and [2, 3, %d]", n => {
    whole((m, leaf) =>
      [leaf("a", [3, n, 2]), leaf("b", [2, 3, n])].flatMap(a =>
        subsets(3).flatMap(axes => [m.sum(a, axes), m.max(a, axes), layers(m).logSumExp(a, axes)]),
      ),
    );
  });

  test("reductions over every subset of four axes", () => {
    whole((m, leaf) => {
      const a = leaf("a", [2, 5, 3, 4]);
      return subsets(4).flatMap(axes => [m.sum(a, axes), m.max(m.transpose(a), axes)]);
    });
  });

  test.each(lengths)("products of matrices with an extent of %d, by all four flags, one and three of them", n => {
    for (const [rows, inner, columns] of [
      [n, 3, 5],
      [3, n, 5],
      [3, 5, n],
    ])
      whole((m, leaf) =>
        [[], [3]].flatMap(stack =>
          [0, 1, 2, 3].map(flags => {
            const [a, b] = [(flags & 1) === 1, (flags & 2) === 2];
            const first = leaf(`a ${flags} ${stack}`, [...stack, ...(a ? [inner, rows] : [rows, inner])]);
            const second = leaf(`b ${flags} ${stack}`, [...stack, ...(b ? [columns, inner] : [inner, columns])]);
            return m.matmul(first, second, { a, b });
          }),
        ),
      );
  });

  test("every transpose of four axes, and products of transposed arrays", () => {
    whole((m, leaf) => {
      const a = leaf("a", [2, 3, 4, 5]);
      const orders = permutations([0, 1, 2, 3]);
      const b = leaf("b", [4, 4]);
      const swapped = m.transpose(b);
      const products = [m.matmul(swapped, b), m.matmul(b, swapped), m.matmul(swapped, swapped, { a: true, b: true })];
      return [
        ...orders.map(order => m.transpose(a, order)),
        ...orders.map(order => m.exp(m.transpose(a, order))),
        ...products,
      ];
    });
  });

  test.each(lengths)("slices and concatenations at every place of %d", n => {
    whole((m, leaf) => {
      const [a, b] = [leaf("a", [n, 3]), leaf("b", [3, n])];
      const starts = Array.from({ length: Math.min(n, 9) }, (_, i) => i);
      return starts.flatMap(start => [
        m.slice(a, [start, 1], [n - start, 2]),
        m.slice(b, [0, start], [3, 1 + ((n - start - 1) >> 1)]),
        m.concat([m.slice(b, [0, start], [3, n - start]), b, m.slice(b, [0, 0], [3, start + 1])], 1),
        m.concat([a, m.slice(a, [start, 0], [1, 3])], 0),
      ]);
    });
  });

  test.each(lengths)("rows of width %d gathered and scattered, with repetitions", n => {
    whole((m, leaf) => {
      const table = leaf("table", [4, n]);
      const rows = leaf("rows", [11], {}, "index");
      const nested = m.gather(rows, m.indices([0, 10, 3, 3], [2, 2]));
      const values = leaf("values", [11, n]);
      return [
        m.gather(table, rows),
        m.gather(table, m.indices([3, 3, 0, 1, 3])),
        m.gather(table, nested),
        m.mul(m.gather(table, m.indices([2], [])), m.gather(table, rows)),
        m.scatterAdd(values, rows, 4),
        m.scatterAdd(values, m.indices(new Array<number>(11).fill(2)), 5),
        m.sum(m.exp(m.gather(table, rows)), 0),
        m.convert(rows),
      ];
    });
  });
});

const permutations = (items: readonly number[]): number[][] =>
  items.length === 0
    ? [[]]
    : items.flatMap((item, i) =>
        permutations([...items.slice(0, i), ...items.slice(i + 1)]).map(rest => [item, ...rest]),
      );

describe.each(precisionNames)("samples in lanes, %s", precision => {
  test.each(lengths.filter(n => n >= 4))("a layer, its transposes and folds over %d samples", samples => {
    compare(precision, "samples", 1, (m, leaf) => {
      const x = leaf("x", [samples, 3], { samples: true });
      const y = leaf("y", [samples, 2], { samples: true });
      const [w, v] = [leaf("w", [3, 2]), leaf("v", [2, 3])];
      const products = [
        m.matmul(x, w),
        m.matmul(x, v, { b: true }),
        m.matmul(m.transpose(x), w, { a: true }),
        m.matmul(v, x, { b: true }),
        m.matmul(w, m.transpose(x), { a: true }),
      ];
      const contracted = [
        m.matmul(x, y, { a: true }),
        m.matmul(m.transpose(y), x),
        m.matmul(y, m.transpose(x), { a: true, b: true }),
      ];
      const hidden = m.tanh(m.add(products[0], y));
      const folds = [
        m.sum(hidden),
        m.sum(hidden, 0),
        m.sum(hidden, 1),
        m.max(hidden),
        m.max(hidden, 0),
        layers(m).logSumExp(hidden, 1),
      ];
      // Each needs a fold over all samples before it: further passes.
      const centred = m.sub(hidden, m.mul(folds[1], 1 / samples));
      const variance = m.sum(m.mul(centred, centred), 0);
      const scaled = m.div(centred, m.sqrt(m.add(variance, 1)));
      return [...products.map(m.neg), ...contracted, hidden, ...folds, variance, scaled, m.max(scaled, 0)];
    });
  });

  test.each([4, 7, 8])("lookups by sample over %d samples", samples => {
    compare(precision, "samples", 1, (m, leaf) => {
      const rows = leaf("rows", [samples], { samples: true }, "index");
      const two = leaf("two", [samples, 2], { samples: true }, "index");
      const [table, labels] = [leaf("table", [5, 3]), leaf("labels", [5], {}, "index")];
      return [
        m.neg(m.gather(table, rows)),
        m.neg(m.gather(table, two)),
        m.neg(m.gather(table, m.gather(labels, rows))),
        m.sum(m.mul(m.gather(table, rows), m.convert(m.reshape(rows, [samples, 1]))), 0),
        m.compare("equal", m.convert(m.gather(labels, rows)), m.convert(rows)),
      ];
    });
  });
});

describe.each(precisionNames)("chains in lanes, %s", precision => {
  test.each([4, 5, 6, 7, 8, 9, 15, 16, 17])("%d chains", chains => {
    compare(precision, "chains", chains, (m, leaf) => {
      const own = { perChain: true };
      const [a, b] = [leaf("a", [3, 4], own), leaf("b", [4, 2])];
      const rows = leaf("rows", [6], own, "index");
      const product = m.matmul(a, b);
      return [
        product,
        m.log(m.add(1, m.exp(product))),
        m.sum(product, 0),
        m.max(a, 1),
        layers(m).logSumExp(a),
        m.gather(a, rows),
        m.gather(leaf("shared", [5, 2]), rows),
        m.transpose(a),
        m.convert(m.gather(leaf("numbers", [5], {}, "index"), rows)),
      ];
    });
  });
});
