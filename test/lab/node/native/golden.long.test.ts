import { readFileSync } from "node:fs";
import { afterAll, expect, test } from "vitest";
import { useFastModes } from "../../../../src/engine/fast-modes.ts";
import { build } from "../../../../src/lab/node/native/library.ts";
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
