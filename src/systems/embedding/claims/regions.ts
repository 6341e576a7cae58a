import { type Claim, claim } from "../../../contracts/claim.ts";
import { jackknifeComparison, never } from "../../../contracts/comparisons.ts";
import { correlation } from "../../../numerics/statistics.ts";
import { regionStudies } from "./studies.ts";

const kinds = [
  { name: "sum", study: regionStudies.plain, smooth: 0.9 },
  { name: "sum with a modulus", study: regionStudies.modular, smooth: 0.7 },
] as const;

export const regionsClaims: readonly Claim[] = [
  claim("decoder-regions", "figure 2", {
    statement:
      "Embeddings of two numbers lie in order where a run generalises, on an arc, with a modulus in the order of a ring: the smoother the arrangement, the better the answers to other pairs.",
    routes: {
      measured:
        "share of the embeddings' variance along the slowest waves of a row, or one wave of a ring; accuracy on pairs that are not trained on",
      predicted:
        "a share of 0.9 on a row and 0.7 on a ring at least, stated after a first look; a positive correlation",
      kind: "bound",
    },
    studies: kinds.map(({ study }) => study),
    measure: run =>
      kinds.flatMap(({ name, study, smooth }) => {
        const finals = study.of(run, "final");
        const generalising = finals.filter(({ testStep }) => testStep !== null);
        return [
          never(
            `${name}: generalising runs below ${smooth}`,
            generalising.filter(({ smoothness }) => smoothness < smooth).length,
            generalising.length,
          ),
          jackknifeComparison(
            `${name}: correlation of the share with the accuracy on other pairs`,
            finals,
            members =>
              correlation(
                members.map(({ smoothness }) => smoothness),
                members.map(({ testAccuracy }) => testAccuracy),
              ),
            { predicted: { above: 0 } },
          ),
        ];
      }),
  }),
];
