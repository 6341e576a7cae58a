import { expect, test } from "vitest";
import { trainingChart } from "../../../src/cli/results/training-chart.ts";
import type { RunRecord } from "../../../src/contracts/protocol.ts";

const checkpoints = (chain: number, steps: readonly (readonly [loss: number, label: string | null])[]): RunRecord[] =>
  steps.map(([loss, label], i) => ({ kind: "checkpoint", chain, epoch: 30 * i, loss, label }));

test("draws the member that visits most phases, inside the width, over its epochs", () => {
  const lines = trainingChart(
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
  expect(lines[0]).toBe("loss of chain 1, through 4, 4+, 5");
  expect(lines[1]).toMatch(/^ *0\.12 ┤/);
  expect(lines.at(-3)).toMatch(/^ *0\.0687 ┤/);
  expect(lines.at(-1)).toMatch(/^ +0 +60 +120 epochs$/);
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(80);
});

test("the loss on data that training does not see, where there is one", () => {
  const evaluations = [1, 0.5, 0.2].map((testLoss, i) => ({
    kind: "evaluation",
    chain: 0,
    step: 10 * i,
    testLoss,
    trainLoss: 0.1,
  }));
  const lines = trainingChart(evaluations, { width: 80 });
  expect(lines[0]).toBe("test loss of chain 0");
  expect(lines.at(-1)).toMatch(/20 steps$/);
});

test("is empty where no member has a curve", () => {
  expect(trainingChart([], { width: 80 })).toEqual([]);
  expect(trainingChart([{ kind: "checkpoint", chain: 0, loss: 1 }], { width: 80 })).toEqual([]);
  expect(trainingChart(checkpoints(0, [[0.1, "4"]]), { width: 80 })).toEqual([]);
});
