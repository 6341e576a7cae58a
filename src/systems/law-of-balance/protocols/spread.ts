import { protocol } from "../../../contracts/protocol.ts";
import { stream } from "../../../numerics/stream.ts";
import { sweepValues } from "../../../numerics/sweep-values.ts";
import { dataControls, startControls } from "../learner.ts";
import { balanceSteps } from "../model.ts";

type SpreadRecords = {
  /** Of each step size, where the runs end. */
  readonly spread: { readonly eta: number; readonly depth: number; readonly predictors: readonly number[] };
  readonly final: { readonly label: string };
};

/**
 * Where runs of SGD end at each of several temperatures, inputs +-1 and one sample a step: v itself (depth 0), a random walk with a pull
 * whatever the temperature, or v = u w (depth 1), which dies above T_c.
 */
export const spread = protocol<SpreadRecords>()({
  name: "spread",
  summary: "predictors of many runs of SGD at several temperatures, without and with a hidden layer",
  settings: {
    k: dataControls.k,
    noiseVar: dataControls.noiseVar,
    depth: { kind: "integer", summary: "hidden layers", default: 1, min: 0, max: 1 },
    from: { kind: "number", summary: "lowest step size", default: 0.01, min: 1e-6, max: 0.9 },
    to: { kind: "number", summary: "highest step size", default: 0.15, min: 1e-6, max: 0.9 },
    values: { kind: "integer", summary: "step sizes, ends included", default: 15, min: 2, max: 1000 },
    walkers: { kind: "integer", summary: "independent runs at each", default: 120, min: 1, max: 100_000 },
    steps: { kind: "integer", summary: "steps of each", default: 8000, min: 1, max: 100_000_000 },
  },
  small: { values: 3, walkers: 4, steps: 50 },
  run({ settings, seed, chain }, context) {
    const { k, noiseVar, depth, from, to, values, walkers, steps } = settings;
    const random = stream({ seed, chain, purpose: "spread" });
    const u = startControls.u0.default;
    const end = (stepSize: number): number => {
      if (depth === 1) {
        const layers = balanceSteps({ u, w: u }, { k, noiseVar, stepSize, weightDecay: 0 }, steps, random);
        return layers.u * layers.w;
      }
      let v = u * u;
      for (let step = 0; step < steps; step++) v -= 2 * stepSize * (v - (k + Math.sqrt(noiseVar) * random.normal()));
      return v;
    };
    sweepValues(from, to, values).forEach((eta, index) => {
      const predictors = Array.from({ length: walkers }, (_, walker) => {
        random.at(index * walkers + walker);
        return end(eta);
      });
      context.record("spread", { eta, depth, predictors });
      context.progress((index + 1) / values);
    });
    context.record("final", { label: `${depth} hidden` });
  },
});
