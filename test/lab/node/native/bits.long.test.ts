import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Recipe, randomProgram, recipes } from "../../../engine/random-graph.ts";
import type { Setting } from "../../../engine/simulation.ts";
import { precisionNames, type Way, ways } from "../../../engine/ways.ts";
import { bothRoads } from "./roads.ts";
import { minibatch, scenes, settingOf } from "./scenes.ts";
import { toolchain } from "./tools.ts";

/** Each is compiled, which takes half a second: more of them by LANDAU_NATIVE_PROGRAMS. */
const PROGRAMS = Number(process.env.LANDAU_NATIVE_PROGRAMS ?? 2);

const random = (recipe: Recipe, way: Way, precision: Setting["precision"]): Setting => ({
  ...randomProgram(recipe, way),
  precision,
  chains: way === "chains" ? 21 : 2,
  steps: 2,
  seed: recipe.batch,
});

describe.skipIf(!toolchain)("native code has the bits of WebAssembly", () => {
  describe.each(precisionNames)("%s", precision => {
    test.each(Object.keys(scenes))("%s", name => {
      const { inputs } = scenes[name];
      const { wasm, native } = bothRoads(settingOf(scenes[name], precision), program => {
        for (const [input, { values }] of Object.entries(inputs)) if (values) program.write(input, values);
      });
      expect(native).toEqual(wasm);
    });

    test.each([
      [5, 3],
      [77, 6],
      [517, 8],
      [261, 9],
    ])("%d rows of %d looked up, in one pass", (samples, width) => {
      const { wasm, native } = bothRoads(minibatch(precision, samples, width));
      expect(native).toEqual(wasm);
    });

    test.each(ways)("random programs: %s", way => {
      fc.assert(
        fc.property(recipes(70), recipe => {
          const { wasm, native } = bothRoads(random(recipe, way, precision));
          expect(native).toEqual(wasm);
        }),
        { seed: 22, numRuns: PROGRAMS, endOnFailure: true },
      );
    });
  });
});
