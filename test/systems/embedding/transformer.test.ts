import { expect, test } from "vitest";
import { defaultsOf } from "../../../src/contracts/field.ts";
import { objective } from "../../../src/experiments/objective.ts";
import {
  checkTransformer,
  type TransformerValues,
  transformerControls,
} from "../../../src/systems/embedding/transformer/controls.ts";
import { pairData, transformerModel } from "../../../src/systems/embedding/transformer/model.ts";

const at = { ...defaultsOf(transformerControls), modulus: 3, width: 4, heads: 2, expansion: 1 } as TransformerValues;
const pairs = Int32Array.of(5, 7, 0);

const gelu = (x: number) => {
  // The normal distribution function by Simpson's rule.
  const n = 2000;
  let sum = 0;
  for (let i = 0; i <= n; i++) {
    const t = (x * i) / n;
    sum += (i === 0 || i === n ? 1 : i % 2 ? 4 : 2) * Math.exp((-t * t) / 2);
  }
  return x * (0.5 + (sum * x) / (3 * n) / Math.sqrt(2 * Math.PI));
};

test.each(["layer", "none"] as const)("the loss is that of plain loops, normalisation %s", normalisation => {
  const own = objective(transformerModel({ ...at, normalisation, layers: 2 }, 0), pairData(3, pairs));
  const w = Float64Array.from({ length: own.size }, (_, i) => Math.cos(1.7 * i) / 2);
  const part = (name: string) => {
    const { shape, offset } = own.parameters.find(each => each.name === name)!;
    return { shape, values: w.subarray(offset, offset + shape.reduce((a, b) => a * b)) };
  };
  const linear = (x: readonly number[], name: string) => {
    const [weight, bias] = [part(`${name}.weight`), part(`${name}.bias`).values];
    return Array.from(bias, (b, j) => x.reduce((sum, value, i) => sum + value * weight.values[i * bias.length + j], b));
  };
  const norm = (x: readonly number[], name: string) => {
    if (normalisation === "none") return x;
    const mean = x.reduce((a, b) => a + b) / x.length;
    const variance = x.reduce((sum, value) => sum + (value - mean) ** 2, 0) / x.length;
    const [scale, shift] = [part(`${name}.scale`).values, part(`${name}.shift`).values];
    return x.map((value, i) => ((value - mean) / Math.sqrt(variance + 1e-5)) * scale[i] + shift[i]);
  };
  const add = (x: readonly number[], y: readonly number[]) => x.map((value, i) => value + y[i]);
  const dot = (x: readonly number[], y: readonly number[]) => x.reduce((sum, value, i) => sum + value * y[i], 0);
  const embedded = (residue: number, place: number) =>
    Array.from(
      { length: 4 },
      (_, j) => part("embeddings").values[4 * residue + j] + part("positions").values[4 * place + j],
    );

  let loss = 0;
  for (const pair of pairs) {
    const residues = [Math.floor(pair / 3), pair % 3];
    let states = residues.map(embedded);
    for (const layer of [1, 2]) {
      const seen = states.map(state => norm(state, `layer ${layer} norm 1`));
      const [query, key, value] = ["query", "key", "value"].map(name =>
        seen.map(x => linear(x, `layer ${layer} attention.${name}`)),
      );
      states = states.map((state, t) => {
        const mixed = [0, 1].flatMap(head => {
          const own = (x: readonly number[]) => x.slice(2 * head, 2 * head + 2);
          const weights = Array.from({ length: t + 1 }, (_, u) =>
            Math.exp(dot(own(query[t]), own(key[u])) / Math.SQRT2),
          );
          const total = weights.reduce((a, b) => a + b);
          return [0, 1].map(i => weights.reduce((sum, weight, u) => sum + (weight / total) * own(value[u])[i], 0));
        });
        return add(state, linear(mixed, `layer ${layer} attention.output`));
      });
      states = states.map(state => {
        const hidden = linear(norm(state, `layer ${layer} norm 2`), `layer ${layer} hidden`).map(gelu);
        return add(state, linear(hidden, `layer ${layer} output`));
      });
    }
    const logits = linear(norm(states[1], "norm"), "logits");
    const answer = (residues[0] + residues[1]) % 3;
    loss += Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit - logits[answer]), 0)) / pairs.length;
  }
  expect(own.loss(w)).toBeCloseTo(loss, 10);
});

test("with dropout the loss of a step is another, without it the same", () => {
  const losses = [0, 0.5].map(dropout => {
    const own = objective(transformerModel(at, dropout), pairData(3, pairs));
    const w = new Float64Array(own.size).map((_, i) => Math.sin(i));
    return own.loss(w);
  });
  expect(losses[0]).not.toBe(losses[1]);
});

test("settings that do not go together are refused", () => {
  const values = defaultsOf(transformerControls) as TransformerValues;
  expect(() => checkTransformer({ ...values, modulus: 9 })).toThrow(/modulus is 9: .*odd prime/);
  expect(() => checkTransformer({ ...values, width: 10 })).toThrow(/heads is 4: .*divides the width 10/);
  expect(() => checkTransformer({ ...values, modulus: 3, trainFraction: 0.01 })).toThrow(/trainFraction is 0.01/);
});
