/** The examples, which are plain JavaScript. */
declare module "*.mjs" {
  export const experiment: import("../../../src/models/experiment.ts").Experiment;
}
