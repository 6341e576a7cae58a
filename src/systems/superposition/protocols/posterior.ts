import { choice, number } from "../../../contracts/field.ts";
import { stream } from "../../../numerics/stream.ts";
import { temperedPosterior } from "../../../protocols/tempered-posterior.ts";
import { classOfDraw, positiveBiasesOf, verticesOf } from "../draw-class.ts";
import { drawDataset } from "../model/dataset.ts";
import { empiricalObjective } from "../model/empirical.ts";
import { populationObjective } from "../model/population.ts";
import { controls } from "./controls.ts";

/** Where the loss comes from. */
const sources = ["own", "shared", "population"] as const;

/**
 * The source's Bayesian experiment: the posterior exp(-kappa n L_n(w)) N(w; 0, priorStd^2 I) in the plane, by parallel tempering. With the
 * population loss in the place of L_n there are no data, and kappa n is all that n means.
 */
export const posterior = temperedPosterior({
  summary: "sample the posterior by parallel tempering and count polygons",
  settings: {
    c: controls.c,
    n: controls.n,
    kappa: { ...controls.kappa, default: 0.5 },
    data: choice("samples of its own for each chain, the same for all, or none: the population loss", sources, {
      default: "own",
    }),
    hullTol: number("columns up to this length are no vertices", { default: 0, min: 0, max: 10 }),
  },
  small: { n: 100 },
  objective({ c, n, data }, { seed, chain }) {
    if (data === "population") return populationObjective({ c, r: 2 });
    const dataset = stream({ seed, chain: data === "own" ? chain : 0, purpose: "dataset" });
    return empiricalObjective(drawDataset(dataset, { c, n }), 2);
  },
  nBeta: ({ kappa, n }) => kappa * n,
  classOf: ({ c, hullTol }, w) => classOfDraw(w, c, hullTol),
  counts: {
    occupancy: { array: "vertices", of: (drawClass, { c }) => verticesOf(drawClass, c), most: ({ c }) => c },
    sigma: { array: "positiveBiases", of: (drawClass, { c }) => positiveBiasesOf(drawClass, c), most: ({ c }) => c },
  },
});
