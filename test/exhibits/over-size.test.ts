import { expect, test } from "vitest";
import type { RunRecord } from "../../src/contracts/protocol.ts";
import { mediansOfSizes } from "../../src/exhibits/over-size.ts";

const records = [16, 32].flatMap(N =>
  [5, 1, 3].map((gap, chain): RunRecord => ({ kind: "sample", chain, N, gap: gap / N, scores: [1, 2] })),
);

test("the median of each number at each size, over the chains", () => {
  const sizes = mediansOfSizes([...records].reverse());
  expect(sizes.map(({ N, members }) => [N, members])).toEqual([
    [16, 3],
    [32, 3],
  ]);
  for (const { N, medians } of sizes) {
    expect(Object.keys(medians)).toEqual(["gap"]);
    expect(medians.gap.estimate).toBe(3 / N);
  }
});

test("records without a size have none", () => {
  expect(mediansOfSizes([])).toEqual([]);
  expect(mediansOfSizes([{ kind: "sample", chain: 0, value: 1 }])).toEqual([]);
});
