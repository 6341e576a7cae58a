import type { Study } from "../../contracts/protocol.ts";
import type { System } from "../../contracts/system.ts";
import { card } from "./card.ts";
import { linearVaeClaims } from "./claims.ts";
import { EY2, linearVaeProtocols, theoryAt, ZETA } from "./protocols.ts";
import { linearVaeVectors } from "./vectors.ts";

const sweep = { from: 0.2, to: 4.4, values: 60, settle: 20_000, stepSize: 0.1 };

const studies = (steps: number): readonly Study[] => [
  { name: "vae-learned", protocol: "anneal", chains: 1, settings: { ...sweep, steps } },
  { name: "vae-fixed", protocol: "anneal", chains: 1, settings: { ...sweep, steps, sigma: "fixed" } },
  {
    name: "vae-wide-prior",
    protocol: "anneal",
    chains: 1,
    settings: { ...sweep, steps, etaEnc: 1.5 },
  },
];

export const linearVae: System = {
  ...card,
  theory: {
    minimum: {
      summary: "global minimum: gains, widths, loss and the beta at which each mode collapses",
      where: "Theorems 1 and 2, Corollary 2",
      inputs: linearVaeProtocols.anneal.settings,
      evaluate: settings => {
        const { learnSigma, fixedSigma, betaCritical } = theoryAt(settings);
        const { modes, minLoss } = settings.sigma === "learned" ? learnSigma : fixedSigma;
        return { zeta: [...ZETA], betaCritical: [...betaCritical], minLoss, modes: modes.map(mode => ({ ...mode })) };
      },
    },
  },
  phases: settings => {
    const { modes, minLoss } = theoryAt(settings).learnSigma;
    const { etaDec } = settings as { [name: string]: number };
    const active = modes.filter(({ collapsed }) => !collapsed).length;
    const origin = { label: "0 active", loss: EY2 / (2 * etaDec * etaDec) };
    return active === 0 ? [origin] : [origin, { label: `${active} active`, loss: minLoss }];
  },
  protocols: linearVaeProtocols,
  reproductions: {
    quick: { summary: "every claim", studies: studies(1000) },
    full: { summary: "every claim, slower sweeps", studies: studies(8000) },
  },
  claims: linearVaeClaims,
  vectors: linearVaeVectors,
};
