import type { JsonObject } from "../../contracts/json.ts";
import type { VectorTable } from "../../contracts/system.ts";
import { invalid } from "../../errors.ts";
import { stream } from "../../numerics/stream.ts";
import { readInteger, readNotNegative, readNumber, readNumbers, readPositive } from "../vector-input.ts";
import { dataCrossing, dataOccupancy } from "./posterior/data-occupancy.ts";
import { localChain, localMean } from "./posterior/local-coefficient.ts";
import { populationCrossing, populationCurve } from "./posterior/population-curve.ts";
import { kgonPoint } from "./theory/kgon.ts";

/** Of a local coefficient: standard errors of 0.03 to 0.08. */
const LOCAL = { chains: 8, burnIn: 1000, draws: 4000, steps: 16 };

/** Answers that are Monte Carlo estimates; the same input and seed make the same answer. */
export const statisticalVectors = (seed: number): VectorTable => ({
  "local-coefficient": input => {
    const c = readInteger(input, "c", 3);
    const centre = kgonPoint({
      k: readInteger(input, "k", 3),
      c,
      sigma: readInteger(input, "sigma", 0),
      vestigialBias: readNumber(input, "vestigialBias"),
      rotation: 0,
    });
    const nBeta = readPositive(input, "nBeta");
    const gamma = readPositive(input, "gamma");
    const chains = Array.from({ length: LOCAL.chains }, (_, chain) =>
      localChain({
        ...LOCAL,
        c,
        centre,
        nBeta,
        gamma,
        random: purpose => stream({ seed, chain, purpose: `local coefficient ${purpose}` }),
      }),
    );
    return { ...localMean(chains) };
  },

  "population-occupancy": input => {
    const posterior = readPosterior(input, seed);
    const { occupancy, meanLoss } = populationCurve(posterior, readNotNegative(input, "A")).at(readNumber(input, "A"));
    return { occupancy: readClasses(input, posterior.c).map(k => occupancy[k]), meanLoss };
  },

  "population-crossing": input => {
    const posterior = readPosterior(input, seed);
    return { A: populationCrossing(posterior, readTransition(input, posterior.c)) };
  },

  "data-occupancy": input => {
    const posterior = readDataPosterior(input, seed);
    const { occupancy, standardError } = dataOccupancy({ ...posterior, n: readInteger(input, "n", 1) });
    const classes = readClasses(input, posterior.c);
    return { meanOccupancy: classes.map(k => occupancy[k]), standardError: classes.map(k => standardError[k]) };
  },

  "data-crossing": input => {
    const posterior = readDataPosterior(input, seed);
    return { n: dataCrossing(posterior, readTransition(input, posterior.c)) };
  },
});

const readPosterior = (input: JsonObject, seed: number) => ({
  c: readInteger(input, "c", 3),
  priorStd: readPositive(input, "priorStd"),
  hullTol: input.hullTol === undefined ? 0 : readNotNegative(input, "hullTol"),
  seed,
});

const readDataPosterior = (input: JsonObject, seed: number) => ({
  ...readPosterior(input, seed),
  kappa: readPositive(input, "kappa"),
  datasets: readInteger(input, "nDatasets", 1),
});

/** The numbers of hull vertices asked for. */
const readClasses = (input: JsonObject, c: number): number[] =>
  [...readNumbers(input, "k")].map((k, i) => checkVertices(`k[${i}]`, k, c));

const readTransition = (input: JsonObject, c: number) => ({
  from: checkVertices("from", readNumber(input, "from"), c),
  to: checkVertices("to", readNumber(input, "to"), c),
});

const checkVertices = (name: string, k: number, c: number): number => {
  if (!Number.isInteger(k) || k < 0 || k > c) throw invalid(name, k, `a number of hull vertices from 0 to c = ${c}`);
  return k;
};
