import type { Settings } from "../../../contracts/field.ts";
import type { Protocol } from "../../../contracts/protocol.ts";
import { annealProtocol } from "../../anneal.ts";
import { momentsOf } from "../model/data.ts";
import { forward } from "../model/forward.ts";
import { irises } from "../model/irises.ts";
import { nonlinearObjective } from "../model/nonlinear.ts";
import { plainObjective } from "../model/plain.ts";
import { ALIVE, networkState } from "../phases.ts";
import { type ActivationName, activations } from "../theory/activations.ts";
import { controls } from "./controls.ts";
import { networkStart } from "./network.ts";

/** Second moments of the flowers: all that a linear network sees. */
export const flowerMoments = momentsOf(irises);

const shape = (settings: Settings) => {
  const { D, width, gamma } = settings as { readonly [name: string]: number };
  return { D, width, gamma, widths: new Array<number>(D).fill(width) };
};

/** Slow sweeps of weight decay on measured data: two species of iris told apart by four measurements. */
export const flowersProtocol: Protocol = {
  ...annealProtocol({
    summary: "sweep weight decay slowly up and down on real data: two species of iris by four measurements",
    settings: {
      D: { ...controls.D, min: 1 },
      gamma: controls.gamma,
      width: controls.width,
      activation: { ...controls.activation, default: "tanh" },
      spread: controls.spread,
    },
    controls: ["gamma"],
    defaults: { from: 0.02, to: 0.6, values: 30, steps: 200, settle: 1000, stepSize: 0.05 },
    objective(settings) {
      const { gamma, widths } = shape(settings);
      return settings.activation === "linear"
        ? plainObjective(flowerMoments, { gammaU: gamma, gammaW: widths.map(() => gamma), widths })
        : nonlinearObjective(irises, { widths, gamma, activation: activations[settings.activation as ActivationName] });
    },
    start(settings, { seed, chain }) {
      const { D, width } = shape(settings);
      return networkStart({ D, width, dx: irises.dx }, settings.spread as number, seed, chain);
    },
    observe(settings, w, loss) {
      const { gamma, widths } = shape(settings);
      const state = networkState(w, irises.dx, widths);
      return {
        ...state,
        dataLoss: loss - gamma * state.Q,
        // A network that is switched off decides nothing: chance.
        trainError:
          state.order > ALIVE
            ? wrongShare(forward(irises, widths, activations[settings.activation as ActivationName], w))
            : 0.5,
      };
    },
  }),
  name: "flowers",
};

/** Share of outputs whose sign is not that of y. */
const wrongShare = (outputs: Float64Array): number => {
  let wrong = 0;
  for (let s = 0; s < outputs.length; s++) if (!(outputs[s] * irises.y[s] > 0)) wrong++;
  return wrong / outputs.length;
};
