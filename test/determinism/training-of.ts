import type { Spec } from "../../src/lab/spec.ts";

/** The spec of `landau train <path> --seeds 4` for an example. */
export const trainingOf = (system: string): Spec => {
  const study = { name: "train", protocol: "train", chains: 4, chunk: 1, settings: {} };
  return { system, seed: 0, title: "train", studies: [study] };
};
