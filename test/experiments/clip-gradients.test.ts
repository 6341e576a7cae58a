import { describe, expect, test } from "vitest";
import { graph } from "../../src/engine/graph/graph.ts";
import { ops } from "../../src/engine/graph/ops.ts";
import { model } from "../../src/engine/model.ts";
import { compile } from "../../src/engine/program.ts";
import { clipGradients } from "../../src/experiments/clip-gradients.ts";
import { train } from "../../src/experiments/train.ts";
import { type Clip, clipped } from "../../src/learning/gradient-clipping.ts";
import { gradientDescent } from "../../src/learning/gradient-descent.ts";
import { stream } from "../../src/numerics/stream.ts";

/** The parts of a gradient bounded by a compiled program. */
const byProgram = (parts: readonly (readonly number[])[], clip: Clip, precision: "f32" | "f64"): number[] => {
  const own = graph();
  const m = ops(own);
  const nodes = parts.map((part, i) => own.node("input", [], { name: `g${i}` }, [part.length]));
  const bounded = clipGradients(m, nodes, clip);
  const outputs = Object.fromEntries(bounded.map((node, i) => [`out${i}`, { node, every: "call" as const }]));
  const program = compile(own, { outputs, updates: [] }, { precision, chains: 1, stepsPerCall: 1 });
  parts.forEach((part, i) => {
    program.write(`g${i}`, part);
  });
  program.run(1, { from: 0, seed: 0 });
  return parts.flatMap((_, i) => [...program.read(`out${i}`)]);
};

/** The same on the flat vector. */
const byVector = (parts: readonly (readonly number[])[], clip: Clip): number[] => {
  const flat = parts.flat();
  const gradient = new Float64Array(flat.length);
  const source = clipped((_w, out) => {
    out.set(flat);
    return 0;
  }, clip);
  source(new Float64Array(flat.length), gradient, 0);
  return [...gradient];
};

const random = stream({ seed: 2, purpose: "gradients" });
const draws = (count: number, size: number) => Array.from({ length: count }, () => size * random.normal());
const gradients: [string, number[][]][] = [
  ["longer than the bound", [draws(1, 3), draws(17, 2), draws(40, 1)]],
  ["shorter than the bound", [draws(5, 1e-3), draws(9, 1e-4)]],
  ["of one number", [[-4]]],
  ["of zeros", [[0, 0], [0]]],
  ["with tiny entries", [draws(9, 1e-25)]],
  ["so long that its squares overflow in single precision", [draws(6, 1e25), draws(3, 1e30)]],
];

describe.each(gradients)("a gradient %s", (_, parts) => {
  test.each<[Clip]>([[{ norm: 1 }], [{ norm: 1e-26 }], [{ value: 0.5 }], [{ value: 100 }]])(
    "is bounded by %j in a program as in a flat vector",
    clip => {
      const expected = byVector(parts, clip);
      const size = Math.max(...expected.map(Math.abs), Number.MIN_VALUE);
      for (const [precision, tolerance] of [
        ["f64", 1e-15],
        ["f32", 1e-6],
      ] as const) {
        const found = byProgram(parts, clip, precision);
        found.forEach((value, i) => {
          expect(Math.abs(value - expected[i]) / size).toBeLessThan(tolerance);
        });
      }
    },
  );
});

test("its length is then the norm", () => {
  for (const parts of [gradients[0][1], gradients[5][1]])
    expect(Math.hypot(...byProgram(parts, { norm: 2 }, "f64"))).toBeCloseTo(2, 14);
});

test.each<[Clip]>([[{ norm: 1 }], [{ value: 1 }]])("what is not a number is not hidden by %j", clip => {
  expect(byVector([[1, Number.NaN]], clip)[1]).toBeNaN();
  expect(byProgram([[1, Number.NaN]], clip, "f64")[1]).toBeNaN();
});

test("bad bounds are refused alike", () => {
  const net = model((m, { x }) => m.mean(m.square(m.sub(m.parameter("w", []), x))));
  const experiment = { model: net, data: { x: [1, 2] }, optimiser: gradientDescent({ stepSize: 1 }), steps: 1 };
  const messageOf = (act: () => unknown) => {
    try {
      act();
    } catch (error) {
      return (error as Error).message;
    }
    return undefined;
  };
  for (const clip of [{ norm: 0 }, { norm: "1" }, { value: -1 }, { value: Infinity }, { norm: 1, value: 1 }, {}, 3]) {
    const message = messageOf(() => clipped(() => 0, clip as Clip));
    expect(message).toMatch(/^clip/);
    expect(messageOf(() => train({ ...experiment, clip: clip as Clip }))).toBe(message);
  }
});
