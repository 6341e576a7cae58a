import { expect, test } from "vitest";
import { defaultsOf } from "../../../src/contracts/field.ts";
import { embeddingControls } from "../../../src/systems/embedding/controls.ts";
import { lossOn } from "../../../src/systems/embedding/model/evaluation.ts";
import { outputsAt } from "../../../src/systems/embedding/model/network.ts";
import { problemAt, startAt } from "../../../src/systems/embedding/model/problem.ts";
import { checkFollow, type FollowValues } from "../../../src/systems/embedding/protocols/follow.ts";
import { trainProtocol } from "../../../src/systems/embedding/protocols/train.ts";
import { type NetworkState, training } from "../../../src/systems/embedding/training.ts";

const address = { seed: 3, chain: 1 };
const at = { ...defaultsOf(embeddingControls), symbols: 6, trainPairs: 16, width: 9, outputs: 4, decoderRate: 1e-2 };
const problem = problemAt(at, address);
const start = startAt(at, problem, address);

const states = (batch: number, chain = 1): NetworkState[] => {
  const seen: NetworkState[] = [];
  const run = training(problem, start, at, { steps: 20, precision: "f64", batch }, { seed: 3, chain });
  // In two goes, as a protocol advances.
  run.advance(7, state => void seen.push({ ...state }));
  run.advance(20, state => void seen.push({ ...state }));
  return seen;
};

test("a step on some pairs shows loss and outputs of all, before the step", () => {
  const seen = states(4);
  expect(seen.map(({ step }) => step)).toEqual(Array.from({ length: 21 }, (_, i) => i));
  const outputs = outputsAt(problem, start);
  outputs.forEach((value, i) => {
    expect(seen[0].outputs[i]).toBeCloseTo(value, 12);
  });
  for (const { loss, outputs } of seen) expect(loss).toBeCloseTo(lossOn(problem, outputs, 0, problem.trainCount), 12);
});

test("a batch of all pairs is none, smaller ones go other ways, and members have orders of their own", () => {
  const ends = [states(0), states(16), states(4), states(4, 2)].map(all => all[20].loss);
  expect(ends[1]).toBe(ends[0]);
  expect(new Set(ends).size).toBe(3);
  expect(ends[2]).toBeLessThan(states(4)[0].loss);
});

test("a batch larger than the training set is refused", () => {
  const values = { ...defaultsOf(trainProtocol.settings), batch: 46 } as FollowValues;
  expect(() => checkFollow(values)).toThrow(/batch is 46: .*at most the 45 training pairs/);
});
