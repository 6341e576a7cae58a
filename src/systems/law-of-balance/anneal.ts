import { stream } from "../../numerics/stream.ts";
import { sweepProtocol } from "../anneal.ts";
import { controls } from "./controls.ts";
import { balanceStep } from "./theory.ts";

/** Products below this are zero, as those of walkers that have collapsed. */
const DEAD = 1e-3;

/**
 * Slow sweeps of the temperature (the step size at batch size 1) or of weight decay: many walkers of SGD are carried along, and the mean of
 * v = u w falls on a line to zero at T_c = (E[x y] - gamma) / Var(x y). Under SGD a walker at zero stays there: the way back needs the kick.
 */
export const annealBalance = sweepProtocol({
  summary: "sweep the temperature of SGD, or its weight decay, slowly up and down: above T_c the product u w is zero",
  settings: {
    ...controls,
    walkers: { kind: "integer", summary: "independent runs, carried along", default: 200, min: 1, max: 1_000_000 },
    u0: { kind: "number", summary: "u at the start", default: 0.3, min: -10, max: 10 },
    w0: { kind: "number", summary: "w at the start", default: 0.3, min: -10, max: 10 },
  },
  controls: ["eta", "gamma"],
  defaults: { from: 0.01, to: 0.13, steps: 4000 },
  start(settings) {
    const { walkers, u0, w0 } = settings as { readonly [name: string]: number };
    return Float64Array.from({ length: 2 * walkers }, (_, i) => (i % 2 === 0 ? u0 : w0));
  },
  move(settings, { seed, chain }, state, steps, stage) {
    const { eta, gamma, k, noiseVar } = settings as { readonly [name: string]: number };
    const spread = Math.sqrt(noiseVar);
    const random = stream({ seed, chain, purpose: "sweep" });
    const walkers = state.length / 2;
    let loss = 0;
    for (let walker = 0; walker < walkers; walker++) {
      random.at(stage * walkers + walker);
      let at = { u: state[2 * walker], w: state[2 * walker + 1] };
      for (let step = 0; step < steps; step++)
        at = balanceStep(at, { x: 1, y: k + spread * random.normal(), eta, gamma });
      state[2 * walker] = at.u;
      state[2 * walker + 1] = at.w;
      const error = at.u * at.w - k;
      loss += error * error + noiseVar + gamma * (at.u * at.u + at.w * at.w);
    }
    return loss / walkers;
  },
  observe(_, state) {
    const walkers = state.length / 2;
    let [mean, squares, dead] = [0, 0, 0];
    for (let walker = 0; walker < walkers; walker++) {
      const v = state[2 * walker] * state[2 * walker + 1];
      mean += v / walkers;
      squares += (v * v) / walkers;
      if (Math.abs(v) < DEAD) dead++;
    }
    return {
      order: Math.abs(mean),
      variance: squares - mean * mean,
      dead: dead / walkers,
      label: 2 * dead > walkers ? "sparse" : "learned",
    };
  },
});
