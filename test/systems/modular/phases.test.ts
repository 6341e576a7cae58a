import { expect, test } from "vitest";
import { activeNeurons, neuronStrengths } from "../../../src/systems/modular/phases.ts";

test("strengths and active neurons", () => {
  const w = Float64Array.of(3, 0, 0, 0.01, 0, 0, 4, 0, 0, 0, 0, 0, 2, 0, 0, 5, 0, 0);
  const strengths = neuronStrengths(w, { p: 3, K: 2 });
  expect([...strengths]).toEqual([10, 0.05]);
  expect(activeNeurons(strengths)).toBe(1);
});
