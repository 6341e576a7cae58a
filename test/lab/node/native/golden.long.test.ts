import { readFileSync } from "node:fs";
import { afterAll, expect, test } from "vitest";
import { type Lowered, useFastModes } from "../../../../src/engine/fast-modes.ts";
import { build } from "../../../../src/lab/node/native/library.ts";
import { decideMap, descendMap } from "../../../../src/systems/deep-linear/map-descent.ts";
import { training } from "../../../determinism/table/training.ts";
import { toolchain } from "./tools.ts";

afterAll(() => useFastModes({}));

test.skipIf(!toolchain)("training in native code has the hashes of golden.json", () => {
  let programs = 0;
  useFastModes({
    accelerate(program) {
      programs++;
      return build(program, toolchain!);
    },
  });
  // One program takes the compiler seconds.
  const table = training(["f32"], [3]);
  expect(programs).toBe(1);
  expect(JSON.parse(readFileSync("test/determinism/golden.json", "utf8"))).toMatchObject(table);
});

test.skipIf(!toolchain)("a map of networks ends in the same bits and phases", () => {
  const runs = 50;
  const [dx, widths] = [2, [3]];
  const size = 9;
  const w = Float64Array.from({ length: runs * size }, (_, i) => ((i * 7919) % 101) / 101 - 0.5);
  const gammas = Float64Array.from({ length: runs }, (_, i) => 0.03 * i);
  const strengths = Float64Array.from({ length: runs }, (_, i) => 0.4 + 0.2 * (i % 4));
  const map = { dx, widths, gammas, strengths, stepSize: 0.05, steps: 400 };
  const both = [{}, { accelerate: (program: Lowered) => build(program, toolchain!) }].map(modes => {
    useFastModes(modes);
    const end = w.slice();
    descendMap({ ...map, w: end });
    return { end, decided: decideMap({ ...map, w }) };
  });
  expect(both[1]).toEqual(both[0]);
  expect(new Set(both[0].decided.learned).size).toBe(2);
});
