import { expect, test } from "vitest";
import { figures } from "../../../src/systems/law-of-balance/figures/index.ts";
import { lawOfBalance } from "../../../src/systems/law-of-balance/index.ts";
import { imbalances } from "../../../src/systems/law-of-balance/studies.ts";
import { testExhibits } from "../../support/exhibits-draw.ts";
import { shortRun } from "../../support/short-run.ts";

testExhibits(
  figures,
  shortRun(lawOfBalance, {
    steps: 50,
    walkers: 3,
    burnIn: 20,
    every: 10,
    values: 4,
    noises: 2,
    temperatures: 3,
    time: 10,
  }),
);

test("u^2 - w^2: descent keeps it to second order in the step, isotropic noise moves it, SGD takes it away at T C0", () => {
  const run = shortRun(lawOfBalance);
  const end = (noise: keyof typeof imbalances): number => imbalances[noise].of(run, "final")[0].difference;
  expect(Math.abs(end("none") - 1.4)).toBeLessThan(1e-3);
  expect(Math.abs(end("isotropic") - 1.4)).toBeGreaterThan(0.01);
  // exp(-0.04 x 60), and 6000 draws of a squared Gaussian scatter ln by 0.04 sqrt(2 / 6000) x 60.
  expect(Math.abs(Math.log(end("sgd") / 1.4) + 2.4)).toBeLessThan(0.2);
});
