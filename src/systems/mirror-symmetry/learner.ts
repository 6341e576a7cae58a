import { learner } from "../../contracts/learner.ts";
import { normalStart } from "../../numerics/normal-start.ts";
import { anneal } from "../../protocols/anneal.ts";
import { singleMinimum } from "../../protocols/single-minimum.ts";
import { lossAt, type MirrorSettings, mirrorControls } from "./model.ts";

/** A state this close to the plane is on it. */
const ON_PLANE = 0.01;

/** The phase of the minimum: the plane attracts from the critical decay on. */
const lowestPhase = ({ pair, strength, weightDecay }: MirrorSettings) =>
  weightDecay < lossAt(pair).critical(strength) ? "broken" : "symmetric";

export const mirrorLearner = learner({
  controls: mirrorControls,
  sweeps: { weightDecay: { from: 0.4, to: 1.2 }, strength: { from: 0.2, to: 1 } },
  objective: ({ pair, strength, weightDecay }) => lossAt(pair).objective(strength, weightDecay),
  start: ({ pair, strength, weightDecay }, address) => {
    const { size } = lossAt(pair).objective(strength, weightDecay);
    return normalStart(size, Math.sqrt(2 / size), address);
  },
  observe: ({ pair }, w) => {
    const order = lossAt(pair).distance(w);
    return { order, label: order > ON_PLANE ? "broken" : "symmetric" };
  },
  order: {
    label: "|O^T theta|, distance from the mirror",
    theory: at => (lowestPhase(at) === "symmetric" ? 0 : lossAt(at.pair).broken(at.strength, at.weightDecay).distance),
  },
  critical: ({ pair, strength, weightDecay }) => ({
    weightDecay: [lossAt(pair).critical(strength)],
    // The critical decay of each symmetry is proportional to N.
    strength: [weightDecay / lossAt(pair).critical(1)],
  }),
  phases: at => {
    const { symmetric, loss } = lossAt(at.pair).broken(at.strength, at.weightDecay);
    const onPlane = { label: "symmetric", loss: symmetric };
    return lowestPhase(at) === "symmetric" ? [onPlane] : [onPlane, { label: "broken", loss }];
  },
  ...singleMinimum<MirrorSettings>({
    phase: lowestPhase,
    w: ({ pair, strength, weightDecay }) => lossAt(pair).minimum(strength, weightDecay),
    lambda: ({ pair, strength, weightDecay }) => lossAt(pair).coefficient(strength, weightDecay),
    where: "normal form of the loss at the minimum",
  }),
  small: {},
});

export const mirrorAnneal = anneal(mirrorLearner, {
  summary: "sweep weight decay slowly up and down: the symmetric plane attracts above gamma_c",
});
