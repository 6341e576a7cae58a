import { type Claim, claim } from "../../../contracts/claim.ts";
import { within } from "../../../contracts/comparisons.ts";
import { cellsBesidePublished, hasPublishedPhase, stepNear } from "./beside-published.ts";
import { figureMaps, figureRuns } from "./studies.ts";

/** What the rows of a map are, besides the decoder's rate along its columns. */
const rows = {
  "6a": "addition over both rates",
  "6b": "addition over rate and decay of the decoder",
  "6c": "addition as classification over rate and decay of the decoder",
  "6d": "products in S3 over rate and decay of the decoder",
} as const;

const mapClaim = (name: keyof typeof rows): Claim => {
  const own = figureMaps.filter(map => map.name === name);
  return claim(`figure-map-${name}`, `figure ${name}`, {
    statement: `Of the map of ${rows[name]}, rebuilt, at least nine in ten cells are in the same phase within the first 2000 of their 100 000 steps.`,
    routes: {
      measured: "training in float32 from the words of two Mersenne twisters",
      predicted: "phases by the exact rule from published step counts; cells that differ one by one in the table",
      kind: "published",
    },
    studies: own.map(({ study }) => study),
    measure(run) {
      const cells = own.flatMap(({ study }) => cellsBesidePublished(run, study, name));
      const same = cells.filter(hasPublishedPhase).length;
      return [
        { ...within("share of cells with the published phase", same / cells.length, 0.9, 1), members: cells.length },
      ];
    },
  });
};

/** The maps of figure 6, from the random words of the notebooks that made them. */
export const figureClaims: readonly Claim[] = [
  claim("figure-runs", "figure 6a to d", {
    statement:
      "Runs of the four maps of 100 000 steps, rebuilt from the random words of their notebooks, reach their accuracies at the published steps.",
    routes: {
      measured: "training in float64 from the words of two Mersenne twisters, at seeds 58, 6 and 0",
      predicted: "published step counts, within 5",
      kind: "published",
    },
    studies: figureRuns.map(({ study }) => study),
    measure: run =>
      figureRuns.flatMap(({ study, name, ...published }) =>
        study
          .of(run, "final")
          .flatMap(final =>
            (["trainStep", "testStep"] as const).map(step =>
              stepNear(`map ${name}: ${step}`, final[step], published[step]),
            ),
          ),
      ),
  }),

  ...(["6a", "6b", "6c", "6d"] as const).map(mapClaim),
];
