import { expect, test } from "vitest";
import { defaultsOf } from "../../../src/contracts/field.ts";
import { objective } from "../../../src/experiments/objective.ts";
import { checkImages, type ImageValues, imageControls } from "../../../src/systems/embedding/images/controls.ts";
import { CLASSES, digitImages } from "../../../src/systems/embedding/images/digits.ts";
import { imageData, imageModel, memberImages } from "../../../src/systems/embedding/images/model.ts";

const SIDE = 12;
const address = { seed: 5, chain: 2 };
const train = digitImages(600, SIDE, { ...address, purpose: "one" });
const test_ = digitImages(200, SIDE, { ...address, purpose: "other" });
const image = (pixels: Float64Array, i: number) => pixels.subarray(i * SIDE * SIDE, (i + 1) * SIDE * SIDE);

test("pictures depend on their address alone; ink is about 1 and paper about 0", () => {
  expect(digitImages(3, SIDE, { ...address, purpose: "one" }).pixels).toEqual(
    train.pixels.subarray(0, 3 * SIDE * SIDE),
  );
  expect(test_.pixels.subarray(0, 10)).not.toEqual(train.pixels.subarray(0, 10));
  expect(new Set(train.labels).size).toBe(CLASSES);
  const sorted = [...train.pixels].sort((a, b) => a - b);
  expect(sorted[Math.floor(0.3 * sorted.length)]).toBeLessThan(0.2);
  expect(sorted[Math.floor(0.95 * sorted.length)]).toBeGreaterThan(0.8);
});

test("the nearest mean picture of a class tells most digits apart, not all", () => {
  const means = Array.from({ length: CLASSES }, () => new Float64Array(SIDE * SIDE));
  const counts = new Float64Array(CLASSES);
  train.labels.forEach((label, i) => {
    counts[label]++;
    image(train.pixels, i).forEach((value, j) => {
      means[label][j] += value;
    });
  });
  const distance = (i: number, label: number) =>
    image(test_.pixels, i).reduce((sum, value, j) => sum + (value - means[label][j] / counts[label]) ** 2, 0);
  const right = test_.labels.filter((label, i) =>
    means.every((_, other) => other === label || distance(i, other) > distance(i, label)),
  ).length;
  expect(right / test_.labels.length).toBeGreaterThan(0.6);
  expect(right / test_.labels.length).toBeLessThan(1);
});

test("the loss is the mean over pictures and classes of the squared error, by plain loops", () => {
  const at: ImageValues = { ...defaultsOf(imageControls), trainImages: 7, width: 5 };
  const own = objective(imageModel(at), imageData(memberImages("train", at, address)));
  const { pixels, labels } = memberImages("train", at, address);
  const w = Float64Array.from({ length: own.size }, (_, i) => Math.sin(i) / 4);
  const layer = (input: readonly number[], name: string, rectify: boolean) => {
    const [weight, bias] = ["weight", "bias"].map(
      part => own.parameters.find(each => each.name === `${name}.${part}`)!,
    );
    return Array.from({ length: bias.shape[0] }, (_, j) => {
      const sum = input.reduce((all, x, i) => all + x * w[weight.offset + i * bias.shape[0] + j], w[bias.offset + j]);
      return rectify ? Math.max(0, sum) : sum;
    });
  };
  let loss = 0;
  labels.forEach((label, i) => {
    const out = layer(layer(layer([...image(pixels, i)], "first", true), "second", true), "last", false);
    out.forEach((value, c) => {
      loss += (value - Number(c === label)) ** 2 / (labels.length * CLASSES);
    });
  });
  expect(own.loss(w)).toBeCloseTo(loss, 12);
});

test("settings that do not go together are refused", () => {
  const at = defaultsOf(imageControls) as ImageValues;
  expect(() => checkImages({ ...at, batch: 1001 })).toThrow(/batch is 1001: .*at most the 1000 pictures/);
  expect(() => checkImages({ ...at, lastRate: 0.1, weightDecay: 20 })).toThrow(/weightDecay is 20: .*at most 10/);
});
