import { describe, expect, test } from "vitest";
import type { Json, JsonObject } from "../../../src/contracts/json.ts";
import { plain } from "../../../src/lab/plain.ts";
import { answersOf } from "../../../src/lab/vector-tables.ts";
import { relations } from "../../../src/systems/relations/index.ts";
import { heldVectors, testHeldVectors } from "../../support/held-vectors.ts";

const answers = answersOf(relations);
const { cases } = heldVectors(relations);

testHeldVectors(relations, { passed: 71, skipped: 0 });

const example = (quantity: string, id?: string) =>
  cases.find(entry => entry.quantity === quantity && (id === undefined || entry.id === id))!.input;

describe("inputs beyond the examples", () => {
  test("classes of unequal size, one class, and one symbol each", () => {
    const bits = (input: JsonObject) =>
      answers["description-length"]({ relation: "mod", ...input }) as { b_exact: number };
    // 5! / (2! 2! 1! 2!) and 7! / (4! 3!).
    expect(bits({ n: 5, k: 3 }).b_exact).toBeCloseTo(Math.log2(15), 12);
    expect(bits({ n: 7, k: 2 }).b_exact).toBeCloseTo(Math.log2(35), 12);
    expect(bits({ n: 9, k: 1 }).b_exact).toBe(0);
    expect(bits({ n: 9, k: 20 }).b_exact).toBe(0);
  });

  test("relations of which nothing or only symmetry is known have the bits of their entries", () => {
    const bits = (relation: string) => answers["description-length"]({ relation, n: 30 });
    expect(bits("generic")).toEqual({ b_exact: null, b_table: 900, log2_aut: null });
    expect(bits("symmetric")).toEqual({ b_exact: null, b_table: 465, log2_aut: null });
  });

  test("when all pairs are revealed nothing is left to test on", () => {
    const train = Array.from({ length: 16 }, (_, pair) => [Math.floor(pair / 4), pair % 4]);
    expect(answers.bayes({ relation: "order", n: 4, train })).toMatchObject({
      n_consistent: 1,
      acc_all: 1,
      acc_test: null,
      determined: 16,
      closure_determined: 16,
    });
  });

  test("one bit is known from one sample", () => {
    const input = { b: 1, N: 4, alpha: 0.9, p_star: 0.5, fractions: [0, 0.25] };
    expect(answers.buckets(input)).toEqual({ p_c: 0, f: [0, 1], f_ub: [0.5, 1] });
  });

  test("on the separatrix embeddings approach as one over the square root of time", () => {
    const on = answers["two-repon"]({ a0: 1, c0: 1, etaA: 0.5, etaX: 1, t: [0, 4] });
    expect(on).toMatchObject({
      C: 0,
      a_inf: 0,
      c_inf: 0,
      rows: [{ c: 1 }, { c: 1 / 3, a: expect.closeTo(1 / 3, 12) }],
    });
  });

  test("times may stand in any order and more than once", () => {
    const input = example("matrix-flow");
    const rows = (t: readonly number[]) => (plain(answers["matrix-flow"]({ ...input, t })) as { rows: Json[] }).rows;
    const [zero, one, five] = rows([0, 1, 5]);
    expect(rows([5, 0, 1, 5])).toEqual([five, zero, one, five]);
  });

  test("a decoder that does not see all dimensions hardly ever lets embeddings meet", () => {
    const input = { sigma_a: 1, sigma_c: 1, etaX: 1, etaA: 1, d: 3, m: 2 };
    expect(answers["collision-probability-matrix"](input)).toEqual({ value: 0 });
  });

  test("a decoder without hidden layers is traced too, and nothing to test on gives null", () => {
    const trace = plain(
      answers["training-trace"]({
        ...example("training-trace", "order7_mse_diff"),
        n: 2,
        depth: 0,
        train: [[0, 0], [0, 1], [1, 0], [1, 1]],
        E0: [[0.5, 0], [0, 0.25]],
        layers: [{ W: [[1], [2]], b: [0.5] }],
        steps: [0],
      }), // biome-ignore format: pairs in a row
    ) as { rows: { train_loss: number; acc_test: null }[] };
    // Outputs 0.5, 0.5, -0.5 + 1 + ..., of differences (0, 0), (0.5, -0.25), (-0.5, 0.25), (0, 0).
    const outputs = [0.5, 0.5, 0.5, 0.5];
    const loss = [0, 1, 0, 0].reduce((sum, related, i) => sum + (outputs[i] - related) ** 2 / 4, 0);
    expect(trace.rows[0].train_loss).toBeCloseTo(loss, 12);
    expect(trace.rows[0].acc_test).toBeNull();
  });

  test.each([
    ["description-length", "n", 0],
    ["description-length", "relation", "tree"],
    ["description-length", "k", undefined],
    ["buckets", "b", 0.5],
    ["buckets", "alpha", 1],
    ["bayes", "n", 30],
    ["bayes", "train", [[0, 6]]],
    ["bayes", "train", [[0, 1], [0, 1]]],
    ["closure-curve", "fractions", []],
    ["closure-curve", "reps", 1],
    ["two-repon", "etaA", 0],
    ["two-repon", "t", [-1]],
    ["collision-probability", "sigma_c", 0],
    ["collision-probability-cluster", "N", 0],
    ["collision-probability-matrix", "d", 1.5],
    ["matrix-flow", "A0", [[1]]],
    ["matrix-flow", "r0", []],
    ["training-trace", "E0", [[1, 2]]],
    ["training-trace", "layers", []],
    ["training-trace", "mode", "sum"],
    ["training-trace", "train", [[0, 9]]],
  ])("%s with a bad %s is refused by name: %j", (quantity, field, value) => {
    expect(() => answers[quantity]({ ...example(quantity), [field]: value } as JsonObject)).toThrow(
      new RegExp(`^(the length of )?${field}(\\[\\d+\\])*( \\S+)? is`),
    );
  }); // biome-ignore format: one case a line

  test("bipartite needs a side of at most all symbols", () => {
    expect(() => answers["description-length"]({ relation: "bipartite", n: 4, a: 5 })).toThrow(/^a is 5/);
  });
});
