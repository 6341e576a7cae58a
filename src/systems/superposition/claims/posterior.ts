import type { Claim, Comparison, Evidence } from "../../../contracts/claim.ts";
import type { RunRecord } from "../../../contracts/protocol.ts";
import { log } from "../../../numerics/elementary.ts";
import { mean } from "../../../numerics/statistics.ts";
import { earlierData, earlierPopulation } from "../earlier-posteriors.ts";
import { transitionSize } from "../theory/critical-size.ts";
import { logEvidence } from "../theory/free-energy.ts";
import { jackknifeComparison, meanComparison } from "./estimates.ts";

/** Studies of the population posterior, by c; nBeta reaches 500 at c = 6 and 200 below. */
export const populationStudies: { readonly [c: number]: string } = {
  4: "posterior-c4",
  5: "posterior-c5",
  6: "posterior-c6",
};

/** Studies of the posterior given n samples: kappa = 1/2 is "half", kappa = 1 "one". */
export const dataStudy = (kappa: 0.5 | 1, n: number, c = 6): string =>
  `posterior-${c === 6 ? "" : `c${c}-`}${kappa === 1 ? "one" : "half"}-${n}`;
/** The two sizes that the crossing is placed by in short reproductions. */
export const CROSSING_HALF = [600, 800] as const;
export const SIZES_HALF = [400, 500, 600, 700, 800, 900] as const;
export const SIZES_HALF_C5 = [100, 150, 200, 250, 300] as const;
export const SIZES_ONE = [300, 350, 400, 450, 500] as const;

interface CurvePoint {
  readonly nBeta: number;
  readonly occupancy: readonly number[];
  readonly meanLoss: number;
}
type Curve = readonly CurvePoint[];

const curves = (evidence: Evidence, study: string): Curve[] =>
  evidence.records(study, "final").map(({ curve }) => curve as unknown as Curve);

const pointOf = (curve: Curve, nBeta: number): CurvePoint =>
  curve.reduce((best, point) => (Math.abs(point.nBeta - nBeta) < Math.abs(best.nBeta - nBeta) ? point : best));

const populationComparisons = (evidence: Evidence, c: number): Comparison[] => {
  const all = curves(evidence, populationStudies[c]);
  return earlierPopulation[c].flatMap(({ A, occupancy, meanLoss }) => [
    ...occupancy.map((predicted, i) =>
      meanComparison(
        `k = ${i + 3} at kappa n = ${A}`,
        all.map(curve => pointOf(curve, A).occupancy[i + 3]),
        { predicted, tolerance: 0.03 },
      ),
    ),
    meanComparison(
      `E[L] at kappa n = ${A}`,
      all.map(curve => pointOf(curve, A).meanLoss),
      { predicted: meanLoss, tolerance: 0.002 },
    ),
  ]);
};

/** Where the mean share of `to` overtakes that of `from`, on straight lines between the points of the curves. */
const crossingOf =
  (from: number, to: number) =>
  (all: readonly Curve[]): number => {
    const lead = all[0].map((point, i) => {
      const lead = mean(all.map(curve => curve[i].occupancy[to] - curve[i].occupancy[from]));
      return { at: point.nBeta, lead };
    });
    return lineCrossing(lead);
  };

/** The last upward crossing of 0 on a broken line; beyond the last point on the line of the last two. */
const lineCrossing = (points: readonly { readonly at: number; readonly lead: number }[]): number => {
  for (let i = points.length - 2; i >= 0; i--) {
    const [a, b] = [points[i], points[i + 1]];
    if ((a.lead <= 0 && b.lead > 0) || points.length === 2) return a.at - (a.lead * (b.at - a.at)) / (b.lead - a.lead);
  }
  return Number.NaN;
};

/** Occupancies of the datasets that all of the sizes have, a list for each dataset. */
const datasets = (evidence: Evidence, studies: readonly string[]): number[][][] => {
  const bySize = studies.map(study => new Map(evidence.records(study, "final").map(record => [record.chain, record])));
  return [...bySize[0].keys()]
    .filter(chain => bySize.every(records => records.has(chain)))
    .map(chain => bySize.map(records => occupancyOf(records.get(chain)!)));
};

const occupancyOf = ({ occupancy }: RunRecord): number[] => occupancy as unknown as number[];

const dataCrossing = (
  evidence: Evidence,
  { c = 6, kappa, sizes }: { readonly c?: number; readonly kappa: 0.5 | 1; readonly sizes: readonly number[] },
  predicted: readonly [number, number],
): Comparison =>
  jackknifeComparison(
    `sampled crossing ${c - 1} -> ${c}, kappa = ${kappa}`,
    datasets(
      evidence,
      sizes.map(n => dataStudy(kappa, n, c)),
    ),
    members => {
      const lead = (i: number) => mean(members.map(occupancies => occupancies[i][c] - occupancies[i][c - 1]));
      return lineCrossing(sizes.map((n, i) => ({ at: n, lead: lead(i) })));
    },
    { predicted },
  );

/** Published arithmetic: levels, coefficients and norms only. */
const theoreticalSize = (kappa: number, predicted: number): Comparison => ({
  quantity: `free-energy formula, kappa = ${kappa}`,
  measured: transitionSize({ c: 6, from: "5", to: "6", table: "published", kappa }).n ?? Number.NaN,
  predicted,
  tolerance: 0.02,
});

const REFINED = [200, 250, 300, 350, 400];

export const posteriorClaims: readonly Claim[] = [
  ...[4, 5, 6].map(
    (c): Claim => ({
      id: `population-occupancy-c${c}`,
      where: c === 6 ? "Fig. 2: posterior proportion of each k, c = 6" : `appendix: posterior proportions, c = ${c}`,
      statement:
        c === 6
          ? "With growing kappa n the posterior moves from the 4-gon over a broad hump of the 5-gon to the 6-gon."
          : `With growing kappa n the posterior moves to the ${c}-gon.`,
      routes: {
        measured: "parallel tempering on the population loss, all temperatures reweighted",
        predicted: "independent long runs",
      },
      studies: [populationStudies[c]],
      measure: evidence => populationComparisons(evidence, c),
    }),
  ),
  {
    id: "population-crossing-c6",
    where: "Fig. 2: the 6-gon overtakes the 5-gon",
    statement: "Without the noise of data the 6-gon overtakes the 5-gon at kappa n = 276.",
    routes: { measured: "parallel tempering on the population loss", predicted: "independent long runs" },
    studies: [populationStudies[6]],
    measure: evidence => [
      jackknifeComparison("kappa n at the crossing", curves(evidence, populationStudies[6]), crossingOf(5, 6), {
        predicted: 276,
        tolerance: 12,
      }),
    ],
  },
  {
    id: "population-crossing-c5",
    where: "appendix: posterior proportions, c = 5",
    statement: "At c = 5 the 5-gon overtakes the 4-gon at kappa n = 90.",
    routes: { measured: "parallel tempering on the population loss", predicted: "independent long runs" },
    studies: [populationStudies[5]],
    measure: evidence => [
      jackknifeComparison("kappa n at the crossing", curves(evidence, populationStudies[5]), crossingOf(4, 5), {
        predicted: 90,
        tolerance: 8,
      }),
    ],
  },
  {
    id: "refined-free-energy",
    where: "beyond the source: free energies with volume and multiplicity",
    statement: "The odds of 6-gon against 5-gon follow the free energies of both, with prior, volume and multiplicity.",
    routes: {
      measured: "parallel tempering on the population loss",
      predicted: "Laplace's method, closed form up to one integral",
    },
    studies: [populationStudies[6]],
    measure: evidence =>
      REFINED.map(nBeta => {
        const { pentagon, hexagon } = logEvidence(nBeta);
        return jackknifeComparison(
          `log odds at kappa n = ${nBeta}`,
          curves(evidence, populationStudies[6]),
          all => {
            const share = (k: number) => mean(all.map(curve => pointOf(curve, nBeta).occupancy[k]));
            return log(share(6) / share(5));
          },
          // What Laplace's method leaves out at these sizes.
          { predicted: hexagon - pentagon, tolerance: 0.6 },
        );
      }),
  },
  {
    id: "data-crossing-half",
    where: "Fig. 2: the observed change between n = 600 and 700",
    statement: "With unit observation noise (kappa = 1/2) the 6-gon overtakes the 5-gon between n = 585 and 745.",
    routes: { measured: "parallel tempering given samples, mean over datasets", predicted: "independent datasets" },
    studies: CROSSING_HALF.map(n => dataStudy(0.5, n)),
    measure: evidence => [dataCrossing(evidence, { kappa: 0.5, sizes: CROSSING_HALF }, [585, 745])],
  },
  {
    id: "data-occupancy-half",
    where: "Fig. 2: posterior proportion of each k against n",
    statement:
      "Given n samples with unit observation noise the 5-gon holds most of the posterior up to n of about 650.",
    routes: { measured: "parallel tempering given samples, mean over datasets", predicted: "16 independent datasets" },
    studies: SIZES_HALF.map(n => dataStudy(0.5, n)),
    measure: evidence =>
      SIZES_HALF.flatMap(n => {
        const finals = evidence.records(dataStudy(0.5, n), "final");
        return earlierData[n].map((predicted, i) =>
          meanComparison(
            `k = ${i + 4} at n = ${n}`,
            finals.map(record => occupancyOf(record)[i + 4]),
            { predicted, tolerance: 0.12 },
          ),
        );
      }),
  },
  {
    id: "data-crossing-c5",
    where: "appendix: posterior proportions, c = 5",
    statement: "At c = 5, with unit observation noise, the 5-gon overtakes the 4-gon at n of about 195.",
    routes: { measured: "parallel tempering given samples, mean over datasets", predicted: "independent datasets" },
    studies: SIZES_HALF_C5.map(n => dataStudy(0.5, n, 5)),
    measure: evidence => [dataCrossing(evidence, { c: 5, kappa: 0.5, sizes: SIZES_HALF_C5 }, [165, 225])],
  },
  {
    id: "four-critical-sizes",
    where: "critical size 601 against the observed 600 to 700",
    statement:
      "Sampled, 5 and 6 cross near 665 (kappa = 1/2) and 415 (kappa = 1); the formula of the source says 1316 and 601. That 601 meets the observed 600 to 700 rests on two neglected effects that cancel.",
    routes: {
      measured: "parallel tempering given samples; root of the free-energy difference",
      predicted: "independent datasets; published arithmetic",
    },
    studies: [...SIZES_HALF.map(n => dataStudy(0.5, n)), ...SIZES_ONE.map(n => dataStudy(1, n))],
    measure: evidence => [
      dataCrossing(evidence, { kappa: 0.5, sizes: SIZES_HALF }, [585, 745]),
      dataCrossing(evidence, { kappa: 1, sizes: SIZES_ONE }, [345, 485]),
      theoreticalSize(1, 601.005),
      theoreticalSize(0.5, 1316.47),
    ],
  },
];
