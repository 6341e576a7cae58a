import { expect, test } from "vitest";
import { healthFrom } from "../../src/contracts/health.ts";

test("the worst sign is the health of all; what is good says nothing", () => {
  const finding = (outcome: "good" | "doubtful" | "bad" | "undefined") => ({
    name: outcome,
    outcome,
    text: `it is ${outcome}`,
  });
  const health = (...outcomes: readonly ("good" | "doubtful" | "bad" | "undefined")[]) => {
    const { outcome, text } = healthFrom(outcomes.map(finding));
    return [outcome, text];
  };
  expect(health("good", "good")).toEqual(["good", "no complaint"]);
  expect(health("good", "doubtful")).toEqual(["doubtful", "it is doubtful"]);
  expect(health("doubtful", "bad", "good")).toEqual(["bad", "it is doubtful\nit is bad"]);
  expect(health("undefined", "bad")[0]).toBe("undefined");
});
