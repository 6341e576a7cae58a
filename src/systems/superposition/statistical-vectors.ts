import { type Fields, integer, number } from "../../contracts/field.ts";
import { answer, type VectorTable } from "../../contracts/system.ts";
import { invalid } from "../../errors.ts";
import { stream } from "../../numerics/stream.ts";
import { localChain, localMean } from "../../protocols/local-chain.ts";
import { classCrossing, LARGEST_TOP } from "../../protocols/tempered-curve.ts";
import { populationObjective } from "./model/population.ts";
import { dataCrossing, dataOccupancy, populationCurves } from "./posteriors.ts";
import { kgonPoint } from "./theory/kgon.ts";

/** Lengths of the chains of a local coefficient: standard errors of 0.03 to 0.08. */
const LOCAL = { chains: 8, burnIn: 1000, draws: 4000, steps: 16 };

const c = integer("features", { min: 3 });
const posterior = {
  c,
  priorStd: number("standard deviation of the prior", { above: 0 }),
  hullTol: number("columns up to this length are no hull vertices; 0 when absent", { min: 0, optional: true }),
} as const satisfies Fields;
const dataPosterior = {
  ...posterior,
  kappa: number("weight of the unhalved loss in the log likelihood", { above: 0 }),
  nDatasets: integer("datasets to average over", { min: 1 }),
} as const satisfies Fields;

const vertices = integer("hull vertices", { min: 0 });
const classes = { k: { kind: "list", of: vertices, summary: "numbers of hull vertices asked for" } } as const;
const transition = { from: vertices, to: vertices } as const;

/** Answers that are Monte Carlo estimates; the same input and seed make the same answer. */
export const statisticalVectors = (seed: number): VectorTable => ({
  "local-coefficient": answer(
    {
      k: integer("vertices", { min: 3 }),
      c,
      sigma: integer("positive vestigial biases", { min: 0 }),
      vestigialBias: number("bias of the other vestigial features"),
      nBeta: number("weight of the loss", { above: 0 }),
      gamma: number("pull of the localiser", { above: 0 }),
    },
    ({ nBeta, gamma, ...placement }) => {
      const centre = kgonPoint({ ...placement, rotation: 0 });
      const chains = Array.from({ length: LOCAL.chains }, (_, chain) =>
        localChain({
          ...LOCAL,
          objective: populationObjective({ c: placement.c, r: 2 }),
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
    { ...posterior, A: number("weight of the loss", { min: 0, max: LARGEST_TOP }), ...classes },
    ({ c, priorStd, hullTol = 0, A, k }) => {
      checkVertices({ k }, c);
      const { occupancy, meanLoss } = populationCurves({ c, priorStd, hullTol, seed })(A).at(A);
      return { occupancy: k.map(count => occupancy[count]), meanLoss };
    },
  ),

  "population-crossing": answer({ ...posterior, ...transition }, ({ c, priorStd, hullTol = 0, from, to }) => {
    checkVertices({ from, to }, c);
    return { A: classCrossing(populationCurves({ c, priorStd, hullTol, seed }), { from, to }) };
  }),

  "data-occupancy": answer(
    { ...dataPosterior, n: integer("samples", { min: 1 }), ...classes },
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
