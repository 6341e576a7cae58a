import type { Table } from "../../../charts/exhibits.ts";
import { mean, standardDeviation } from "../../../numerics/statistics.ts";
import { coefficients, limitOf } from "../claims/studies.ts";
import { type CoefficientTable, learningCoefficient } from "../theory/coefficients.ts";
import { familyOf } from "../theory/families.ts";
import { solveKgon } from "../theory/kgon.ts";
import { features, levelsOf, type Scheme } from "./phases.ts";

/** Radius and bias as the source prints them (Table A.1), or in closed form where one exists. */
const stated: { readonly [k: number]: readonly [l: string, b: string] } = {
  4: ["1 exactly", "0 exactly"],
  5: ["1.17046", "-0.28230"],
  6: ["1.32053", "-0.61814"],
  7: ["1.44839", "-0.96691"],
  8: ["1.55045", "-1.29119"],
  10: ["(1 + √5)/2 exactly", "-(1 + √5)/2 exactly"],
  12: ["1.03322", "-0.46654"],
};

export const criticalPoints: Table = {
  name: "critical-points",
  title: "Critical points: stated against solved",
  needs: [],
  columns: [
    { label: "k", numeric: true },
    { label: "l stated", numeric: true },
    { label: "l solved", numeric: true },
    { label: "b stated", numeric: true },
    { label: "b solved", numeric: true },
    { label: "h(k) solved", numeric: true },
    { label: "loss at c = k", numeric: true },
  ],
  caption: () =>
    "Radius l and bias b of the regular k-gon. Stated: the source's Table A.1, or the exact value where there is one; a dash " +
    "where the source has none. Solved: here, from the stationarity conditions, to machine precision.",
  rows: () =>
    [4, 5, 6, 7, 8, 9, 10, 11, 12].map(k => {
      const { l, bias, h } = solveKgon(k);
      const [statedLength = "–", statedBias = "–"] = stated[k] ?? [];
      return [
        String(k),
        statedLength,
        l.toFixed(12),
        statedBias,
        bias.toFixed(12),
        h.toFixed(12),
        (h / (3 * k)).toFixed(10),
      ];
    }),
};

/** The levels at c features, with what the plateaus of training measured on each. */
export const levelTable = (studies: readonly Scheme[]): Table => ({
  name: "energy-levels",
  title: "Energy levels: closed form against plateaus",
  needs: [],
  columns: [
    { label: "family" },
    { label: "level" },
    { label: "kind" },
    { label: "closed form", numeric: true },
    { label: "plateaus", numeric: true },
    { label: "mean loss of plateaus", numeric: true },
    { label: "standard error", numeric: true },
  ],
  caption: run =>
    `All families of critical points at c = ${features(run, studies[0]!)}. The plateaus are those found on the loss series of ` +
    `${studies.map(({ name }) => name).join(", ")} without knowledge of the levels; their mean loss is measured on the population loss.`,
  rows: run => {
    const plateaus = studies.flatMap(study => study.of(run, "plateau"));
    return levelsOf(features(run, studies[0]!)).map(({ family, label, kind, loss }) => [
      family,
      label,
      kind,
      loss.toFixed(10),
      ...measured(plateaus.filter(plateau => plateau.label === label).map(({ level }) => level)),
    ]);
  },
});

const measured = (levels: readonly number[]): [string, string, string] => {
  const count = levels.length;
  if (count === 0) return ["0", "–", "–"];
  if (count === 1) return ["1", mean(levels).toFixed(6), "–"];
  return [String(count), mean(levels).toFixed(6), (standardDeviation(levels) / Math.sqrt(count)).toExponential(1)];
};

/** Learning coefficients in theory and as measured, by family and c. */
export const coefficientTable: Table = {
  name: "coefficients",
  title: "Learning coefficients: published, volume exponents and measured",
  needs: [limitOf("6", 6).study.has("final")],
  columns: [
    { label: "family" },
    { label: "c", numeric: true },
    { label: "published", numeric: true },
    { label: "volume exponent", numeric: true },
    { label: "nBeta", numeric: true },
    { label: "measured", numeric: true },
    { label: "standard error", numeric: true },
    { label: "chains kept", numeric: true },
  ],
  caption: () =>
    "Published: as the source quotes or implies it, a dash where it does not. Volume exponent: half the directions that are not " +
    "flat. Measured: nBeta (E[L] - L*) around the critical point by Hamiltonian Monte Carlo on the population loss, gamma = 1, mean over " +
    "the chains of which at most 5 % of the draws lie below the level; standard errors over chains. At finite nBeta it is not yet the exponent.",
  rows: run =>
    coefficients.flatMap(({ family, c, nBeta, study }) => {
      const finals = study.of(run, "final");
      if (finals.length === 0) return [];
      const { k, sigma, phi } = familyOf(c, family);
      const theory = (table: CoefficientTable) => learningCoefficient(table, { c, k, sigma, phi })?.toFixed(1) ?? "–";
      const lambdas = finals.filter(({ kept }) => kept).map(({ lambda }) => lambda);
      const error = lambdas.length > 1 ? standardDeviation(lambdas) / Math.sqrt(lambdas.length) : null;
      return [
        [
          family,
          String(c),
          theory("published"),
          theory("volume"),
          nBeta >= 1e4 ? nBeta.toExponential(0) : String(nBeta),
          lambdas.length > 0 ? mean(lambdas).toFixed(2) : "–",
          error === null ? "–" : error.toFixed(2),
          `${lambdas.length} of ${finals.length}`,
        ],
      ];
    }),
};
