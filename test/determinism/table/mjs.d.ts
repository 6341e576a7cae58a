/** The examples, which are plain JavaScript. */
declare module "*.mjs" {
  export const experiment: import("../../../src/experiments/experiment.ts").Experiment;
}
