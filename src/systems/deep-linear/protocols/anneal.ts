import type { Settings } from "../../../contracts/field.ts";
import { annealProtocol } from "../../anneal.ts";
import { networkState } from "../phases.ts";
import { controls, networkControls, networkSettings } from "./controls.ts";
import { checkNetwork, networkObjective, networkStart } from "./network.ts";

const widthsOf = (settings: Settings): number[] => {
  const { D, width } = networkSettings(settings);
  return new Array<number>(D).fill(width);
};

/** Slow sweeps of weight decay, target strength or noise up and down: what survives, what returns, and what it costs. */
export const deepLinearAnneal = annealProtocol({
  summary: "sweep a control slowly up and down by gradient descent, and follow the norms",
  settings: { ...networkControls, spread: controls.spread },
  controls: ["gamma", "strength", "sigma2"],
  defaults: { from: 0.02, to: 0.6, stepSize: 0.05 },
  check: settings => checkNetwork(networkSettings(settings)),
  objective: (settings, { seed }) => networkObjective(networkSettings(settings), seed),
  start: (settings, { seed, chain }) => networkStart(networkSettings(settings), settings.spread as number, seed, chain),
  observe: (settings, w) => ({ ...networkState(w, networkSettings(settings).dx, widthsOf(settings)) }),
});
