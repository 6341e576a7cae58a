import { expect, test } from "vitest";
import { lossCurve } from "../../src/cli/loss-curve.ts";
import type { RunRecord } from "../../src/contracts/protocol.ts";

const checkpoints = (chain: number, steps: readonly (readonly [loss: number, label: string | null])[]): RunRecord[] =>
  steps.map(([loss, label], i) => ({ kind: "checkpoint", chain, epoch: 30 * i, loss, label }));

test("draws the member that visits most phases, inside the width", () => {
  const lines = lossCurve(
    [
      ...checkpoints(0, [
        [0.12, "4"],
        [0.11, "4"],
        [0.11, "4"],
      ]),
      ...checkpoints(1, [
        [0.12, "4"],
        [0.1, null],
        [0.09, "4+"],
        [0.07, "5"],
        [0.0687, "5"],
      ]),
    ],
    { width: 80 },
  );
  expect(lines[0]).toBe("loss of chain 1 over 120 epochs, through 4, 4+, 5");
  expect(lines[1]).toMatch(/^ {3}0\.1200 [┼┤]/);
  expect(lines.at(-1)).toMatch(/^ {3}0\.0687 [┼┤]/);
  expect(lines).toHaveLength(12);
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
});

test("is empty where no member has a curve", () => {
  expect(lossCurve([], { width: 80 })).toEqual([]);
  expect(lossCurve([{ kind: "checkpoint", chain: 0, loss: 1 }], { width: 80 })).toEqual([]);
  expect(lossCurve(checkpoints(0, [[0.1, "4"]]), { width: 80 })).toEqual([]);
});
