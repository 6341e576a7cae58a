import { type Claim, type Comparison, claim } from "../../../contracts/claim.ts";
import { jackknifeComparison, never } from "../../../contracts/comparisons.ts";
import type { RunView } from "../../../contracts/run-view.ts";
import { correlation } from "../../../numerics/statistics.ts";
import { regionStudies } from "./studies.ts";

const { plain, modular } = regionStudies;

/** Runs that generalise have at least this share along the slowest waves of a row. */
const SMOOTH = 0.9;

const smootherIsBetter = (run: RunView, name: string, study: typeof plain): Comparison =>
  jackknifeComparison(
    `${name}: correlation of the share with the accuracy on other pairs`,
    study.of(run, "final"),
    members =>
      correlation(
        members.map(({ smoothness }) => smoothness),
        members.map(({ testAccuracy }) => testAccuracy),
      ),
    { predicted: { above: 0 } },
  );

export const regionsClaims: readonly Claim[] = [
  claim("decoder-regions", "figure 2", {
    statement:
      "Embeddings of two numbers lie in order where a run generalises, on an arc; with a modulus mostly in the order of a ring. The smoother the arrangement, the better the answers to other pairs.",
    routes: {
      measured:
        "share of the embeddings' variance along the slowest waves of a row, or one wave of a ring; accuracy on pairs that are not trained on",
      predicted: "a share of 0.9 at least without a modulus, stated after a first look; positive correlations",
      kind: "bound",
    },
    studies: [plain, modular],
    measure(run) {
      const generalising = plain.of(run, "final").filter(({ testStep }) => testStep !== null);
      const rough = generalising.filter(({ smoothness }) => smoothness < SMOOTH);
      return [
        never(`sum: generalising runs with a share below ${SMOOTH}`, rough.length, generalising.length),
        smootherIsBetter(run, "sum", plain),
        smootherIsBetter(run, "sum with a modulus", modular),
      ];
    },
  }),
];
