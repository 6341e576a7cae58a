import { type Claim, claim } from "../../../contracts/claim.ts";
import { never } from "../../../contracts/comparisons.ts";
import { fractionsBeside } from "../../../protocols/earlier-ensemble.ts";
import { censuses, held, saddle } from "./studies.ts";

export const descentClaims: readonly Claim[] = [
  claim("escape-from-saddle", "families such as 4++-: positive biases beside dead vertices", {
    statement: "Every copy of 4++- perturbed by 1e-3 leaves its level: it is a saddle.",
    routes: {
      measured: "descent on the population loss",
      predicted: "negative eigenvalue (1 - sqrt 2) / (2 c^2)",
      kind: "formula",
    },
    studies: [saddle],
    measure(run) {
      const finals = saddle.of(run, "final");
      return [never("copies of 4++- that stay", finals.filter(({ left }) => !left).length, finals.length)];
    },
  }),
  claim("minima-hold", "families 4, 4+, 4++, 5, 5+, 6", {
    statement: "No copy of a minimum perturbed by 0.02 leaves its level.",
    routes: {
      measured: "descent on the population loss",
      predicted: "positive Hessian on the directions that are not flat",
      kind: "formula",
    },
    studies: held.map(({ study }) => study),
    measure: run =>
      held.map(({ family, study }) => {
        const finals = study.of(run, "final");
        return never(`copies of ${family} that leave`, finals.filter(({ left }) => left).length, finals.length);
      }),
  }),
  ...censuses.map(
    ({ c, study, earlier }): Claim =>
      claim(`descent-${study.name}`, `descent from N(0, 0.25), c = ${c}`, {
        statement:
          c === 6
            ? "The 6-gon, the global minimum at c = 6, is hardly ever reached by descent from random starts."
            : "At c = 5 most descents stop above the 5-gon, with three or four live features.",
        routes: {
          measured: "descent on the population loss",
          predicted: "an independent census of 300 starts",
          kind: "simulated",
        },
        studies: [study],
        measure: run => fractionsBeside(study.of(run, "final"), earlier, { verb: "reaches", margin: 0.15 }),
      }),
  ),
];
