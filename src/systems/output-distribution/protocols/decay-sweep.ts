import { integer, number } from "../../../contracts/field.ts";
import { protocol } from "../../../contracts/protocol.ts";
import { descendFor } from "../../../learning/descend.ts";
import { gradientDescent } from "../../../learning/gradient-descent.ts";
import { linearObjective } from "../../../learning/networks/linear.ts";
import { stream } from "../../../numerics/stream.ts";
import { findOutputTransitions, largestOf } from "../../../transitions/dissimilarity/index.ts";
import { decays, labelsOf } from "../model/decay-sweep.ts";

/** The predictor of a network at a weight decay, and the place of the largest dissimilarity of its outputs at the end. */
export type PredictorRecord = { readonly control: number; readonly samples: readonly number[] };
export type PeakRecord = {
  readonly found: boolean;
  readonly split: number;
  readonly height: number;
};

export const decaySweepProtocol = protocol<{ samples: PredictorRecord; peak: PeakRecord }>()({
  name: "decay-sweep",
  summary: "a linear network trained while weight decay goes up: where its outputs at 64 probes change",
  settings: {
    D: integer("hidden layers", { default: 2, min: 1, max: 8 }),
    width: integer("neurons of each hidden layer", { default: 4, min: 1, max: 64 }),
    from: number("lowest weight decay", { default: 0.1, min: 0, max: 10 }),
    to: number("highest weight decay", { default: 0.6, min: 0, max: 10 }),
    step: number("step of the weight decay", { default: 0.02, min: 1e-5, max: 1 }),
    steps: integer("steps of descent at each value", { default: 4000, min: 1, max: 10_000_000, scale: "log" }),
    stepSize: number("step size", { default: 0.05, above: 0, max: 10, scale: "log" }),
  },
  small: { steps: 10, step: 0.1 },
  run({ settings: { D, width, from, to, step, steps, stepSize }, seed, chain }, context) {
    const values = decays(from, to, step);
    const widths = new Array<number>(D).fill(width);
    const moments = { A0: [[1]], n: [1], Ey2: 1 };
    const objectiveAt = (gamma: number) =>
      linearObjective(moments, { gammaU: gamma, gammaW: widths.map(() => gamma), widths });
    const first = objectiveAt(values[0]);
    const w = new Float64Array(first.size);
    const random = stream({ seed, chain, purpose: "decay sweep" });
    // Large enough that descent leaves zero, which is a minimum of its own from two hidden layers on.
    const spread = 1 / Math.sqrt(width);
    for (let i = 0; i < w.length; i++) w[i] = spread * random.normal();
    const v = new Float64Array(1);
    const found = values.map((weightDecay, k) => {
      const objective = objectiveAt(weightDecay);
      descendFor(objective, gradientDescent({ stepSize }), w, k === 0 ? 4 * steps : steps);
      objective.predictor(w, v);
      context.record("samples", { control: weightDecay, samples: [v[0]] });
      context.progress((k + 1) / values.length);
      return v[0];
    });
    const { scans, found: isFound } = findOutputTransitions(
      { control: values, probes: found.map(labelsOf) },
      { L: [1], resamples: RESAMPLES },
    );
    const { index, height } = largestOf(scans[0].splits, scans[0].values.lin);
    context.record("peak", { found: isFound, split: scans[0].splits[index], height });
  },
});

const RESAMPLES = 100;
