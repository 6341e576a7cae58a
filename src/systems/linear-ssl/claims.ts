import type { Claim } from "../../contracts/claim.ts";
import { near } from "../compare.ts";

export const linearSslClaims: readonly Claim[] = [
  {
    id: "ssl-rank",
    where: "dimensional collapse: rank of W^T W by Sylvester's law",
    statement:
      "The rank of the trained encoder is the number of positive eigenvalues of A - (alpha - 1) C - gamma, capped by its width.",
    routes: { measured: "gradient descent on the exact loss", predicted: "inertia of A - (alpha - 1) C - gamma" },
    studies: ["ssl-random"],
    measure: evidence => {
      const finals = evidence.records("ssl-random", "final");
      const wrong = finals.filter(({ rank, predictedRank }) => rank !== predictedRank).length;
      return [{ ...near(`encoders of another rank, of ${finals.length}`, wrong, 0, 0), members: finals.length }];
    },
  },
  {
    id: "ssl-loss",
    where: "the exact global minimum",
    statement: "Descent ends at the loss of the closed-form global minimum.",
    routes: { measured: "gradient descent on the exact loss", predicted: "closed form by the eigenvalues k_i" },
    studies: ["ssl-random"],
    measure: evidence => {
      const finals = evidence.records("ssl-random", "final");
      const gaps = finals.map(({ loss, predictedLoss }) => Math.abs((loss as number) - (predictedLoss as number)));
      return [{ ...near("largest distance from the closed form", Math.max(...gaps), 0, 1e-4), members: finals.length }];
    },
  },
];
