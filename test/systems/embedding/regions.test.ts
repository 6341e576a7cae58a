import { expect, test } from "vitest";
import { regionRow } from "../../../src/charts/region-row.ts";
import { defaultsOf } from "../../../src/contracts/field.ts";
import { stream } from "../../../src/numerics/stream.ts";
import { type RegionsRecords, regionsProtocol } from "../../../src/systems/embedding/protocols/regions.ts";
import { smoothness } from "../../../src/systems/embedding/theory/order-of-symbols.ts";
import { elementsOf, marksOf } from "../../support/svg-elements.ts";

const P = 11;
const placed = (at: (k: number) => readonly [number, number]) => Array.from({ length: P }, (_, k) => at(k)).flat();

test("symbols on an arc are smooth, on a line with a random second number half so, and at random as two of ten waves are", () => {
  const arc = placed(k => [Math.cos((2.4 * (k + 0.5)) / P), Math.sin((2.4 * (k + 0.5)) / P)]);
  expect(smoothness(arc, P, "row")).toBeGreaterThan(0.97);
  const random = stream({ seed: 3, purpose: "places" });
  const mean = (at: (k: number) => readonly [number, number]) => {
    let sum = 0;
    for (let draw = 0; draw < 400; draw++) sum += smoothness(placed(at), P, "row") / 400;
    return sum;
  };
  expect(Math.abs(mean(() => [random.normal(), random.normal()]) - 0.2)).toBeLessThan(0.03);
  expect(Math.abs(mean(k => [100 * k, random.normal()]) - 0.55)).toBeLessThan(0.06);
});

test("on a ring neighbours may stand any number of symbols apart; turns, stretches and the order of the axes do not matter", () => {
  for (const f of [1, 3, 5]) {
    const turn = (2 * Math.PI * f) / P;
    const ring = placed(k => [3 * Math.cos(turn * k) + Math.sin(turn * k), 0.1 * Math.sin(turn * k)]);
    expect(smoothness(ring, P, "ring")).toBeCloseTo(1, 10);
    if (f > 1) expect(smoothness(ring, P, "row")).toBeLessThan(0.5);
  }
});

test("regions are drawn where they are: each symbol at its place in the square, each answer in its cells", () => {
  const regions = {
    ...{ label: "one", from: [-1, 2] as const, width: 4, side: 2, answers: [0, 1, 2, 2] },
    points: [[-1, 2], [3, 6], [1, 2]] as const,
  }; // biome-ignore format: points in a row
  const drawing = regionRow({ title: "t", description: "d", regions: [regions] }, { width: 200, height: 260 });
  const discs = elementsOf(drawing).filter(({ name }) => name === "circle");
  const [lower, upper, right] = discs.map(({ attributes }) => [Number(attributes.cx), Number(attributes.cy)]);
  const size = upper[0] - lower[0];
  expect(lower[1] - upper[1]).toBeCloseTo(size, 6);
  expect(right).toEqual([lower[0] + size / 2, lower[1]]);
  const cells = marksOf(drawing, "cells").map(({ attributes }) => String(attributes.d));
  const [x, middle, y] = [lower[0], lower[0] + size / 2, lower[1]];
  expect(cells).toEqual([
    `M${x},${y}H${middle}V${y - size / 2}H${x}Z`,
    `M${middle},${y}H${x + size}V${y - size / 2}H${middle}Z`,
    `M${x},${y - size / 2}H${x + size}V${y - size}H${x}Z`,
  ]);
});

test("a plane's answers are those of the decoder: at the middle of two embeddings the answer to the two", () => {
  const settings = {
    ...defaultsOf(regionsProtocol.settings),
    ...{
      symbols: 5,
      trainPairs: 14,
      width: 20,
      outputs: 5,
      steps: 600,
      side: 200,
      embeddingRate: 0.02,
      decoderRate: 2e-3,
    },
  };
  const records: { [kind: string]: unknown } = {};
  const context = {
    record: (kind: string, record: unknown) => {
      records[kind] = record;
    },
    save: () => {},
    progress: () => {},
    snapshot: () => {},
  };
  regionsProtocol.run({ settings, seed: 0, chain: 0, piece: undefined }, context as never);
  const { points, from, width, side, answers } = records.plane as RegionsRecords["plane"];
  const { trainAccuracy, testAccuracy } = records.final as RegionsRecords["final"];
  const at = (x: number, y: number) => {
    const [column, row] = [x - from[0], y - from[1]].map(value => Math.floor((value / width) * side));
    return answers[row * side + column];
  };
  let right = 0;
  for (let i = 0; i < 5; i++)
    for (let j = i; j < 5; j++)
      right += Number(at((points[i][0] + points[j][0]) / 2, (points[i][1] + points[j][1]) / 2) === i + j);
  // A cell is a little wide: an answer at its middle may be the neighbour's.
  expect(Math.abs(right - (14 * trainAccuracy + testAccuracy))).toBeLessThanOrEqual(1.5);
  expect(right).toBeGreaterThan(7);
});
