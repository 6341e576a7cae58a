import type { Claim } from "../../../contracts/claim.ts";
import { earlierEnsembles } from "../earlier-ensembles.ts";
import { fraction, never, reproducible } from "./fractions.ts";

/** Families with c = 6 that must hold against noise 0.02, by the name of their study. */
export const heldFamilies = {
  "escape-4": "4",
  "escape-4p": "4+",
  "escape-4pp": "4++",
  "escape-5": "5",
  "escape-5p": "5+",
  "escape-6": "6",
};

export const descentClaims: readonly Claim[] = [
  {
    id: "escape-from-saddle",
    where: "families such as 4++-: positive biases beside dead vertices",
    statement: "Every copy of 4++- perturbed by 1e-3 leaves its level: it is a saddle.",
    routes: { measured: "descent on the population loss", predicted: "negative eigenvalue (1 - sqrt 2) / (2 c^2)" },
    studies: ["escape-4ppm"],
    measure: evidence => {
      const finals = evidence.records("escape-4ppm", "final");
      return [never("copies of 4++- that stay", finals.filter(({ left }) => !left).length, finals.length)];
    },
  },
  {
    id: "minima-hold",
    where: "families 4, 4+, 4++, 5, 5+, 6",
    statement: "No copy of a minimum perturbed by 0.02 leaves its level.",
    routes: {
      measured: "descent on the population loss",
      predicted: "positive Hessian on the directions that are not flat",
    },
    studies: Object.keys(heldFamilies),
    measure: evidence =>
      Object.entries(heldFamilies).map(([study, family]) => {
        const finals = evidence.records(study, "final");
        return never(`copies of ${family} that leave`, finals.filter(({ left }) => left).length, finals.length);
      }),
  },
  ...(["census-c5", "census-c6"] as const).map(
    (study): Claim => ({
      id: `descent-${study}`,
      where: `descent from N(0, 0.25), c = ${study.slice(-1)}`,
      statement:
        study === "census-c6"
          ? "The 6-gon, the global minimum at c = 6, is hardly ever reached by descent from random starts."
          : "At c = 5 most descents stop above the 5-gon, with three or four live features.",
      routes: { measured: "descent on the population loss", predicted: "an independent census of 300 starts" },
      studies: [study],
      measure: evidence => {
        const finals = evidence.records(study, "final");
        const { size, counts } = earlierEnsembles[study];
        return Object.entries(counts)
          .filter(([label]) => label !== "in transit")
          .map(([label, count]) =>
            fraction(
              `reaches ${label}`,
              finals,
              record => record.label === label,
              reproducible(count, size, finals.length),
            ),
          );
      },
    }),
  ),
];
