import { resolve } from "node:path";
import { expect, test } from "vitest";
import { inputOf, judged } from "../support/fuzz/reader.ts";
import { readers } from "../support/fuzz/readers.ts";

const INPUTS = 100;

// A million each are in docs/results/fuzz.md: npm run fuzz.
test.each(readers(resolve(import.meta.dirname, "../..")))(
  "$name: a changed input is read or refused in words",
  async reader => {
    for (const bytes of reader.valid) expect(await judged(reader, bytes)).toBe("read");
    let refused = 0;
    for (let seed = 0; seed < INPUTS; seed++) {
      const outcome = await judged(reader, inputOf(reader, seed));
      if (typeof outcome !== "string") throw new Error(`${reader.name}, seed ${seed}: ${outcome.failure}`);
      if (outcome === "refused") refused++;
    }
    expect(refused > 0).toBe(!reader.refusesNothing);
  },
);
