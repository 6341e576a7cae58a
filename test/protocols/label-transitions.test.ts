import { expect, test } from "vitest";
import { transitionsIn } from "../../src/protocols/label-transitions.ts";

const checkpoints = (chain: number, labels: (string | null)[]) =>
  labels.map((label, epoch) => ({ kind: "checkpoint", chain, epoch, label }));

test("moves between levels count, stays and states in transit do not", () => {
  expect(transitionsIn(checkpoints(7, ["4+", "4+", null, null, "4+", "4+", null, "5", "5", "5"]))).toEqual([
    { chain: 7, from: "4+", to: "5" },
  ]);
});

test("a level passed in flight, seen at one checkpoint only, is no visit", () => {
  expect(transitionsIn(checkpoints(0, ["4+", "4+", "5", "5+", "5+"]))).toEqual([{ chain: 0, from: "4+", to: "5+" }]);
  expect(transitionsIn(checkpoints(0, ["4+", "5", "5"]))).toEqual([]);
});

test("runs are told apart: the end of one and the start of the next make no transition", () => {
  expect(transitionsIn([...checkpoints(0, ["4", "4"]), ...checkpoints(1, ["5", "5"])])).toEqual([]);
  expect(transitionsIn([...checkpoints(0, [null, "5"]), ...checkpoints(1, ["5", "4", "4"])])).toEqual([]);
});
