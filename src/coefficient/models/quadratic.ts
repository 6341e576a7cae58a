import { stream } from "../../numerics/stream.ts";
import { regular } from "../exact/regular.ts";
import type { ExactModel } from "./exact-model.ts";
import { reflectedMap } from "./reflected-map.ts";
import { regressionModel } from "./regression-model.ts";

/** A regular model of rank r with d - r flat directions, at a random point. */
const quadratic = (dimension: number, rank: number, minibatches = false): ExactModel =>
  regressionModel({
    name: `quadratic-${dimension}-rank-${rank}`,
    family: "quadratic",
    map: () => reflectedMap(dimension, rank),
    point(size) {
      const w = new Float64Array(size);
      stream({ seed: 0, purpose: `quadratic ${dimension}` }).normals(w);
      return w;
    },
    exact: regular({ dim: rank }),
    minibatches,
  });

export const quadraticModels = (): readonly ExactModel[] => [
  quadratic(1, 1),
  quadratic(2, 1),
  quadratic(4, 4, true),
  quadratic(10, 5),
  quadratic(20, 10, true),
  quadratic(50, 25),
  quadratic(100, 100),
  quadratic(100, 20, true),
  quadratic(200, 60),
];
