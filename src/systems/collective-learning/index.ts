import type { System } from "../../contracts/system.ts";
import { card } from "./card.ts";
import { collectiveLearningClaims } from "./claims.ts";
import { networkControls } from "./networks.ts";
import { collectiveLearningProtocols } from "./protocols.ts";
import { studies } from "./studies.ts";
import { freezingField, ridgeMean, squareAtJump, strongEnergy, strongSquare, upperCoupling } from "./theory.ts";
import { collectiveLearningVectors } from "./vectors.ts";

const variance = {
  kind: "number",
  summary: "variance of the strengths of the private data",
  default: 4,
  min: 0,
  max: 1e4,
} as const;
const { D, sigma, gamma } = networkControls;
const strongInputs = { D: { ...D, min: 1 }, gamma, variance, sigma: { ...sigma, default: 100, min: 1e-6 } } as const;

export const collectiveLearning: System = {
  ...card,
  theory: {
    strong: {
      summary: "strong coupling: the mean, the coupling at which order ends, and the jump there",
      where: "derived: leading order in 1/sigma, private data of mean zero",
      inputs: strongInputs,
      evaluate: inputs => {
        const strong = inputs as unknown as Parameters<typeof upperCoupling>[0];
        const at = inputs.sigma as number;
        const square = strongSquare(strong, at);
        return {
          M: Math.sqrt(square),
          energy: strongEnergy(strong, at, square),
          sigma_c2: upperCoupling(strong),
          squareAtJump: squareAtJump(strong),
          order: strong.D === 1 ? "continuous" : "jump",
        };
      },
    },
    freezing: {
      summary: "strongest field sigma M against which a network of the minority keeps its sign",
      where: "derived: the hump of the potential",
      inputs: {
        D: { ...D, min: 1 },
        gamma,
        sigma,
        pull: { kind: "number", summary: "strength of the network's own data", default: 4, min: 0, max: 1e4 },
      },
      evaluate: inputs =>
        freezingField(inputs as unknown as Parameters<typeof freezingField>[0], inputs.pull as number),
    },
    ridge: {
      summary: "mean without hidden layers, at any coupling",
      where: "derived",
      inputs: { gamma, meanDelta: { ...networkControls.deltaMean, default: 1 } },
      evaluate: ({ gamma: decay, meanDelta }) => ridgeMean(decay as number, meanDelta as number),
    },
  },
  // Energies per network relative to all at zero, to leading order in 1/sigma: not to be read at couplings weaker than the data.
  phases: ({ D: depth = 1, gamma: decay = 1e-3, sigma: coupling = 1, deltaSd = 2 }) => {
    const zero = { label: "disordered", loss: 0 };
    if (depth === 0 || coupling === 0) return [zero];
    const strong = { D: depth as number, gamma: decay as number, variance: (deltaSd as number) * (deltaSd as number) };
    const square = strongSquare(strong, coupling as number);
    if (square === 0) return [zero];
    const ordered = { label: "ordered", loss: strongEnergy(strong, coupling as number, square) };
    return ordered.loss < 0 ? [zero, ordered] : [ordered, zero];
  },
  protocols: collectiveLearningProtocols,
  reproductions: {
    quick: { summary: "every claim, 20 draws of the networks", studies: studies(20, 32) },
    full: { summary: "every claim, 200 draws as in the source", studies: studies(200, 125) },
  },
  claims: collectiveLearningClaims,
  vectors: collectiveLearningVectors,
};
