import { describe, expect, test } from "vitest";
import { model } from "../../src/engine/model.ts";
import { train } from "../../src/experiments/train.ts";
import { gradientDescent } from "../../src/learning/gradient-descent.ts";

const step = { optimiser: gradientDescent({ stepSize: 1 }), steps: 1, checkpoints: [0, 1] };

describe("the cross-entropy that training sees depends on differences of logits alone", () => {
  const margins = [0, 3, 10, 16];
  test.each([0, 1e3, 1e4, 1e5, 1e6])("with %d added to all", offset => {
    for (const margin of margins) {
      const logits = [offset + margin, offset];
      const net = model((m, { y }) => m.crossEntropy(m.parameter("w", [1, 2], logits), y));
      const { loss, parameters } = train({ ...step, model: net, data: { y: Int32Array.of(0) } });
      const exact = Math.log1p(Math.exp(Math.fround(offset) - Math.fround(offset + margin)));
      expect(Math.abs(loss[0] / exact - 1), `margin ${margin}`).toBeLessThan(1e-3);
      // What is added takes the digits of the step.
      if (offset === 0) {
        const slope = 1 / (1 + Math.exp(margin));
        expect(parameters.w.data[1]).toBeCloseTo(-slope, 9);
      }
    }
  });
});

describe("the mean over samples of equal numbers is that number, and so is its slope", () => {
  test.each([1e3, 1e5, 1e6])("%d samples", n => {
    const net = model((m, { x }) => m.mean(m.mul(m.parameter("w", [], 1), x)));
    const data = { x: { shape: [n], data: new Float64Array(n).fill(0.1) } };
    const { loss, parameters } = train({ ...step, model: net, data });
    expect(Math.abs(loss[0] / Math.fround(0.1) - 1)).toBeLessThan(1e-6);
    expect(Math.abs((1 - parameters.w.data[0]) / Math.fround(0.1) - 1)).toBeLessThan(1e-6);
  });
});
