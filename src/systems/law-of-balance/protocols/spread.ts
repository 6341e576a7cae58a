import { integer, number } from "../../../contracts/field.ts";
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
 * whatever the temperature, or v = u w (depth 1), which dies above T_c. A piece for each.
 */
export const spread = protocol<SpreadRecords, { readonly eta: number; readonly index: number }>()({
  name: "spread",
  summary: "predictors of many runs of SGD at several temperatures, without and with a hidden layer",
  settings: {
    k: dataControls.k,
    noiseVar: dataControls.noiseVar,
    depth: integer("hidden layers", { default: 1, min: 0, max: 1 }),
    from: number("lowest step size", { default: 0.01, min: 1e-6, max: 0.9 }),
    to: number("highest step size", { default: 0.15, min: 1e-6, max: 0.9 }),
    values: integer("step sizes, ends included", { default: 15, min: 2, max: 1000 }),
    walkers: integer("independent runs at each", { default: 120, min: 1, max: 100_000 }),
    steps: integer("steps of each", { default: 8000, min: 1, max: 100_000_000 }),
  },
  small: { values: 3, walkers: 4, steps: 50 },
  plan: ({ settings: { from, to, values } }, _records, round) =>
    round > 0 ? [] : [...sweepValues(from, to, values)].map((eta, index) => ({ eta, index })),
  run({ settings, seed, chain, piece: { eta, index } }, context) {
    const { k, noiseVar, depth, values, walkers, steps } = settings;
    const random = stream({ seed, chain, purpose: "spread" });
    const start = startControls.u0.default;
    const end = (): number => {
      if (depth === 1) {
        const at = { k, noiseVar, stepSize: eta, weightDecay: 0 };
        const { u, w } = balanceSteps({ u: start, w: start }, at, steps, random);
        return u * w;
      }
      let v = start * start;
      for (let step = 0; step < steps; step++) v -= 2 * eta * (v - (k + Math.sqrt(noiseVar) * random.normal()));
      return v;
    };
    const predictors = Array.from({ length: walkers }, (_, walker) => {
      random.at(index * walkers + walker);
      context.progress(walker / walkers);
      return end();
    });
    context.record("spread", { eta, depth, predictors });
    if (index === values - 1) context.record("final", { label: `${depth} hidden` });
  },
});
