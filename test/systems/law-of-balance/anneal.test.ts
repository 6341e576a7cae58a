import { expect, test } from "vitest";
import { sweepTable } from "../../../src/protocols/anneal.ts";
import { branch } from "../../../src/protocols/records.ts";
import { balanceAnneal } from "../../../src/systems/law-of-balance/learner.ts";
import { gammaLaw } from "../../../src/systems/law-of-balance/theory/stationary.ts";
import { orderOfTransition } from "../../../src/transitions/order/index.ts";
import { recordsOfKind } from "../../support/records-of-kind.ts";

const law = { a3: 1, b1: 1, b2: 0.1 };

test("walkers carried through the temperature: the mean of the Gamma law, and zero above T_c", () => {
  const records = recordsOfKind(balanceAnneal, "sweep", { from: 0.01, to: 0.15, values: 8, steps: 1500, walkers: 200 });
  for (const { control, order, variance, dead } of branch(records, "up")) {
    const { mean, variance: spread } = gammaLaw(law, control, 0);
    // Four standard errors, and what walkers that are still on their way to zero leave near T_c.
    const slack = 4 * Math.sqrt(variance / 200) + 0.003;
    expect(Math.abs(order - mean), `T = ${control}`).toBeLessThan(slack);
    if (control < 0.08) expect(Math.abs(variance / spread - 1)).toBeLessThan(0.4);
    if (control > 0.12) expect(dead).toBeGreaterThan(0.9);
  }
  const { verdict, where } = orderOfTransition(sweepTable(records));
  expect(verdict).toBe("continuous");
  expect(Math.abs((where?.control as number) - 0.1)).toBeLessThan(0.03);
});

test("weight decay takes the place of the noise: the mean vanishes at gamma = b2 - T a3", () => {
  const up = branch(
    recordsOfKind(balanceAnneal, "sweep", {
      control: "weightDecay",
      stepSize: 0.02,
      from: 0,
      to: 0.15,
      values: 4,
      steps: 1500,
      walkers: 200,
    }),
    "up",
  );
  for (const { control, order, variance } of up) {
    const { mean } = gammaLaw(law, 0.02, control);
    expect(Math.abs(order - mean), `gamma = ${control}`).toBeLessThan(4 * Math.sqrt(variance / 200) + 0.003);
  }
});
