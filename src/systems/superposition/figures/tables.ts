import type { Table } from "../../../charts/exhibits.ts";
import type { RunRecord } from "../../../contracts/index.ts";
import { solveKgon } from "../theory/kgon.ts";
import { levelsOf } from "./levels.ts";
import { features } from "./records.ts";

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
export const levelTable = (studies: readonly string[]): Table => ({
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
    `${studies.join(", ")} without knowledge of the levels; their mean loss is measured on the population loss.`,
  rows: run => {
    const plateaus = studies.flatMap(study => run.records(study, "plateau"));
    return levelsOf(features(run, studies[0]!)).map(({ family, label, kind, loss }) => [
      family,
      label,
      kind,
      loss.toFixed(10),
      ...measured(plateaus.filter(plateau => plateau.label === label)),
    ]);
  },
});

const measured = (plateaus: readonly RunRecord[]): [string, string, string] => {
  const count = plateaus.length;
  if (count === 0) return ["0", "–", "–"];
  const levels = plateaus.map(({ level }) => level as number);
  const mean = levels.reduce((sum, level) => sum + level, 0) / count;
  if (count === 1) return ["1", mean.toFixed(6), "–"];
  const variance = levels.reduce((sum, level) => sum + (level - mean) * (level - mean), 0) / (count - 1);
  return [String(count), mean.toFixed(6), Math.sqrt(variance / count).toExponential(1)];
};
