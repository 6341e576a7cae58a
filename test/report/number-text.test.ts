import { expect, test } from "vitest";
import { measuredText, numberText, predictedText, sharedResolution, stepText } from "../../src/report/number-text.ts";

test("a number shows the digits its tolerance can tell, and no more", () => {
  expect(numberText(0.0687435781, 3e-4)).toBe("0.06874");
  expect(numberText(1 / 3)).toBe("0.3333");
  expect(numberText(0.5)).toBe("0.5");
  expect(numberText(12)).toBe("12");
  expect(numberText(3e-14, 1e-12)).toBe("3.0e-14");
  expect(numberText(1e-12)).toBe("1e-12");
});

test("what was not measured is said to be so", () => {
  expect(numberText(Number.NaN)).toBe("not measured");
});

test("an estimate carries its interval and members, a prediction its tolerance or range", () => {
  const estimate = {
    quantity: "q",
    measured: 0.25,
    interval: [0.125, 0.5] as const,
    members: 8,
    predicted: 0.2,
    tolerance: 0.1,
  };
  expect(measuredText(estimate)).toBe("0.25 (95 %: 0.13 to 0.50; 8 members)");
  expect(predictedText(estimate)).toBe("0.20 ± 0.1");
  expect(predictedText({ quantity: "q", measured: 1, predicted: [0, 0.02] })).toBe("0 to 0.02");
  expect(predictedText({ quantity: "q", measured: 1, predicted: 0, tolerance: 0 })).toBe("0 exactly");
  expect(measuredText({ quantity: "q", measured: 1, predicted: 1, members: 1 })).toBe("1 (1 member)");
});

test("a sign is written as one", () => {
  expect(predictedText({ quantity: "q", measured: 1, predicted: { above: 0 } })).toBe("> 0");
  expect(predictedText({ quantity: "q", measured: 1, predicted: { below: 27.5 } })).toBe("< 27.5");
});

test("the numbers of a comparison have as many decimals each", () => {
  const estimate = { quantity: "q", measured: 7.0061, interval: [6.708, 7.304] as const, predicted: 7, tolerance: 0.3 };
  expect(measuredText(estimate)).toBe("7.01 (95 %: 6.71 to 7.30)");
  expect(predictedText(estimate)).toBe("7.00 ± 0.3");
});

test("a column has one precision, that of its coarsest number, unless they are far apart", () => {
  const fine = { quantity: "q", measured: 8.4281, interval: [8.345, 8.511] as const, predicted: 8.5, tolerance: 0.3 };
  const coarse = { quantity: "q", measured: 7.0061, interval: [6.708, 7.304] as const, predicted: 7, tolerance: 0.3 };
  const shared = sharedResolution([fine, coarse]);
  expect([fine, coarse].map(each => measuredText(each, shared))).toEqual([
    "8.43 (95 %: 8.35 to 8.51)",
    "7.01 (95 %: 6.71 to 7.30)",
  ]);
  expect(predictedText(fine, shared)).toBe("8.50 ± 0.3");
  const tiny = { quantity: "q", measured: 1e-13, predicted: 0, tolerance: 1e-12 };
  expect(sharedResolution([fine, tiny])).toBeUndefined();
  // A count has no resolution and stays one.
  expect(measuredText({ quantity: "q", measured: 3, predicted: 3, tolerance: 0 }, shared)).toBe("3");
});

test("a step is whole where it is a whole number", () => {
  expect(stepText(12_345_678)).toBe("12345678");
  expect(stepText(0.125)).toBe("0.125");
  expect(stepText(1_763_000_123.75)).toBe("1763000124");
  expect(stepText(10 / 3)).toBe("3.33333");
});
