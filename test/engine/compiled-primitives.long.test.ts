import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Primitive } from "../../src/engine/graph/node.ts";
import { shapeRules } from "../../src/engine/graph/shape-rules.ts";
import { large, primitiveScenes, primitives, small } from "./primitive-scenes.ts";
import { compareScene, precisionNames } from "./ways.ts";

test("every primitive has a case", () => {
  expect(primitives.toSorted()).toEqual(Object.keys(shapeRules).toSorted());
});

/** These have no samples of their own, or mix them. */
const without: { readonly samples: readonly Primitive[]; readonly chains: readonly Primitive[] } = {
  samples: ["parameter", "constant", "random", "scatterAdd"],
  chains: ["scatterAdd"],
};

describe.each(precisionNames)("%s agrees with the oracle", precision => {
  describe("over whole arrays", () => {
    test.each(primitives)("%s", op => {
      fc.assert(
        fc.property(primitiveScenes[op](small), fc.nat(1000), fc.integer({ min: 1, max: 3 }), (scene, seed, chains) =>
          compareScene(scene, "arrays", precision, seed, chains),
        ),
        { seed: 2, numRuns: 25 },
      );
      fc.assert(
        fc.property(primitiveScenes[op](large), fc.nat(1000), (scene, seed) =>
          compareScene(scene, "arrays", precision, seed, 1),
        ),
        { seed: 3, numRuns: 8 },
      );
    });
  });

  describe.each([
    { title: "sample by sample", way: "samples", most: 13, seed: 4 },
    { title: "chain by chain", way: "chains", most: 9, seed: 5 },
  ] as const)("$title", ({ way, most, seed }) => {
    test.each(primitives.filter(op => !without[way].includes(op)))("%s", op => {
      fc.assert(
        fc.property(
          primitiveScenes[op](small),
          fc.nat(1000),
          fc.integer({ min: 4, max: most }),
          (scene, drawn, count) => compareScene(scene, way, precision, drawn, count),
        ),
        { seed, numRuns: 25 },
      );
    });
  });
});
