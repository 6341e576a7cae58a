import { invalid } from "../../errors.ts";
import { exp } from "../../numerics/elementary.ts";

/** The five criteria of Krakauer, Krakauer and Mitchell.  [arXiv 2506.11135] */
export const criteriaOfEmergence = ["scaling", "criticality", "compression", "bases", "generalisation"] as const;
export type EmergenceCriterion = (typeof criteriaOfEmergence)[number];

/** Whether a sign was seen; null where it was not measured. */
export type EmergenceSigns = { readonly [criterion in EmergenceCriterion]: boolean | null };

export type EmergenceGrade = "jump only" | "partial" | "emergent in the KKM sense";

/** How many of the five signs a jump needs for each grade. A convention. */
export const gradeOf = (signs: EmergenceSigns): EmergenceGrade => {
  const seen = criteriaOfEmergence.filter(name => signs[name] === true).length;
  if (seen >= 4) return "emergent in the KKM sense";
  return seen >= 2 ? "partial" : "jump only";
};

/**
 * Which of several jumps stay when as many tables were searched, by Benjamini and Hochberg at a false discovery rate; the p-value of a difference
 * Delta of BIC counts as exp(-Delta / 2), at most 1.  [Benjamini & Hochberg 1995]
 */
export const discoveries = (deltas: readonly number[], rate = 0.05): readonly boolean[] => {
  if (!(rate > 0 && rate < 1)) throw invalid("rate", rate, "a share between 0 and 1, ends excluded");
  const p = deltas.map(delta => Math.min(1, exp(-delta / 2)));
  const sorted = [...p].sort((a, b) => a - b);
  const last = sorted.findLastIndex((value, i) => value <= (rate * (i + 1)) / sorted.length);
  return p.map(value => last >= 0 && value <= sorted[last]);
};

/** Accuracy outside the training distribution over that inside: how much of a capability is redeployed. */
export const generalisationRatio = (outside: number, inside: number): number => {
  for (const [name, value] of Object.entries({ outside, inside }))
    if (!(value >= 0 && value <= 1)) throw invalid(name, value, "an accuracy");
  if (inside === 0) throw invalid("inside", inside, "an accuracy above 0");
  return outside / inside;
};
