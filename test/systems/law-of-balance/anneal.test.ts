import { expect, test } from "vitest";
import { sweepTable } from "../../../src/systems/anneal.ts";
import { annealBalance } from "../../../src/systems/law-of-balance/anneal.ts";
import { gammaLaw } from "../../../src/systems/law-of-balance/theory.ts";
import { orderOfTransition } from "../../../src/transitions/order/index.ts";
import { branch, swept } from "../swept.ts";

const law = { a3: 1, b1: 1, b2: 0.1 };

test("walkers carried through the temperature: the mean of the Gamma law, and zero above T_c", () => {
  const records = swept(annealBalance, { from: 0.01, to: 0.15, values: 8, steps: 1500, walkers: 200 });
  for (const { control, order, variance, dead } of branch(records, "up")) {
    const { mean, variance: spread } = gammaLaw(law, control as number, 0);
    // Four standard errors, and what walkers that are still on their way to zero leave near T_c.
    const slack = 4 * Math.sqrt((variance as number) / 200) + 0.003;
    expect(Math.abs((order as number) - mean), `T = ${control}`).toBeLessThan(slack);
    if ((control as number) < 0.08) expect(Math.abs((variance as number) / spread - 1)).toBeLessThan(0.4);
    if ((control as number) > 0.12) expect(dead).toBeGreaterThan(0.9);
  }
  const { verdict, where } = orderOfTransition(sweepTable(records));
  expect(verdict).toBe("continuous");
  expect(Math.abs((where?.control as number) - 0.1)).toBeLessThan(0.03);
});

test("weight decay takes the place of the noise: the mean vanishes at gamma = b2 - T a3", () => {
  const up = branch(
    swept(annealBalance, {
      control: "gamma",
      eta: 0.02,
      from: 0,
      to: 0.15,
      values: 4,
      steps: 1500,
      walkers: 200,
    }),
    "up",
  );
  for (const { control, order, variance } of up) {
    const { mean } = gammaLaw(law, 0.02, control as number);
    expect(Math.abs((order as number) - mean), `gamma = ${control}`).toBeLessThan(
      4 * Math.sqrt((variance as number) / 200) + 0.003,
    );
  }
});
