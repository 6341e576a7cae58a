import { describe, expect, test } from "vitest";
import { isLandauError } from "../../../../src/errors.ts";
import { weightsOf } from "../../../../src/systems/modular/model/layout.ts";
import { chooseMethod, methodNames, methods } from "../../../../src/systems/modular/model/methods.ts";
import { modularObjective } from "../../../../src/systems/modular/model/objective.ts";
import { operations } from "../../../../src/systems/modular/model/operations.ts";
import { fullTable, pairsAt, splitPairs } from "../../../../src/systems/modular/model/pairs.ts";
import { randomStart } from "../../../../src/systems/modular/model/start.ts";
import { bruteForce, relativeError } from "./brute-force.ts";

const part = (p: number, op: string, fraction: number) => pairsAt(p, op, splitPairs(p, fraction, 5).train);

const cases = Object.keys(operations).flatMap(op =>
  [
    { p: 5, K: 3 },
    { p: 11, K: 13 },
    { p: 7, K: 40 },
  ].flatMap(({ p, K }) => [false, true].map(centred => ({ op, p, K, centred }))),
);

describe("every method gives the loss and gradient of the definition", () => {
  test.each(cases)("$op, p = $p, K = $K, centred: $centred", ({ op, p, K, centred }) => {
    const w = randomStart({ p, K }, { seed: 7, sw: 0.6, sv: 0.4 });
    for (const pairs of [fullTable(p, op), part(p, op, 0.6)]) {
      const expected = bruteForce(weightsOf(w, { p, K }), { p, K }, pairs, { centred });
      for (const method of methodNames) {
        if (!methods[method].fits({ p, K, pairs, centred })) continue;
        const objective = modularObjective({ p, K, pairs, centred, method });
        const gradient = new Float64Array(objective.size);
        const loss = objective.lossAndGradient(w, gradient);
        expect(Math.abs(loss - expected.loss) / expected.loss, method).toBeLessThan(1e-12);
        expect(relativeError(gradient, expected.gradient), method).toBeLessThan(1e-12);
        expect(objective.loss(w), method).toBe(loss);
      }
    }
  });

  test("with targets of any kind", () => {
    const [p, K] = [5, 4];
    const w = randomStart({ p, K }, { seed: 1, sw: 0.5, sv: 0.5 });
    const pairs = part(p, "add", 0.5);
    const targets = Float64Array.from({ length: pairs.index.length * p }, (_, i) => Math.cos(i));
    const objective = modularObjective({ p, K, pairs, targets });
    const gradient = new Float64Array(objective.size);
    const expected = bruteForce(weightsOf(w, { p, K }), { p, K }, pairs, { targets });
    expect(objective.lossAndGradient(w, gradient)).toBeCloseTo(expected.loss, 13);
    expect(relativeError(gradient, expected.gradient)).toBeLessThan(1e-12);
  });

  test("on batches, in any order, centred over the batch", () => {
    const [p, K] = [7, 6];
    const w = randomStart({ p, K }, { seed: 3, sw: 0.5, sv: 0.5 });
    const pairs = part(p, "sub", 0.7);
    const order = Int32Array.from({ length: pairs.index.length }, (_, i) => pairs.index.length - 1 - i);
    const objective = modularObjective({ p, K, pairs, centred: true });
    const gradient = new Float64Array(objective.size);
    const loss = objective.batchLossAndGradient(w, gradient, order, 4, 15);
    const batch = pairsAt(
      p,
      "sub",
      Int32Array.from(order.subarray(4, 15), n => pairs.index[n]),
    );
    const expected = bruteForce(weightsOf(w, { p, K }), { p, K }, batch, { centred: true });
    expect(loss).toBeCloseTo(expected.loss, 13);
    expect(relativeError(gradient, expected.gradient)).toBeLessThan(1e-12);
    expect(() => objective.batchLossAndGradient(w, gradient, order, 3, 3)).toThrow(/^to is 3/);
  });
});

test("gradients agree with central differences", () => {
  const [p, K] = [5, 4];
  const w = randomStart({ p, K }, { seed: 2, sw: 0.5, sv: 0.5 });
  const objective = modularObjective({ p, K, pairs: part(p, "add", 0.6) });
  const gradient = new Float64Array(objective.size);
  objective.lossAndGradient(w, gradient);
  const scale = gradient.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  for (let i = 0; i < w.length; i++) {
    const at = (shift: number) => {
      const moved = w.slice();
      moved[i] += shift;
      return objective.loss(moved);
    };
    expect(Math.abs((at(1e-5) - at(-1e-5)) / 2e-5 - gradient[i]) / scale).toBeLessThan(1e-8);
  }
});

test("own operations are functions", () => {
  const pairs = fullTable(5, (a, b) => 2 * a - 7 * b);
  expect([...pairs.c.slice(0, 6)]).toEqual([0, 3, 1, 4, 2, 2]);
  expect(() => fullTable(5, () => 0.5)).toThrow(/^op\(0, 0\) is 0.5/);
});

describe("the choice of a method", () => {
  test("is by cost", () => {
    const choice = (p: number, K: number, whole: boolean) =>
      chooseMethod({ p, K, pairs: whole ? fullTable(p, "add") : part(p, "add", 0.5), centred: false });
    expect(choice(53, 100, true)).toBe("table-gram");
    expect(choice(53, 512, true)).toBe("table-gram");
    expect(choice(23, 256, true)).toBe("gather");
    expect(choice(23, 128, false)).toBe("gather");
    expect(choice(53, 20, false)).toBe("output-gram");
  });

  test("can be forced, within reason", () => {
    const pairs = part(5, "add", 0.5);
    expect(() => modularObjective({ p: 5, K: 3, pairs, method: "table-gram" })).toThrow(
      /^method is "table-gram": needs/,
    );
    expect(() => modularObjective({ p: 5, K: 3, pairs, method: "fft" })).toThrow(/automatic or one of/);
    expect(() => modularObjective({ p: 5, K: 3, pairs, centred: true, method: "complement" })).toThrow(/^method is/);
  });
});

test("a training loss near zero keeps its digits unless the complement is asked for", () => {
  const [p, K] = [7, 6];
  const pairs = part(p, "add", 0.8);
  const w = randomStart({ p, K }, { seed: 4, sw: 0.5, sv: 0.5 });
  expect(chooseMethod({ p, K, pairs, centred: false })).not.toBe("complement");
  const [exact, other] = ["gather", "complement"].map(method => modularObjective({ p, K, pairs, method }).loss(w));
  expect(Math.abs(exact - other) / exact).toBeLessThan(1e-12);
});

describe("what cannot be is refused by name", () => {
  const pairs = fullTable(5, "add");
  test.each([
    ["p", () => fullTable(4, "add")],
    ["p", () => fullTable(1, "add")],
    ["p", () => fullTable(5.5, "add")],
    ["op", () => fullTable(5, "minus")],
    ["K", () => modularObjective({ p: 5, K: 0, pairs })],
    ["p", () => modularObjective({ p: 7, K: 2, pairs })],
    ["the length of targets", () => modularObjective({ p: 5, K: 2, pairs, targets: new Float64Array(3) })],
    ["trainFraction", () => splitPairs(5, 0, 1)],
    ["trainFraction", () => splitPairs(5, 1, 1)],
    ["trainFraction", () => splitPairs(5, 1.5, 1)],
    ["trainFraction", () => splitPairs(5, Number.NaN, 1)],
    ["trainFraction", () => splitPairs(5, 0.01, 1)],
    ["seed", () => splitPairs(5, 0.5, -1)],
    ["pairs", () => pairsAt(5, "add", new Int32Array())],
    ["pairs[1]", () => pairsAt(5, "add", Int32Array.of(1, 1))],
    ["pairs[0]", () => pairsAt(5, "add", Int32Array.of(25))],
  ])("%s", (name, attempt) => {
    expect(attempt).toThrow();
    try {
      attempt();
    } catch (error) {
      expect(isLandauError(error, "input")).toBe(true);
      expect((error as Error).message.startsWith(`${name} is`), (error as Error).message).toBe(true);
    }
  });
});
