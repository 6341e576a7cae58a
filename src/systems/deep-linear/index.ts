import type { System } from "../../contracts/system.ts";
import { card } from "./card.ts";
import { deepLinearClaims } from "./claims/index.ts";
import { deepLinearProtocols } from "./protocols/index.ts";
import { deepLinearReproductions } from "./reproductions.ts";
import { globalMinimum } from "./theory/global-minimum.ts";
import { deepLinearTheory } from "./theory/index.ts";
import { deepLinearVectors } from "./vectors.ts";

export const deepLinear: System = {
  ...card,
  theory: deepLinearTheory,
  phases: settings => {
    const {
      D = 2,
      strength = 1,
      variance = 1,
      sigma2 = 0,
      width = 8,
      gamma = 0.3,
    } = settings as { [name: string]: number };
    const N = Math.max(strength, 1e-9);
    let kappa = variance;
    for (let l = 0; l < D; l++) kappa *= 1 + sigma2 / width;
    const Ey2 = (N * N) / variance;
    const minimum = globalMinimum({ D, N, kappa }, gamma, Ey2);
    const trivial = { label: "trivial", loss: Ey2 };
    if (minimum.phase === "trivial") return [trivial];
    return D === 0
      ? [{ label: minimum.phase, loss: minimum.loss }]
      : [trivial, { label: "learned", loss: minimum.loss }];
  },
  protocols: deepLinearProtocols,
  reproductions: deepLinearReproductions,
  claims: deepLinearClaims,
  vectors: deepLinearVectors,
};
