import { type Claim, type Comparison, claim } from "../../../contracts/claim.ts";
import { meanComparison } from "../../../contracts/comparisons.ts";
import type { RunView } from "../../../contracts/run-view.ts";
import { learningCoefficient } from "../theory/coefficients.ts";
import { familyOf } from "../theory/families.ts";
import { type CoefficientPoint, coefficients, langevins, limitOf } from "./studies.ts";

const polygons = [limitOf("5", 5), limitOf("5", 6), limitOf("5+", 6), limitOf("6", 6)];
const squares = [
  limitOf("4", 4),
  limitOf("4", 5),
  limitOf("4+", 5),
  limitOf("4", 6),
  limitOf("4+", 6),
  limitOf("4++", 6),
];
const known = coefficients.filter(({ earlier }) => earlier);

/** For the distance that is left to the limit. */
const ALLOWANCE = 0.3;

/** lambda over the chains that have not left. */
const kept = (run: RunView, { study }: CoefficientPoint): number[] =>
  study
    .of(run, "final")
    .filter(record => record.kept)
    .map(({ lambda }) => lambda);

const nameOf = ({ family, c, nBeta }: CoefficientPoint): string => `${family} at c = ${c}, nBeta = ${nBeta}`;

const volume = ({ family, c }: Pick<CoefficientPoint, "family" | "c">): number => {
  const { k, sigma, phi } = familyOf(c, family);
  return learningCoefficient("volume", { c, k, sigma, phi }) ?? Number.NaN;
};

const atLimits = (run: RunView, points: readonly CoefficientPoint[]): Comparison[] =>
  points.map(point =>
    meanComparison(nameOf(point), kept(run, point), { predicted: volume(point), tolerance: ALLOWANCE }),
  );

const studiesOf = (points: readonly CoefficientPoint[]) => points.map(({ study }) => study);

export const coefficientClaims: readonly Claim[] = [
  claim("coefficients-of-polygons", "table of loss and coefficient of the families k^{sigma+,phi-}, k >= 5", {
    statement: "The learning coefficient of a k-gon with k >= 5 is (3k - 1 + 3 sigma) / 2.",
    routes: {
      measured: "local Hamiltonian Monte Carlo on the population loss, nBeta (E[L] - L*) at nBeta = 1e5",
      predicted: "closed form: half the directions that are not flat",
      kind: "formula",
    },
    studies: studiesOf(polygons),
    measure: run => atLimits(run, polygons),
  }),
  claim(
    "volume-exponents-of-squares",
    "table of loss and coefficient, the 4-gons: direction-dependent values 4 to 5.5",
    {
      statement:
        "At the 4-gons the exponent of the volume is half the number of directions that are not flat, 7.5 to 8.5 at c = 6; the quoted chamber value 5 of 4+ is none.",
      routes: {
        measured: "local Hamiltonian Monte Carlo on the population loss, nBeta (E[L] - L*) up to nBeta = 1e7",
        predicted: "closed form: half the directions that are not flat",
        kind: "formula",
      },
      studies: studiesOf(squares),
      measure: run => [
        ...atLimits(run, squares),
        meanComparison("4+ at c = 6, above the quoted chamber value", kept(run, limitOf("4+", 6)), {
          predicted: { above: 5 },
          kind: "published",
        }),
      ],
    },
  ),
  claim("finite-size-coefficients", "beyond the source: coefficients at the sizes of its experiments", {
    statement:
      "At nBeta from 100 to 1e5 the coefficients of 6-, 5- and 4-gon run from 10.8, 9.0 and 5.5 to their limits.",
    routes: {
      measured: "local Hamiltonian Monte Carlo on the population loss",
      predicted: "an independent computation by long chains",
      kind: "simulated",
    },
    studies: studiesOf(known),
    measure: run =>
      known.flatMap(point => (point.earlier ? [meanComparison(nameOf(point), kept(run, point), point.earlier)] : [])),
  }),
  claim("langevin-table", "Table K.1: estimates at n = 5000", {
    statement:
      "Langevin estimates at n = 5000 order 5 < 6 < 5+ and lie above the coefficients 7, 8.5 and 8.5, by the bias of finite n.",
    routes: {
      measured: "Langevin steps on datasets of 5000 samples, beta = 1 / ln n",
      predicted: "coefficients in closed form, which estimates of finite n exceed",
      kind: "formula",
    },
    studies: langevins.map(({ study }) => study),
    measure(run) {
      const lambdas = langevins.map(
        ({ study }) =>
          new Map(
            study
              .of(run, "final")
              .filter(record => record.kept)
              .map(({ chain, lambda }) => [chain, lambda]),
          ),
      );
      // Chains of one number have the same samples, so that families are compared in pairs.
      const gain = (from: number, to: number): number[] =>
        [...lambdas[from]].flatMap(([chain, lambda]) => {
          const other = lambdas[to].get(chain);
          return other === undefined ? [] : [other - lambda];
        });
      return [
        ...langevins.map(({ family }, i) =>
          meanComparison(family, [...lambdas[i].values()], { predicted: { above: volume({ family, c: 6 }) } }),
        ),
        meanComparison("6 above 5", gain(0, 1), { predicted: { above: 0 } }),
        meanComparison("5+ above 6", gain(1, 2), { predicted: { above: 0 } }),
      ];
    },
  }),
];
