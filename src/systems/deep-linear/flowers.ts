import { learner } from "../../contracts/learner.ts";
import { irises } from "../../learning/data/irises.ts";
import { momentsOf } from "../../learning/data/weighted.ts";
import { forward } from "../../learning/networks/forward.ts";
import { layoutOf } from "../../learning/networks/layout.ts";
import { linearObjective } from "../../learning/networks/linear.ts";
import { nonlinearObjective } from "../../learning/networks/nonlinear.ts";
import { networkStart } from "../../learning/networks/start.ts";
import { activations } from "../../numerics/activations.ts";
import { anneal } from "../../protocols/anneal.ts";
import { type NetworkSettings, networkControls, sharedControls, widthsOf } from "./controls.ts";
import { ALIVE, networkState } from "./phases.ts";
import { followedStates } from "./theory/followed.ts";
import { reduce } from "./theory/reduction.ts";

/** Second moments of the flowers: all that a linear network sees. */
export const flowerMoments = momentsOf(irises);

type FlowerSettings = Pick<NetworkSettings, "D" | "width" | "weightDecay" | "activation">;

const shapeOf = (at: FlowerSettings) => {
  const widths = widthsOf(at);
  return { gammaU: at.weightDecay, gammaW: widths.map(() => at.weightDecay), widths, sigma2: widths.map(() => 0) };
};

/** The lowest state of a linear network; null of others and without decay. */
const lowest = (at: FlowerSettings) =>
  at.activation !== "linear" || at.weightDecay === 0 ? null : reduce(flowerMoments, shapeOf(at));

/** A network on measured data: two species of iris told apart by four measurements. */
export const flowersLearner = learner({
  controls: {
    D: { ...networkControls.D, min: 1 },
    weightDecay: networkControls.weightDecay,
    width: networkControls.width,
    activation: { ...networkControls.activation, default: "tanh" },
    spread: sharedControls.spread,
  },
  sweeps: { weightDecay: { from: 0.02, to: 0.6 } },
  objective: at =>
    at.activation === "linear"
      ? linearObjective(flowerMoments, shapeOf(at))
      : nonlinearObjective(irises, {
          widths: widthsOf(at),
          gamma: at.weightDecay,
          activation: activations[at.activation],
        }),
  start: (at, address) => networkStart(layoutOf(irises.dx, widthsOf(at)), at.spread, address),
  observe(at, w, { loss }) {
    const widths = widthsOf(at);
    const state = networkState(w, irises.dx, widths);
    return {
      ...state,
      dataLoss: loss - at.weightDecay * state.Q,
      // A network that is switched off decides nothing: chance.
      trainError: state.order > ALIVE ? wrongShare(forward(irises, widths, activations[at.activation], w)) : 0.5,
    };
  },
  order: {
    label: "norm s of a layer",
    theory(at) {
      const state = lowest(at);
      return state && Math.sqrt(state.B ?? 0);
    },
  },
  critical: ({ D, activation }) =>
    activation === "linear" ? { weightDecay: [followedStates(flowerMoments, D).end()] } : {},
  phases(at) {
    const trivial = { label: "trivial", loss: flowerMoments.Ey2 };
    const state = lowest(at);
    return state?.phase === "learned" ? [trivial, { label: "learned", loss: state.minLoss }] : [trivial];
  },
  small: { width: 3 },
});

/** Slow sweeps of weight decay on measured data. */
export const flowersAnneal = anneal(
  flowersLearner,
  {
    summary: "sweep weight decay slowly up and down on real data: two species of iris by four measurements",
    values: 30,
    steps: 200,
    settle: 1000,
  },
  "flowers",
);

/** Share of outputs whose sign is not that of y. */
const wrongShare = (outputs: Float64Array): number => {
  let wrong = 0;
  for (let s = 0; s < outputs.length; s++) if (!(outputs[s] * irises.y[s] > 0)) wrong++;
  return wrong / outputs.length;
};
