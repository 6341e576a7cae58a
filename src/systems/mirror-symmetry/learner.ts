import { learner } from "../../contracts/learner.ts";
import { invalid } from "../../errors.ts";
import { stream } from "../../numerics/stream.ts";
import { anneal } from "../../protocols/anneal.ts";
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
  start: ({ pair, strength, weightDecay }, { seed, chain }) => {
    const { size } = lossAt(pair).objective(strength, weightDecay);
    const w = new Float64Array(size);
    stream({ seed, chain, purpose: "start" }).normals(w);
    const scale = Math.sqrt(2 / size);
    return w.map(value => scale * value);
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
  point: (phase, at) => {
    const lowest = lowestPhase(at);
    if (phase !== lowest) throw invalid("--at", phase, `${lowest}, the only minimum at these settings`);
    return { w: Float64Array.from(lossAt(at.pair).minimum(at.strength, at.weightDecay)) };
  },
  coefficient: (phase, at) =>
    phase === lowestPhase(at)
      ? {
          lambda: lossAt(at.pair).coefficient(at.strength, at.weightDecay),
          where: "normal form of the loss at the minimum",
        }
      : null,
  small: {},
});

export const mirrorAnneal = anneal(mirrorLearner, {
  summary: "sweep weight decay slowly up and down: the symmetric plane attracts above gamma_c",
});
