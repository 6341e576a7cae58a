import { allModels } from "../../src/coefficient/models/index.ts";
import { toNumber } from "../../src/numerics/fraction.ts";
import { moreModels } from "./more-models.ts";

/** The models of the benchmark: those of src/coefficient/models, and those of more-models.ts. `truth`: the exact coefficient. */
export const models = [
  ...allModels().map(model => Object.assign(model, { truth: toNumber(model.lambda), more: false })),
  ...moreModels().map(model => Object.assign(model, { more: true })),
];
