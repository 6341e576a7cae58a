import { namesOf } from "../../contracts/field.ts";
import { learner } from "../../contracts/learner.ts";
import { stream } from "../../numerics/stream.ts";
import { anneal } from "../../protocols/anneal.ts";
import { type MirrorLoss, mirrorLosses } from "./model.ts";

type PairName = keyof typeof mirrorLosses;
export const lossAt = (pair: PairName): MirrorLoss => mirrorLosses[pair];

export const mirrorLearner = learner({
  controls: {
    pair: { kind: "choice", summary: "which symmetry", default: "rescaling", choices: namesOf(mirrorLosses) },
    strength: { kind: "number", summary: "N of the loss", default: 1, min: 1e-3, max: 100 },
    weightDecay: { kind: "number", summary: "weight decay", default: 0.5, min: 0, max: 100, formerly: ["gamma"] },
  },
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
    return { order, label: order > 0.01 ? "broken" : "symmetric" };
  },
  order: {
    label: "|O^T theta|, distance from the mirror",
    theory: ({ pair, strength, weightDecay }) =>
      weightDecay >= lossAt(pair).critical(strength) ? 0 : lossAt(pair).broken(strength, weightDecay).distance,
  },
  critical: ({ pair, strength, weightDecay }) => ({
    weightDecay: [lossAt(pair).critical(strength)],
    // The critical decay of each symmetry is proportional to N.
    strength: [weightDecay / lossAt(pair).critical(1)],
  }),
  phases: ({ pair, strength, weightDecay }) => {
    const { symmetric, loss } = lossAt(pair).broken(strength, weightDecay);
    const onPlane = { label: "symmetric", loss: symmetric };
    return weightDecay >= lossAt(pair).critical(strength) ? [onPlane] : [onPlane, { label: "broken", loss }];
  },
  small: {},
});

export const mirrorAnneal = anneal(mirrorLearner, {
  summary: "sweep weight decay slowly up and down: the symmetric plane attracts above gamma_c",
});
