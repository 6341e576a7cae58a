import { type Claim, type Comparison, claim } from "../../../contracts/claim.ts";
import { jackknifeComparison, known, meanComparison, near } from "../../../contracts/comparisons.ts";
import type { RunView } from "../../../contracts/run-view.ts";
import { lastRise } from "../../../numerics/broken-line.ts";
import { log } from "../../../numerics/elementary.ts";
import { narrowed } from "../../../numerics/root.ts";
import { mean } from "../../../numerics/statistics.ts";
import { meanCrossing, pointNear, type RecordedCurve } from "../../../protocols/curve-records.ts";
import { earlierData, earlierPopulation } from "../earlier-posteriors.ts";
import { transitionSize } from "../theory/critical-size.ts";
import { logEvidence } from "../theory/free-energy.ts";
import { crossing, type DataPosterior, half, halfC5, one, populations } from "./studies.ts";

const curves = (run: RunView, c: keyof typeof populations): RecordedCurve[] =>
  populations[c].of(run, "final").map(({ curve }) => curve);

/** Shares below this are not compared: a margin that tells them apart would ask for far more draws. */
const RARE = 0.01;

const populationComparisons = (run: RunView, c: keyof typeof populations): Comparison[] => {
  const all = curves(run, c);
  return earlierPopulation[c].flatMap(({ A, occupancy, meanLoss }) => [
    ...occupancy.flatMap((predicted, i) =>
      predicted < RARE
        ? []
        : meanComparison(
            `k = ${i + 3} at kappa n = ${A}`,
            all.map(curve => pointNear(curve, A).occupancy[i + 3]),
            { predicted, tolerance: predicted < 0.1 ? 0.015 : 0.03 },
          ),
    ),
    meanComparison(
      `E[L] at kappa n = ${A}`,
      all.map(curve => pointNear(curve, A).meanLoss),
      { predicted: meanLoss, tolerance: 0.002 },
    ),
  ]);
};

/** Occupancies of the datasets that all of the sizes have, a list for each dataset. */
const datasets = (run: RunView, sizes: readonly DataPosterior[]): (readonly number[])[][] => {
  const bySize = sizes.map(({ study }) => new Map(study.of(run, "final").map(record => [record.chain, record])));
  return [...bySize[0].keys()]
    .filter(chain => bySize.every(records => records.has(chain)))
    .map(chain => bySize.map(records => records.get(chain)!.occupancy));
};

const dataCrossing = (
  run: RunView,
  sizes: readonly DataPosterior[],
  predicted: readonly [number, number],
): Comparison => {
  const [{ c, kappa }] = sizes;
  return jackknifeComparison(
    `sampled crossing ${c - 1} -> ${c}, kappa = ${kappa}`,
    datasets(run, sizes),
    members => {
      const ns = sizes.map(({ n }) => n);
      const leads = sizes.map((_, i) => mean(members.map(shares => shares[i][c] - shares[i][c - 1])));
      // Two sizes place the crossing on the line through both, also beyond them.
      if (ns.length === 2) return ns[0] - (leads[0] * (ns[1] - ns[0])) / (leads[1] - leads[0]);
      return lastRise(ns, leads) ?? Number.NaN;
    },
    { predicted },
  );
};

const studiesOf = (sizes: readonly DataPosterior[]) => sizes.map(({ study }) => study);

/** Published arithmetic: levels, coefficients and norms only. */
const theoreticalSize = (kappa: number, predicted: number): Comparison =>
  near(
    `free-energy formula, kappa = ${kappa}`,
    transitionSize({ c: 6, from: "5", to: "6", table: "published", kappa }).n ?? Number.NaN,
    predicted,
    0.5,
  );

/** Where the c-gon overtakes the (c - 1)-gon without the noise of data. */
const crossings = [
  {
    c: 6,
    where: "Fig. 2: the 6-gon overtakes the 5-gon",
    statement: "Without the noise of data the 6-gon overtakes the 5-gon at kappa n = 276.",
    predicted: 276,
    tolerance: 12,
  },
  {
    c: 5,
    where: "appendix: posterior proportions, c = 5",
    statement: "At c = 5 the 5-gon overtakes the 4-gon at kappa n = 90.",
    predicted: 90,
    tolerance: 8,
  },
] as const;

/** Sizes beyond the crossing. */
const BEYOND = [300, 350, 400];

/** kappa n at which the refined free energies of 5- and 6-gon are equal. */
const refinedCrossing = (): number => {
  const leads = (nBeta: number): boolean => {
    const { pentagon, hexagon } = logEvidence(nBeta);
    return hexagon > pentagon;
  };
  return narrowed(nBeta => !leads(nBeta), 100, 500, 40)[0];
};

export const posteriorClaims: readonly Claim[] = [
  ...([4, 5, 6] as const).map(
    (c): Claim =>
      claim(
        `population-occupancy-c${c}`,
        c === 6 ? "Fig. 2: posterior proportion of each k, c = 6" : `appendix: posterior proportions, c = ${c}`,
        {
          statement:
            c === 6
              ? "With growing kappa n the posterior moves from the 4-gon over a broad hump of the 5-gon to the 6-gon."
              : `With growing kappa n the posterior moves to the ${c}-gon.`,
          routes: {
            measured: "parallel tempering on the population loss, all temperatures reweighted",
            predicted: "independent long runs",
            kind: "simulated",
          },
          studies: [populations[c]],
          measure: run => populationComparisons(run, c),
        },
      ),
  ),
  ...crossings.map(
    ({ c, where, statement, predicted, tolerance }): Claim => ({
      id: `population-crossing-c${c}`,
      where,
      statement,
      routes: {
        measured: "parallel tempering on the population loss",
        predicted: "independent long runs",
        kind: "simulated",
      },
      studies: [populations[c]],
      measure: run => [
        jackknifeComparison("kappa n at the crossing", curves(run, c), meanCrossing(c - 1, c), {
          predicted,
          tolerance,
        }),
      ],
    }),
  ),
  claim("refined-free-energy", "beyond the source: free energies with volume and multiplicity", {
    statement:
      "The refined free energies, with prior, volume and multiplicity, place the crossing of 5- and 6-gon within a tenth; beyond it their odds run ahead of the sampled ones, by at most 0.75 in the logarithm.",
    routes: {
      measured: "parallel tempering on the population loss",
      predicted: "Laplace's method, closed form up to one integral",
      kind: "formula",
    },
    studies: [populations[6]],
    measure: run => {
      const all = curves(run, 6);
      const crossing = meanCrossing(5, 6);
      const refined = refinedCrossing();
      return [
        jackknifeComparison("sampled crossing over the refined one", all, members => crossing(members) / refined, {
          predicted: 1,
          tolerance: 0.1,
        }),
        ...BEYOND.map(nBeta => {
          const { pentagon, hexagon } = logEvidence(nBeta);
          return jackknifeComparison(
            `log odds at kappa n = ${nBeta}, less the refined ones`,
            all,
            members => {
              const share = (k: number) => mean(members.map(curve => pointNear(curve, nBeta).occupancy[k]));
              return log(share(6) / share(5)) - (hexagon - pentagon);
            },
            // What Laplace's method leaves out at these sizes.
            { predicted: [-0.75, 0], kind: "bound" },
          );
        }),
      ];
    },
  }),
  claim("data-crossing-half", "Fig. 2: the observed change between n = 600 and 700", {
    statement: "With unit observation noise (kappa = 1/2) the 6-gon overtakes the 5-gon between n = 585 and 745.",
    routes: {
      measured: "parallel tempering given samples, mean over datasets",
      predicted: "independent datasets",
      kind: "simulated",
    },
    studies: studiesOf(crossing),
    measure: run => [dataCrossing(run, crossing, [585, 745])],
  }),
  claim("data-occupancy-half", "Fig. 2: posterior proportion of each k against n", {
    statement:
      "Given n samples with unit observation noise the 5-gon holds most of the posterior up to n of about 650.",
    routes: {
      measured: "parallel tempering given samples, mean over datasets",
      predicted: "16 independent datasets",
      kind: "simulated",
    },
    studies: studiesOf(half),
    measure: run =>
      half.flatMap(({ n, study }) => {
        const finals = study.of(run, "final");
        return earlierData[n].map((predicted, i) =>
          meanComparison(
            `k = ${i + 4} at n = ${n}`,
            finals.map(({ occupancy }) => occupancy[i + 4]),
            { predicted, tolerance: 0.12 },
          ),
        );
      }),
  }),
  claim("data-crossing-c5", "appendix: posterior proportions, c = 5", {
    statement: "At c = 5, with unit observation noise, the 5-gon overtakes the 4-gon at n of about 195.",
    routes: {
      measured: "parallel tempering given samples, mean over datasets",
      predicted: "independent datasets",
      kind: "simulated",
    },
    studies: studiesOf(halfC5),
    measure: run => [dataCrossing(run, halfC5, [165, 225])],
  }),
  claim("four-critical-sizes", "critical size 601 against the observed 600 to 700", {
    statement:
      "Sampled, 5 and 6 cross near 665 (kappa = 1/2) and 415 (kappa = 1); the formula of the source says 1316 and 601. That 601 meets the observed 600 to 700 rests on two neglected effects that cancel.",
    routes: {
      measured: "parallel tempering given samples; root of the free-energy difference",
      predicted: "independent datasets; published arithmetic",
      kind: "simulated",
    },
    studies: studiesOf([...half, ...one]),
    measure: run => [
      dataCrossing(run, half, [585, 745]),
      dataCrossing(run, one, [345, 485]),
      ...known("published", theoreticalSize(1, 601)),
      ...known("recomputed", theoreticalSize(0.5, 1316.5)),
    ],
  }),
];
