import { type Claim, claim } from "../../contracts/claim.ts";
import { near, never } from "../../contracts/comparisons.ts";
import { study } from "../../protocols/study.ts";
import { sslAnneal } from "./learner.ts";
import { randomProblem } from "./random-problem.ts";

export const randomProblems = study(
  "ssl-random",
  randomProblem,
  {},
  { quick: { chains: 10, chunk: 5 }, full: { chains: 100, chunk: 10, settings: { steps: 20_000 } } },
);

const augmentationSweep = (name: string, weightDecay: number) =>
  study(
    name,
    sslAnneal,
    { settings: { weightDecay, control: "augmentation", from: 0.2, to: 9, values: 89 } },
    { quick: { settings: { steps: 1000 } }, full: { settings: { steps: 8000 } } },
  );

/** Sweeps of the augmentation at a small and at a larger weight decay. */
export const augmentationSweeps = [
  { weightDecay: 0.02, sweep: augmentationSweep("ssl-augmentation", 0.02) },
  { weightDecay: 0.2, sweep: augmentationSweep("ssl-augmentation-decay", 0.2) },
] as const;

export const linearSslClaims: readonly Claim[] = [
  claim("ssl-rank", "dimensional collapse: rank of W^T W by Sylvester's law", {
    statement:
      "The rank of the trained encoder is the number of positive eigenvalues of A - (alpha - 1) C - gamma, capped by its width.",
    routes: {
      measured: "gradient descent on the exact loss",
      predicted: "inertia of A - (alpha - 1) C - gamma",
      kind: "formula",
    },
    studies: [randomProblems],
    measure: run => {
      const finals = randomProblems.of(run, "final");
      const wrong = finals.filter(({ rank, predictedRank }) => rank !== predictedRank).length;
      return [never(`encoders of another rank, of ${finals.length}`, wrong, finals.length)];
    },
  }),
  claim("ssl-loss", "the exact global minimum", {
    statement: "Descent ends at the loss of the closed-form global minimum.",
    routes: {
      measured: "gradient descent on the exact loss",
      predicted: "closed form by the eigenvalues k_i",
      kind: "formula",
    },
    studies: [randomProblems],
    measure: run => {
      const finals = randomProblems.of(run, "final");
      const gaps = finals.map(({ loss, predictedLoss }) =>
        Math.abs(loss - (predictedLoss ?? Number.NEGATIVE_INFINITY)),
      );
      return [{ ...near("largest distance from the closed form", Math.max(...gaps), 0, 1e-4), members: finals.length }];
    },
  }),
];
