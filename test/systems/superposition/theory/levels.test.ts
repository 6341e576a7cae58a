import { describe, expect, test } from "vitest";
import { populationObjective } from "../../../../src/systems/superposition/model/population.ts";
import { familyPoint } from "../../../../src/systems/superposition/theory/families.ts";
import { energyLevels, levelLoss, nearestLevel } from "../../../../src/systems/superposition/theory/levels.ts";

describe("energy levels", () => {
  test("at c = 6 there are 18, with the tabulated values", () => {
    expect(energyLevels(6).map(({ label, phi, loss }) => [label, phi, Number(loss.toFixed(6))])).toEqual([
      ["4", 0, 0.111111],
      ["4+", 0, 0.104167],
      ["4++", 0, 0.097222],
      ["3", 1, 0.166667],
      ["3+", 1, 0.159722],
      ["3++", 1, 0.152778],
      ["2", 2, 0.222222],
      ["2+", 2, 0.215278],
      ["2++", 2, 0.208333],
      ["1", 3, 0.277778],
      ["1+", 3, 0.270833],
      ["1++", 3, 0.263889],
      ["0", 4, 0.333333],
      ["0+", 4, 0.326389],
      ["0++", 4, 0.319444],
      ["5", 0, 0.068744],
      ["5+", 0, 0.061799],
      ["6", 0, 0.048192],
    ]);
  });

  test.each([5, 6, 7, 8])("at c = %i every level is the population loss of its family", c => {
    const { loss } = populationObjective({ c, r: 2 });
    for (const { k, sigma, phi, loss: level } of energyLevels(c)) {
      const w = familyPoint(c, k + "+".repeat(sigma) + "-".repeat(phi), -0.5);
      expect(Math.abs(loss(w) - level)).toBeLessThan(2e-15);
    }
  });

  test("the levels quoted at c = 5, 7 and 8", () => {
    const quoted: [c: number, live: number, sigma: number, loss: number][] = [
      [5, 5, 0, 0.0158256271],
      [6, 5, 0, 0.0687435781],
      [6, 5, 1, 0.0617991337],
      [6, 6, 0, 0.048192376],
      [7, 5, 0, 0.10654211],
      [7, 6, 0, 0.0889268],
      [7, 6, 1, 0.08382476],
      [7, 7, 0, 0.08327119],
      [8, 7, 0, 0.11452896],
      [8, 7, 1, 0.11062271],
      [8, 8, 0, 0.11554593],
    ];
    for (const [c, live, sigma, loss] of quoted)
      expect(Math.abs(levelLoss({ c, live, sigma }) - loss)).toBeLessThan(loss > 0.08 ? 5.1e-9 : 5.1e-11);
  });

  test("a positive vestigial bias lowers the loss by exactly 1/(4 c^2)", () => {
    expect(
      Math.abs(levelLoss({ c: 6, live: 5, sigma: 0 }) - levelLoss({ c: 6, live: 5, sigma: 1 }) - 1 / 144),
    ).toBeLessThan(1e-16);
  });

  test("with three features the triangle takes the place of the 4-gon", () => {
    expect(energyLevels(3).map(({ label, k, loss }) => [label, k, loss])).toEqual([
      ["3", 3, 0],
      ["2", 3, 1 / 9],
      ["1", 3, 2 / 9],
      ["0", 3, 1 / 3],
    ]);
  });

  test("the nearest level is the one at the smallest distance", () => {
    const losses = energyLevels(7).map(({ loss }) => loss);
    for (let loss = 0; loss < 0.4; loss += 0.0037) {
      const { level, gap } = nearestLevel(7, loss);
      expect(gap).toBe(Math.abs(loss - level.loss));
      expect(gap).toBe(Math.min(...losses.map(other => Math.abs(loss - other))));
    }
  });

  test.each([2, 0, 5.5, Number.NaN])("c = %d is refused", c => {
    expect(() => energyLevels(c)).toThrow(/^c is/);
  });
});
