import type { System } from "../../contracts/system.ts";
import { protocolsOf } from "../../protocols/verbs.ts";
import { mirrorClaims, mirrorSweeps } from "./claims.ts";
import { mirrorAnneal, mirrorLearner } from "./learner.ts";
import { mirrorTheory } from "./theory.ts";

export const mirrorSymmetry: System = {
  name: "mirror-symmetry",
  title: "Symmetry-induced constraints",
  summary:
    "Where a loss has a mirror symmetry, weight decay beyond a threshold pulls training onto the mirror: sparse, low-rank or equal weights.",
  source: {
    citation: "L. Ziyin, Symmetry Induces Structure and Constraint of Learning, ICML (2024)",
    url: "https://arxiv.org/abs/2309.16932",
  },
  learner: mirrorLearner,
  theory: mirrorTheory,
  protocols: protocolsOf(mirrorLearner, { anneal: mirrorAnneal }),
  studies: mirrorSweeps.map(({ sweep }) => sweep),
  claims: mirrorClaims,
  vectors: {},
};
