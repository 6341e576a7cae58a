import type { Study } from "../../contracts/protocol.ts";
import type { System } from "../../contracts/system.ts";
import { mirrorSymmetryClaims, PAIRS } from "./claims.ts";
import { lossAt, mirrorSymmetryProtocols } from "./protocols.ts";
import { mirrorSymmetryVectors } from "./vectors.ts";

const studies = (steps: number): readonly Study[] =>
  PAIRS.map(pair => ({ name: `mirror-${pair}`, protocol: "anneal", chains: 1, settings: { pair, steps, values: 81 } }));

export const mirrorSymmetry: System = {
  name: "mirror-symmetry",
  title: "Symmetry-induced constraints",
  summary:
    "Where a loss has a mirror symmetry, weight decay beyond a threshold pulls training onto the mirror: sparse, low-rank or equal weights.",
  source: {
    citation: "L. Ziyin, Symmetry Induces Structure and Constraint of Learning, ICML (2024)",
    url: "https://arxiv.org/abs/2309.16932",
  },
  theory: {
    threshold: {
      summary: "weight decay above which the symmetric plane attracts",
      where: "gamma_c = max(0, -lambda_min / 2)",
      inputs: mirrorSymmetryProtocols.anneal.settings,
      evaluate: ({ pair, strength }) => ({ gammaCritical: lossAt(pair).critical(strength as number) }),
    },
  },
  phases: ({ pair, strength, gamma }) => {
    const [N, decay] = [strength as number, gamma as number];
    const { symmetric, loss } = lossAt(pair).broken(N, decay);
    const onPlane = { label: "symmetric", loss: symmetric };
    return decay >= lossAt(pair).critical(N) ? [onPlane] : [onPlane, { label: "broken", loss }];
  },
  protocols: mirrorSymmetryProtocols,
  reproductions: {
    quick: { summary: "every claim", studies: studies(3000) },
    full: { summary: "every claim, slower sweeps", studies: studies(30_000) },
  },
  claims: mirrorSymmetryClaims,
  vectors: mirrorSymmetryVectors,
};
