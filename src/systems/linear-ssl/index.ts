import type { Study } from "../../contracts/protocol.ts";
import type { System } from "../../contracts/system.ts";
import { card } from "./card.ts";
import { linearSslClaims } from "./claims.ts";
import { AUGMENTATION_SWEEPS, linearSslProtocols, problemAt } from "./protocols.ts";
import { sslMinimum } from "./theory.ts";
import { linearSslVectors } from "./vectors.ts";

const plain = ({ k, p, WtW, loss, rank }: ReturnType<typeof sslMinimum>) => ({
  k: [...k],
  p: [...p],
  WtW: WtW?.map(row => [...row]) ?? null,
  loss,
  rank,
});

/** Sweeps of the augmentation at a small and at a larger weight decay. */
const sweeps = (steps: number): readonly Study[] =>
  Object.entries(AUGMENTATION_SWEEPS).map(([name, gamma]) => ({
    name,
    protocol: "anneal",
    chains: 1,
    settings: { gamma, control: "augmentation", from: 0.2, to: 9, values: 89, steps },
  }));

export const linearSsl: System = {
  ...card,
  theory: {
    minimum: {
      summary: "global minimum of the contrastive loss: eigenvalues, encoder, loss and rank",
      where: "InfoNCE with Gaussian similarity, exact for Gaussian data",
      inputs: linearSslProtocols.anneal.settings,
      evaluate: settings => plain(sslMinimum(problemAt(settings))),
    },
  },
  phases: settings => {
    const full = "width" in settings ? settings : defaults;
    const { loss, rank } = sslMinimum(problemAt(full));
    return rank === 0 || loss === null
      ? [{ label: "rank 0", loss: 0 }]
      : [
          { label: "rank 0", loss: 0 },
          { label: `rank ${rank}`, loss },
        ];
  },
  protocols: linearSslProtocols,
  reproductions: {
    quick: {
      summary: "every claim",
      studies: [{ name: "ssl-random", protocol: "train", chains: 10, chunk: 5, settings: {} }, ...sweeps(1000)],
    },
    full: {
      summary: "every claim, more problems",
      studies: [
        { name: "ssl-random", protocol: "train", chains: 100, chunk: 10, settings: { steps: 20_000 } },
        ...sweeps(8000),
      ],
    },
  },
  claims: linearSslClaims,
  vectors: linearSslVectors,
};

const defaults = Object.fromEntries(
  Object.entries(linearSslProtocols.anneal.settings).map(([name, control]) => [name, control.default]),
);
