import { describe, expect, test } from "vitest";
import { invalid } from "../../src/errors.ts";
import { keptDraws } from "../../src/protocols/kept-draws.ts";
import { mirrorSymmetry } from "../../src/systems/mirror-symmetry/index.ts";
import { superposition } from "../../src/systems/superposition/index.ts";
import { completed, drive } from "../support/host.ts";

const layout = {
  size: 5,
  parameters: [
    { name: "w", shape: [2, 2], offset: 0 },
    { name: "b", shape: [], offset: 4 },
  ],
};

test("draws are kept by array, along the first axis, and go on from a saved state", () => {
  const kept = keptDraws("yes", layout, 3);
  kept.keep(0, Float64Array.of(1, 2, 3, 4, 5));
  kept.keep(1, Float64Array.of(6, 7, 8, 9, 10));
  const resumed = keptDraws("yes", layout, 3, kept.save(2));
  resumed.keep(2, Float64Array.of(11, 12, 13, 14, 15));
  expect(resumed.arrays()).toEqual({
    w: { shape: [3, 2, 2], data: Float64Array.of(1, 2, 3, 4, 6, 7, 8, 9, 11, 12, 13, 14) },
    b: { shape: [3], data: Float64Array.of(5, 10, 15) },
  });
});

test("without the wish nothing is kept; too much is refused with the way out", () => {
  const none = keptDraws("no", layout, 1e9);
  none.keep(0, new Float64Array(5));
  expect(none.save(1)).toEqual({});
  expect(() => keptDraws("yes", layout, 1e9)).toThrow(
    invalid("draws", 1e9, `at most ${Math.floor((1 << 25) / 5)} of 5 parameters, or keep=no`),
  );
});

describe("a posterior keeps its draws when asked to, stopped or not; its records stay the same", () => {
  test.each([
    ["mirror-symmetry", mirrorSymmetry.protocols.posterior, { draws: 40, burnIn: 60, batch: 10 }],
    ["superposition", superposition.protocols.posterior, { n: 50, draws: 40, burnIn: 20, batch: 10, temperatures: 3 }],
  ])("%s", (_, protocol, small) => {
    const member = (keep: string) => ({
      settings: completed(protocol.settings, { ...small, keep }),
      seed: 3,
      chain: 1,
    });
    const whole = drive(protocol, member("yes"));
    const without = drive(protocol, member("no"));
    expect(whole.lines).toEqual(without.lines);
    const parametersOf = (arrays: readonly (readonly string[])[]) =>
      arrays.flat().filter(text => text.startsWith("parameters."));
    expect(parametersOf(without.arrays)).toEqual([]);
    expect(parametersOf(whole.arrays).length).toBeGreaterThan(0);
    const half = drive(protocol, member("yes"), { stopAfter: 3 });
    const resumed = drive(protocol, member("yes"), { after: half });
    expect(resumed.lines).toEqual(whole.lines);
    expect(resumed.arrays).toEqual(whole.arrays);
  });
});
