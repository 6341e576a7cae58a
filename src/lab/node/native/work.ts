import type { Plan } from "../../../engine/lower/plan.ts";
import { instructionsOf } from "../../../engine/lower/region.ts";
import type { Step } from "../../../engine/lower/steps.ts";

/** Operations of WebAssembly in a millisecond, roughly: vectors of four at a few GHz, less what memory costs. */
const OPERATIONS = 1e7;

/** About how many milliseconds a step of all chains takes as WebAssembly. */
export const stepTime = ({ steps, lanes, chains }: Plan): number =>
  (steps.reduce((sum, step) => sum + operations(step), 0) * (lanes === "chains" ? 1 : chains)) / OPERATIONS;

const operations = (step: Step): number => {
  switch (step.kind) {
    case "region":
      return step.region.axes.reduce((points, length) => points * length, instructionsOf(step.region).length);
    case "matmul":
      return 2 * step.stack * step.m * step.n * step.k;
    case "scatterAdd":
      return step.values.size;
    case "random":
      return 50 * step.out.size;
  }
};

/**
 * About how many milliseconds compiling takes, by the instructions of loops and by the other steps: within a factor of 2 of what GCC 12 took on one processor for programs of 2 to 1127 instructions.
 * How long the first program takes corrects it for the next.
 */
export const compileTime = ({ steps }: Plan): number =>
  steps.reduce(
    (sum, step) =>
      sum + (step.kind === "region" ? 0.5 * (instructionsOf(step.region).length + step.region.stores.length) : 25),
    100,
  );
