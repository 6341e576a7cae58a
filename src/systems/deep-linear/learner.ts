import { type Course, learner } from "../../contracts/learner.ts";
import type { Address } from "../../contracts/protocol.ts";
import { networkStart } from "../../learning/networks/start.ts";
import { anneal } from "../../protocols/anneal.ts";
import { phasePoint } from "../../protocols/phase-point.ts";
import { type NetworkSettings, networkControls, sharedControls, widthsOf } from "./controls.ts";
import { checkNetwork, layoutAt, networkObjective } from "./model.ts";
import { type NetworkState, networkState } from "./phases.ts";
import { criticalValues, learnedPoint, learnedState, networkCoefficient, targetSquare } from "./theory/network.ts";

/** Descent never rises: below the loss of the origin that is out of reach, and the network has learned, however small it still is. */
const courseOf = (at: NetworkSettings, { seed }: Address): Course<NetworkState> => {
  const objective = networkObjective(at, seed);
  const origin = objective.loss(new Float64Array(objective.size));
  const isDecided = ({ loss }: { readonly loss: number }) => at.D > 0 && loss < origin;
  return { isDecided, phase: state => (isDecided(state) ? "learned" : state.label) };
};

const declared = learner({
  controls: { ...networkControls, spread: sharedControls.spread },
  sweeps: { weightDecay: { from: 0.02, to: 0.6 }, strength: { from: 0.4, to: 1.6 }, sigma2: { from: 0, to: 4 } },
  check: at => checkNetwork(at),
  objective: (at, { seed }) => networkObjective(at, seed),
  start: (at, address) => networkStart(layoutAt(at), at.spread, address),
  observe: (at, w) => networkState(w, at.dx, widthsOf(at)),
  course: (at, address) => courseOf(at, address),
  order: {
    label: "norm s of a layer",
    theory(at) {
      const learned = learnedState(at);
      if (learned === null) return null;
      return learned !== "none" && learned.depth < 0 ? learned.order : 0;
    },
  },
  critical: at => criticalValues(at),
  /** Without the learned one where theory does not know its loss. */
  phases(at) {
    const level = targetSquare(at);
    const learned = learnedState(at);
    const trivial = { label: "trivial", loss: level };
    if (learned === null || learned === "none") return [trivial];
    const found = { label: at.D === 0 ? "no transition" : "learned", loss: level + learned.depth };
    if (at.D === 0) return [found];
    return found.loss < level ? [trivial, found] : [found, trivial];
  },
  coefficient: (phase, at) => networkCoefficient(phase, at),
  small: { width: 3, dx: 2, samples: 8 },
});

/** A network on a target in one direction, linear or not. */
export const networkLearner: typeof declared = {
  ...declared,
  point(phase, at) {
    if (phase === "trivial" && at.D > 0) return { w: new Float64Array(layoutAt(at).size) };
    const learned = learnedState(at);
    const isLearned = phase === (at.D === 0 ? "no transition" : "learned");
    if (isLearned && at.activation === "linear" && learned !== null && learned !== "none")
      return { w: learnedPoint(at, learned) };
    const phases = learned === null ? [...declared.phases(at), { label: "learned", loss: 0 }] : declared.phases(at);
    return phasePoint({ ...declared, phases: () => phases }, phase, at);
  },
};

/** Slow sweeps of weight decay, target strength or noise up and down: what survives, what returns, and what it costs. */
export const networkAnneal = anneal(networkLearner, {
  summary: "sweep a control slowly up and down by gradient descent, and follow the norms",
});
