import { learner } from "../../contracts/learner.ts";
import { anneal } from "../../protocols/anneal.ts";
import { networkControls, sharedControls, widthsOf } from "./controls.ts";
import { momentsOf } from "./model/data.ts";
import { forward } from "./model/forward.ts";
import { irises } from "./model/irises.ts";
import { networkStart } from "./model/network.ts";
import { nonlinearObjective } from "./model/nonlinear.ts";
import { plainObjective } from "./model/plain.ts";
import { ALIVE, networkState } from "./phases.ts";
import { activations } from "./theory/activations.ts";
import { followedStates } from "./theory/followed.ts";
import { reduce } from "./theory/reduction.ts";

/** Second moments of the flowers: all that a linear network sees. */
export const flowerMoments = momentsOf(irises);

/** The lowest state of a linear network; null of others and without decay. */
const lowest = (at: {
  readonly D: number;
  readonly width: number;
  readonly weightDecay: number;
  readonly activation: string;
}) => {
  const { D, weightDecay, activation } = at;
  if (activation !== "linear" || weightDecay === 0) return null;
  const each = (value: number): number[] => new Array<number>(D).fill(value);
  const shape = { gammaU: weightDecay, gammaW: each(weightDecay), widths: widthsOf(at), sigma2: each(0) };
  return reduce(flowerMoments, shape);
};

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
  objective({ D, width, weightDecay: gamma, activation }) {
    const widths = widthsOf({ D, width });
    return activation === "linear"
      ? plainObjective(flowerMoments, { gammaU: gamma, gammaW: widths.map(() => gamma), widths })
      : nonlinearObjective(irises, { widths, gamma, activation: activations[activation] });
  },
  start: (at, address) => networkStart({ ...at, dx: irises.dx }, address),
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
