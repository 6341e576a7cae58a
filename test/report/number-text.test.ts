import { expect, test } from "vitest";
import { measuredText, numberText, predictedText } from "../../src/report/number-text.ts";

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
  expect(measuredText(estimate)).toBe("0.25 (95 %: 0.125 to 0.5; 8 members)");
  expect(predictedText(estimate)).toBe("0.20 ± 0.1");
  expect(predictedText({ quantity: "q", measured: 1, predicted: [0, 0.02] })).toBe("0 to 0.02");
  expect(predictedText({ quantity: "q", measured: 1, predicted: 0, tolerance: 0 })).toBe("0 exactly");
});
