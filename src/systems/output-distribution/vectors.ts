import { integer, list, matrix, number, numbers } from "../../contracts/field.ts";
import type { Json } from "../../contracts/json.ts";
import { answer, type VectorTable } from "../../contracts/system.ts";
import { invalid } from "../../errors.ts";
import {
  dissimilarity,
  findPeaks,
  measureNames,
  plugIn,
  sampleScan,
  scoredFrom,
  segmentScan,
} from "../../transitions/dissimilarity/index.ts";
import { checkDistribution, checkSameLength } from "../../transitions/dissimilarity/measures.ts";
import { checkProbes, probeMeans, probeScan } from "../../transitions/dissimilarity/probes.ts";
import { L, wholeScan } from "./theory/index.ts";

const P = matrix("a distribution in a row for each value of the control");
const counts = list("how often each outcome was seen", integer("count", { min: 0 }), { least: 1 });
const segment = integer("values of the control in a segment", { min: 1 });

/** What the instrument itself answers. */
export const outputVectors: VectorTable = {
  dissimilarity: answer({ p: numbers("distribution"), q: numbers("distribution") }, ({ p, q }) => dissimilarity(p, q)),

  segmentScan: answer({ P, T: numbers("values of the control"), L }, ({ P, T, L }) => {
    if (P.length !== T.length) throw invalid("the length of P", P.length, `${T.length} rows, as there are values`);
    return Object.fromEntries(L.map(each => [each, wholeScan(segmentScan(P, T, each))]));
  }),

  sampleEstimator: answer(
    {
      P,
      samples: list("outcomes drawn at a value", list("outcome", integer("index", { min: 0 }), { least: 1 })),
      L: segment,
    },
    ({ P, samples, L }) => {
      P.forEach((p, k) => {
        checkDistribution(`P[${k}]`, p);
        checkSameLength(P[0], p);
      });
      if (samples.length !== P.length)
        throw invalid("the length of samples", samples.length, `${P.length}, as P has rows`);
      samples.forEach((list, a) => {
        const wrong = list.find(outcome => !(outcome < P[a].length && P[a][outcome] > 0));
        if (wrong !== undefined) throw invalid(`samples[${a}]`, wrong, "outcomes of positive probability");
      });
      return sampleScan(scoredFrom(P, samples), L);
    },
  ),

  plugin: answer({ left: counts, right: counts }, ({ left, right }) => plugIn(left, right)),

  conditional: answer(
    { probs: list("distributions given each probe, a table for each value of the control", P, { least: 2 }), L },
    ({ probs, L }) => {
      const T = probs.map((_, k) => k);
      checkProbes(probs, T);
      return Object.fromEntries(
        L.map(each => {
          const { perProbe, splits } = probeScan(probs, T, each);
          const means = measureNames.map(name => [name, probeMeans(perProbe[name])] as const);
          return [
            each,
            splits.map((_, i) => Object.fromEntries(means.map(([name, values]) => [name, values[i].value]))),
          ];
        }),
      );
    },
  ),

  peaks: answer(
    {
      D: numbers("values of a scan", { least: 1 }),
      se: { kind: "json", summary: "standard error of all values, or of each" },
      floor: number("value where nothing changes"),
      z: number("standard errors that a peak stands out by", { min: 0 }),
      minSep: integer("least distance of two peaks", { min: 0 }),
    },
    ({ D, se, ...options }) => ({ rows: findPeaks(D, { ...options, se: readErrors(se) }) }),
  ),
};

const readErrors = (se: Json): number | readonly number[] => {
  const isError = (value: Json): value is number => typeof value === "number" && value >= 0 && value < Infinity;
  if (isError(se)) return se;
  if (!Array.isArray(se) || !se.every(isError)) throw invalid("se", se, "a standard error, or one for each value");
  return se as readonly number[];
};
