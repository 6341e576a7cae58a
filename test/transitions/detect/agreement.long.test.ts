import { expect, test } from "vitest";
import { stream } from "../../../src/numerics/stream.ts";
import { findTransitions } from "../../../src/transitions/detect/find-transitions.ts";

const jump = (offset: number) => {
  const draw = stream({ seed: 5, chain: 0, purpose: "noise" }).at(0);
  const value = Float64Array.from({ length: 400 }, (_, i) => offset + (i < 250 ? 0 : 1) + 0.1 * draw.normal());
  return [{ name: "loss", step: Float64Array.from(value, (_, i) => 10 * i), value }];
};

test.each([
  ["positive", 5, ["value", "log value"]],
  ["of both signs", -0.5, ["value", "rank"]],
  ["negative", -5, ["value", "rank"]],
])("a jump of values that are %s is robust, by two metrics that there are", (_, offset, metrics) => {
  const { transitions } = findTransitions(jump(offset));
  expect(transitions).toHaveLength(1);
  const [{ from, to, agreement }] = transitions;
  expect([from, to]).toEqual([2490, 2500]);
  expect(Object.keys(agreement.metrics)).toEqual(metrics);
  expect(agreement.isRobust).toBe(true);
});

test("values that are no numbers change nothing of the others' ranks", () => {
  const [{ name, step, value }] = jump(-0.5);
  const gaps = value.map((each, i) => (i % 50 === 7 ? Number.NaN : i % 50 === 9 ? Number.POSITIVE_INFINITY : each));
  const [{ from, to, agreement }] = findTransitions([{ name, step, value: gaps }]).transitions;
  expect([from, to]).toEqual([2490, 2500]);
  expect(agreement.isRobust).toBe(true);
});

test("a jump on a trend that two of four detectors see is not robust", () => {
  const draw = stream({ seed: 5, chain: 0, purpose: "noise" }).at(0);
  const value = Float64Array.from({ length: 400 }, (_, i) => 20 - 0.04 * i + (i < 200 ? 0 : 0.5) + 0.1 * draw.normal());
  const { transitions } = findTransitions([{ name: "loss", step: Float64Array.from(value, (_, i) => 10 * i), value }]);
  const { agreement } = transitions.find(({ from, to }) => from === 1990 && to === 2000)!;
  expect(agreement.detectors).toEqual({ law: true, mean: false, rank: false, line: true });
  expect(agreement.isRobust).toBe(false);
});
