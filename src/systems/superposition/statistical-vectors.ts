import type { Fields } from "../../contracts/field.ts";
import { answer, type VectorTable } from "../../contracts/system.ts";
import { invalid } from "../../errors.ts";
import { stream } from "../../numerics/stream.ts";
import { dataCrossing, dataOccupancy } from "./posterior/data-occupancy.ts";
import { localChain, localMean } from "./posterior/local-coefficient.ts";
import { populationCrossing, populationCurve } from "./posterior/population-curve.ts";
import { kgonPoint } from "./theory/kgon.ts";

/** Lengths of the chains of a local coefficient: standard errors of 0.03 to 0.08. */
const LOCAL = { chains: 8, burnIn: 1000, draws: 4000, steps: 16 };

const c = { kind: "integer", summary: "features", min: 3 } as const;
const posterior = {
  c,
  priorStd: { kind: "number", above: 0, summary: "standard deviation of the prior" },
  hullTol: {
    kind: "number",
    min: 0,
    optional: true,
    summary: "columns up to this length are no hull vertices; 0 when absent",
  },
} as const satisfies Fields;
const dataPosterior = {
  ...posterior,
  kappa: { kind: "number", above: 0, summary: "weight of the unhalved loss in the log likelihood" },
  nDatasets: { kind: "integer", min: 1, summary: "datasets to average over" },
} as const satisfies Fields;

const vertices = { kind: "integer", min: 0, summary: "hull vertices" } as const;
const classes = { k: { kind: "list", of: vertices, summary: "numbers of hull vertices asked for" } } as const;
const transition = { from: vertices, to: vertices } as const;

/** Answers that are Monte Carlo estimates; the same input and seed make the same answer. */
export const statisticalVectors = (seed: number): VectorTable => ({
  "local-coefficient": answer(
    {
      k: { kind: "integer", summary: "vertices", min: 3 },
      c,
      sigma: { kind: "integer", summary: "positive vestigial biases", min: 0 },
      vestigialBias: { kind: "number", summary: "bias of the other vestigial features" },
      nBeta: { kind: "number", above: 0, summary: "weight of the loss" },
      gamma: { kind: "number", above: 0, summary: "pull of the localiser" },
    },
    ({ nBeta, gamma, ...placement }) => {
      const centre = kgonPoint({ ...placement, rotation: 0 });
      const chains = Array.from({ length: LOCAL.chains }, (_, chain) =>
        localChain({
          ...LOCAL,
          c: placement.c,
          centre,
          nBeta,
          gamma,
          random: purpose => stream({ seed, chain, purpose: `local coefficient ${purpose}` }),
        }),
      );
      return localMean(chains);
    },
  ),

  "population-occupancy": answer(
    { ...posterior, A: { kind: "number", min: 0, summary: "weight of the loss" }, ...classes },
    ({ c, priorStd, hullTol = 0, A, k }) => {
      checkVertices({ k }, c);
      const { occupancy, meanLoss } = populationCurve({ c, priorStd, hullTol, seed }, A).at(A);
      return { occupancy: k.map(count => occupancy[count]), meanLoss };
    },
  ),

  "population-crossing": answer({ ...posterior, ...transition }, ({ c, priorStd, hullTol = 0, from, to }) => {
    checkVertices({ from, to }, c);
    return { A: populationCrossing({ c, priorStd, hullTol, seed }, { from, to }) };
  }),

  "data-occupancy": answer(
    { ...dataPosterior, n: { kind: "integer", min: 1, summary: "samples" }, ...classes },
    ({ c, priorStd, hullTol = 0, kappa, nDatasets, n, k }) => {
      checkVertices({ k }, c);
      const { occupancy, standardError } = dataOccupancy({ c, priorStd, hullTol, seed, kappa, datasets: nDatasets, n });
      return {
        meanOccupancy: k.map(count => occupancy[count]),
        standardError: k.map(count => standardError[count]),
      };
    },
  ),

  "data-crossing": answer(
    { ...dataPosterior, ...transition },
    ({ c, priorStd, hullTol = 0, kappa, nDatasets, from, to }) => {
      checkVertices({ from, to }, c);
      return { n: dataCrossing({ c, priorStd, hullTol, seed, kappa, datasets: nDatasets }, { from, to }) };
    },
  ),
});

/** Hull vertices that there can be among c features. */
const checkVertices = (given: { readonly [name: string]: number | readonly number[] }, c: number): void => {
  for (const [name, value] of Object.entries(given))
    for (const [i, count] of [value].flat().entries())
      if (count > c)
        throw invalid(typeof value === "number" ? name : `${name}[${i}]`, count, `hull vertices, at most c = ${c}`);
};
