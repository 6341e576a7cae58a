import type { Protocol } from "../../contracts/protocol.ts";
import { stream } from "../../numerics/stream.ts";
import { sweepValues } from "../../numerics/sweep-values.ts";
import { controls } from "./controls.ts";
import { balanceStep } from "./theory.ts";

const { k, noiseVar } = controls;

/**
 * Where runs of SGD end at each of several temperatures, inputs +-1 and one sample a step: v itself (depth 0), a random walk with a pull
 * whatever the temperature, or v = u w (depth 1), which dies above T_c.
 */
export const spreadProtocol: Protocol = {
  name: "spread",
  summary: "predictors of many runs of SGD at several temperatures, without and with a hidden layer",
  settings: {
    k,
    noiseVar,
    depth: { kind: "integer", summary: "hidden layers", default: 1, min: 0, max: 1 },
    from: { kind: "number", summary: "lowest step size", default: 0.01, min: 1e-6, max: 0.9 },
    to: { kind: "number", summary: "highest step size", default: 0.15, min: 1e-6, max: 0.9 },
    values: { kind: "integer", summary: "step sizes, ends included", default: 15, min: 2, max: 1000 },
    walkers: { kind: "integer", summary: "independent runs at each", default: 120, min: 1, max: 100_000 },
    steps: { kind: "integer", summary: "steps of each", default: 8000, min: 1, max: 100_000_000 },
  },
  run({ settings, seed, chain }, context) {
    const { k, noiseVar, depth, from, to, values, walkers, steps } = settings as { readonly [name: string]: number };
    const spread = Math.sqrt(noiseVar);
    const random = stream({ seed, chain, purpose: "spread" });
    sweepValues(from, to, values).forEach((eta, index) => {
      const predictors = Array.from({ length: walkers }, (_, walker) => {
        random.at(index * walkers + walker);
        let state = { u: 0.3, w: 0.3 };
        let v = 0.09;
        for (let step = 0; step < steps; step++) {
          const y = k + spread * random.normal();
          if (depth === 0) v -= 2 * eta * (v - y);
          else state = balanceStep(state, { x: 1, y, eta, gamma: 0 });
        }
        return depth === 0 ? v : state.u * state.w;
      });
      context.record("spread", { eta, depth, predictors });
      context.progress((index + 1) / values);
    });
    context.record("final", { label: `${depth} hidden` });
  },
};
