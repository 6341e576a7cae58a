import { expect, test } from "vitest";
import { defaultsOf } from "../../../src/contracts/field.ts";
import { legacyChoice, mersenneTwister } from "../../../src/numerics/mersenne-twister.ts";
import { checkValues, type EmbeddingValues, embeddingControls } from "../../../src/systems/embedding/controls.ts";
import { problemAt, startAt } from "../../../src/systems/embedding/model/problem.ts";

/** Numbers by NumPy 2.4.6, RandomState, with the orders of drawing of the source's notebooks. */
test("choices without repetition are those of NumPy's legacy generator", () => {
  expect([...legacyChoice(mersenneTwister(58), 55, 45).subarray(0, 8)]).toEqual([10, 50, 19, 27, 36, 18, 5, 16]);
  expect([...legacyChoice(mersenneTwister(7), 6, 6)]).toEqual([3, 5, 0, 2, 1, 4]);
  expect([...legacyChoice(mersenneTwister(3), 300, 5)]).toEqual([84, 217, 211, 286, 31]);
});

const at = (changed: Partial<EmbeddingValues>): EmbeddingValues => ({
  ...defaultsOf(embeddingControls),
  ...{ split: "figure", numbers: "figure" },
  ...changed,
});
const address = { seed: 9, chain: 4 };

const held: readonly (readonly [string, Partial<EmbeddingValues>, readonly number[]])[] = [
  ["regression", {}, [4, 7, 10, 15, 22, 27, 30, 34, 42, 52]],
  ["classification", { loss: "classification" }, [9, 10, 19, 26, 36, 43, 44, 47, 48, 52]],
  ["S3", { task: "permutations", trainPairs: 24 }, [0, 4, 5, 7, 8, 11, 13, 15, 19, 21, 28, 33]],
];

test.each(held)("%s: the pairs held out are those of the figure, whatever the seed", (_, changed, places) => {
  const problem = problemAt(at(changed), address);
  expect([...problem.order.subarray(problem.trainCount)]).toEqual(places);
});

test("targets, decoder and embeddings come after the numbers that the notebook does not use", () => {
  const problem = problemAt(at({}), address);
  expect(problem.targets![0]).toBeCloseTo(-0.95507113, 8);
  expect(problem.targets![1]).toBeCloseTo(0.16805618, 8);
  const { E, W1, b3 } = problem.layout.views(startAt(at({}), problem, address));
  expect([...E.subarray(0, 3)].map(value => value.toFixed(8))).toEqual(["-0.13944155", "-0.22373980", "0.25497383"]);
  expect([W1[0], W1[1]].map(value => value.toFixed(8))).toEqual(["-0.30264652", "-0.35975993"]);
  expect([b3[0], b3[1]].map(value => value.toFixed(8))).toEqual(["0.02150635", "-0.05268569"]);
  const group = problemAt(at({ task: "permutations", trainPairs: 24 }), address);
  expect(group.targets![0]).toBeCloseTo(1.764052345967664, 14);
});

test("other problems than those of the figure are refused", () => {
  for (const changed of [
    { symbols: 9, trainPairs: 40 },
    { trainPairs: 40 },
    { dimensions: 2 },
    { task: "permutations", trainPairs: 30 },
  ] as const)
    expect(() => checkValues(at(changed))).toThrow(/where (split|numbers) (is|are) figure/);
  checkValues(at({ task: "permutations", trainPairs: 24, dimensions: 2 }));
});
