import type { Study } from "../../contracts/protocol.ts";
import type { System } from "../../contracts/system.ts";
import { card } from "./card.ts";
import { lawOfBalanceClaims } from "./claims.ts";
import { lawOfBalanceProtocols } from "./protocols.ts";
import { IMBALANCE_RUNS, spreadStudy, TEMPERATURES, temperatureStudy } from "./studies.ts";
import { stationaryLaw } from "./theory.ts";
import { lawOfBalanceVectors } from "./vectors.ts";

const studies = (walkers: number): readonly Study[] => [
  { name: "balance-identity", protocol: "identity", chains: 1, settings: { eta: 0.01 } },
  { name: "balance-identity-decay", protocol: "identity", chains: 1, settings: { eta: 0.01, gamma: 0.1 } },
  { name: "balance-rate", protocol: "sgd", chains: 1, settings: { eta: 0.01, walkers: 100, burnIn: 0, steps: 4000 } },
  {
    name: "gamma-law",
    protocol: "sgd",
    chains: 1,
    settings: { eta: 0.02, walkers, burnIn: 1000, steps: 5000, u0: 0.3 },
  },
  {
    name: "gamma-sparse",
    protocol: "sgd",
    chains: 1,
    settings: { eta: 0.12, walkers: 500, burnIn: 7000, steps: 1000 },
  },
  ...TEMPERATURES.map(
    (eta): Study => ({
      name: temperatureStudy(eta),
      protocol: "sgd",
      chains: 1,
      settings: { eta, walkers: walkers / 10, burnIn: 5000, steps: 5000, u0: 0.3 },
    }),
  ),
  ...Object.entries(IMBALANCE_RUNS).map(
    ([noise, chains]): Study => ({
      name: `imbalance-${noise}`,
      protocol: "imbalance",
      chains,
      chunk: 50,
      settings: { noise, every: 200 },
    }),
  ),
  ...[0, 1].map((depth): Study => ({ name: spreadStudy(depth), protocol: "spread", chains: 1, settings: { depth } })),
  { name: "regimes", protocol: "regimes", chains: 1, settings: { walkers: Math.round(walkers / 40) } },
  { name: "sgd-threshold", protocol: "threshold", chains: 10, chunk: 5, settings: {} },
];

export const lawOfBalance: System = {
  ...card,
  theory: {
    stationary: {
      summary: "stationary law of v = u w for Gaussian inputs: critical temperatures, mode, moments",
      where: "eqs. 14 to 16",
      inputs: {
        k: { kind: "number", summary: "slope of y = k x + noise", default: 1, min: 1e-3, max: 100 },
        noiseVar: { kind: "number", summary: "variance of the noise", default: 0.5, min: 1e-6, max: 100 },
        T: {
          kind: "number",
          summary: "temperature, step size over batch size",
          default: 0.1,
          min: 1e-6,
          max: 100,
          scale: "log",
        },
        gamma: { kind: "number", summary: "weight decay", default: 0, min: 0, max: 100 },
      },
      evaluate: inputs => {
        const { params, logDensityDiff, ...law } = stationaryLaw(inputs as Parameters<typeof stationaryLaw>[0], []);
        return { ...law, params: { ...params } };
      },
    },
  },
  // Losses are those of the noiseless minimum of (v - k)^2 + noise.
  phases: ({ k = 0.1, noiseVar = 1 }) => [
    { label: "sparse", loss: (k as number) * (k as number) + (noiseVar as number) },
    { label: "learned", loss: noiseVar as number },
  ],
  protocols: lawOfBalanceProtocols,
  reproductions: {
    quick: { summary: "every claim", studies: studies(2500) },
    full: { summary: "every claim, more runs", studies: studies(20_000) },
  },
  claims: lawOfBalanceClaims,
  vectors: lawOfBalanceVectors,
};
