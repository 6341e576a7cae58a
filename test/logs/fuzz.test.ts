import { resolve } from "node:path";
import { expect, test } from "vitest";
import { isLandauError } from "../../src/errors.ts";
import { importers } from "../support/logs/importers.ts";
import { wholeNumbers } from "../support/logs/mutated.ts";

const INPUTS = 100;

// Many more are in docs/results/training-logs-fuzz.md.
test.each(importers(resolve(import.meta.dirname, "fixtures/training")))(
  "$name: a changed log is read or refused by name",
  async ({ name, input, read }) => {
    let refused = 0;
    for (let seed = 0; seed < INPUTS; seed++) {
      const bytes = input(wholeNumbers(seed));
      await read(bytes).catch(error => {
        if (!isLandauError(error, "input")) throw new Error(`${name}, seed ${seed}: ${error.stack}`);
        expect(error.message).toContain("fuzzed");
        refused++;
      });
    }
    expect(refused).toBeGreaterThan(0);
    expect(refused).toBeLessThan(INPUTS);
  },
);
