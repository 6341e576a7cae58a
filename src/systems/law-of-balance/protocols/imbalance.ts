import { choice, integer, number } from "../../../contracts/field.ts";
import { protocol } from "../../../contracts/protocol.ts";
import { stream } from "../../../numerics/stream.ts";
import { dataControls, startControls } from "../learner.ts";
import { balanceFactor, balanceStep, type Layers } from "../model.ts";

type Imbalance = { readonly time: number; readonly difference: number; readonly v: number };

const differenceOf = ({ u, w }: Layers): number => u * u - w * w;

/** u^2 - w^2 along descent without noise, under SGD, and under descent with isotropic noise added to both weights. */
export const imbalance = protocol<{
  readonly path: Imbalance;
  readonly final: Imbalance & { readonly label: "none" | "sgd" | "isotropic" };
}>()({
  name: "imbalance",
  summary: "u^2 - w^2 over time: descent on the mean loss, SGD with one sample a step, descent with isotropic noise",
  settings: {
    ...dataControls,
    stepSize: { ...dataControls.stepSize, default: 0.01 },
    noise: choice("what is added to descent", ["none", "sgd", "isotropic"], { default: "sgd" }),
    kick: number("standard deviation of the isotropic noise of each weight in a step", {
      default: 0.002,
      min: 0,
      max: 10,
    }),
    steps: integer("steps", { default: 6000, min: 1, max: 100_000_000 }),
    every: integer("steps between records", { default: 100, min: 1, max: 100_000_000 }),
    u0: { ...startControls.u0, default: 1.2 },
    w0: { ...startControls.w0, default: 0.2 },
  },
  small: { steps: 100, every: 20 },
  run({ settings, seed, chain }, context) {
    const { stepSize: eta, weightDecay: gamma, k, noiseVar, noise, kick, steps, every, u0, w0 } = settings;
    const spread = noise === "sgd" ? Math.sqrt(noiseVar) : 0;
    const shake = noise === "isotropic" ? kick : 0;
    const random = stream({ seed, chain, purpose: "imbalance" });
    let layers: Layers = { u: u0, w: w0 };
    let last: Imbalance = { time: 0, difference: differenceOf(layers), v: u0 * w0 };
    for (let step = 0; step <= steps; step++) {
      if (step % every === 0) {
        last = { time: eta * step, difference: differenceOf(layers), v: layers.u * layers.w };
        context.record("path", last);
        context.progress(step / steps);
      }
      const { u, w } = balanceStep(layers, { x: 1, y: k + spread * random.normal(), eta, gamma });
      layers = shake > 0 ? { u: u + shake * random.normal(), w: w + shake * random.normal() } : { u, w };
    }
    context.record("final", { ...last, label: noise });
  },
});

/** Steps along which the exact factor of u^2 - w^2 is followed. */
export const identity = protocol<{ readonly final: { readonly worst: number; readonly label: "balance" } }>()({
  name: "identity",
  summary: "one run of SGD on random points, with the exact factor of u^2 - w^2 at each step",
  settings: { ...dataControls, steps: integer("steps", { default: 1000, min: 1, max: 10_000_000 }) },
  small: { steps: 100 },
  run({ settings, seed, chain }, context) {
    const { stepSize: eta, weightDecay: gamma, k, noiseVar, steps } = settings;
    const random = stream({ seed, chain, purpose: "identity" });
    let layers: Layers = { u: 1.1, w: 0.4 };
    let product = differenceOf(layers);
    let worst = 0;
    for (let step = 0; step < steps; step++) {
      const x = random.uniform() < 0.5 ? -1 : 1;
      const next = balanceStep(layers, { x, y: k * x + Math.sqrt(noiseVar) * random.normal(), eta, gamma });
      product *= balanceFactor(eta, gamma, next.G);
      layers = next;
      worst = Math.max(worst, Math.abs(differenceOf(layers) / product - 1));
    }
    context.record("final", { worst, label: "balance" });
    context.progress(1);
  },
});
