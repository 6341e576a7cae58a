import { expect, test } from "vitest";
import { graph } from "../../src/engine/graph/graph.ts";
import { ops } from "../../src/engine/graph/ops.ts";
import { compile } from "../../src/engine/program.ts";
import { stream } from "../../src/numerics/stream.ts";

/** a^T b by the compiled program, and the kinds of steps it takes. */
const product = (rows: number, [m, n]: readonly [number, number], precision: "f32" | "f64") => {
  const own = graph();
  const input = (name: string, columns: number) => own.node("input", [], { name }, [rows, columns]);
  const c = ops(own).matmul(input("a", m), input("b", n), { a: true });
  const goal = { outputs: { c: { node: c, every: "call" as const } }, updates: [] };
  const program = compile(own, goal, { precision, chains: 1, stepsPerCall: 1 });
  const random = stream({ seed: 1, purpose: "outer products" });
  const values = (columns: number) => Float64Array.from({ length: rows * columns }, () => Math.fround(random.normal()));
  const [a, b] = [values(m), values(n)];
  program.write("a", a);
  program.write("b", b);
  program.run(1, { from: 0, seed: 0 });
  return { a, b, c: program.read("c"), kinds: program.plan.steps.map(({ kind }) => kind) };
};

test.each([
  [1, "f32"],
  [2, "f32"],
  [2, "f64"],
  [3, "f32"],
] as const)(
  "a^T b of %d rows in %s: entries are sums of products in the order of the rows, bit for bit",
  (rows, precision) => {
    const [m, n] = [37, 61];
    const round = precision === "f32" ? Math.fround : (value: number) => value;
    const { a, b, c, kinds } = product(rows, [m, n], precision);
    for (let i = 0; i < m; i++)
      for (let j = 0; j < n; j++) {
        let sum = 0;
        for (let row = 0; row < rows; row++) sum = round(sum + round(a[row * m + i] * b[row * n + j]));
        expect(c[i * n + j]).toBe(sum);
      }
    // Few rows are computed where they are read; more are products of matrices.
    expect(kinds.includes("matmul")).toBe(rows > 2);
  },
);
