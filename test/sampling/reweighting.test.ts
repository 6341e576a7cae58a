import { describe, expect, test } from "vitest";
import { stream } from "../../src/numerics/stream.ts";
import { reweighting } from "../../src/sampling/reweighting.ts";

describe("reweighting", () => {
  // Losses with prior density (L + 1) e^-L: at nBeta they are a mixture of Gamma laws with rate 1 + nBeta. The class of a draw
  // is 1 when the loss is above 1, and both its share and the mean are integrals in closed form.
  const random = stream({ seed: 5, purpose: "losses" });
  const exponential = () => -Math.log(1 - random.uniform());
  const draw = (nBeta: number): number => {
    const rate = 1 + nBeta;
    // Masses of e^(-rate L) and of L e^(-rate L) are 1 / rate and 1 / rate^2.
    const isLonger = random.uniform() < 1 / (rate + 1);
    return (exponential() + (isLonger ? exponential() : 0)) / rate;
  };
  const rungs = [0, 1, 2.5, 5].map(nBeta => {
    const losses = Array.from({ length: 20_000 }, () => draw(nBeta));
    return { nBeta, losses, classes: losses.map(loss => (loss > 1 ? 1 : 0)) };
  });
  const at = reweighting(rungs, 2);

  test.each([0, 0.5, 1, 2, 3.5, 5])("mean loss and class shares at nBeta = %d, on a rung or between two", nBeta => {
    const rate = 1 + nBeta;
    const whole = 1 / rate + 1 / rate ** 2;
    const mean = (1 / rate ** 2 + 2 / rate ** 3) / whole;
    const above = (Math.exp(-rate) * (1 / rate + 1 / rate + 1 / rate ** 2)) / whole;
    const { occupancy, meanLoss } = at(nBeta);
    // Four standard errors of 20 000 draws.
    expect(Math.abs(meanLoss - mean)).toBeLessThan(4 * Math.sqrt(2 / 20_000) * mean);
    expect(Math.abs(occupancy[1] - above)).toBeLessThan(4 * Math.sqrt((above * (1 - above)) / 20_000));
    expect(occupancy[0] + occupancy[1]).toBeCloseTo(1, 12);
  });
});
