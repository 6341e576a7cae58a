import { sampleOrder } from "../../src/experiments/sample-order.ts";
import type { PlainModel, Values } from "./plain-models.ts";

/** Moves one array by one step; `t` counts steps from 0. Written from the papers, apart from the library's own. */
export type PlainUpdate = () => (w: Float64Array, g: Float64Array, t: number) => void;

type PlainRate = (t: number) => number;

export const plainDescent =
  (rate: PlainRate, l2 = 0): PlainUpdate =>
  () =>
  (w, g, t) => {
    for (let i = 0; i < w.length; i++) w[i] -= rate(t) * (g[i] + l2 * w[i]);
  };

export const plainMomentum =
  (rate: PlainRate, momentum: number, { nesterov = false, l2 = 0 } = {}): PlainUpdate =>
  () => {
    let v: number[] | undefined;
    return (w, g, t) => {
      v ??= Array.from(w, () => 0);
      for (let i = 0; i < w.length; i++) {
        const slope = g[i] + l2 * w[i];
        v[i] = momentum * v[i] + slope;
        w[i] -= rate(t) * (nesterov ? slope + momentum * v[i] : v[i]);
      }
    };
  };

export const plainAdam =
  (rate: PlainRate, { beta1 = 0.9, beta2 = 0.999, epsilon = 1e-8, weightDecay = 0, l2 = 0 } = {}): PlainUpdate =>
  () => {
    let [m, v]: number[][] = [];
    return (w, g, t) => {
      m ??= Array.from(w, () => 0);
      v ??= Array.from(w, () => 0);
      for (let i = 0; i < w.length; i++) {
        const slope = g[i] + l2 * w[i];
        m[i] = beta1 * m[i] + (1 - beta1) * slope;
        v[i] = beta2 * v[i] + (1 - beta2) * slope ** 2;
        const [mean, square] = [m[i] / (1 - beta1 ** (t + 1)), v[i] / (1 - beta2 ** (t + 1))];
        w[i] = w[i] - rate(t) * weightDecay * w[i] - (rate(t) * mean) / (Math.sqrt(square) + epsilon);
      }
    };
  };

export interface PlainTraining {
  readonly steps: number;
  readonly batch?: number;
  readonly seed?: number;
  readonly chain?: number;
  readonly clip?: { readonly norm: number } | { readonly value: number };
  /** One for all arrays, or by the name of the array. */
  readonly update: PlainUpdate | { readonly [name: string]: PlainUpdate };
}

/** The loop of training in plain numbers: the losses, and the parameters in the end. */
export const plainTraining = (
  { samples, lossAndGradient }: PlainModel,
  start: Values,
  { steps, batch, seed = 0, chain = 0, clip, update }: PlainTraining,
): { readonly losses: number[]; readonly w: Values } => {
  const w = Object.fromEntries(Object.entries(start).map(([name, values]) => [name, values.slice()]));
  const gradient = Object.fromEntries(Object.entries(w).map(([name, values]) => [name, values.slice()]));
  const all = Int32Array.from({ length: samples }, (_, i) => i);
  const order = batch === undefined ? () => all : sampleOrder({ samples, batch, seed, chain });
  const updates = Object.fromEntries(
    Object.keys(w).map(name => [name, (typeof update === "function" ? update : update[name])()]),
  );
  const losses: number[] = [];
  for (let t = 0; t < steps; t++) {
    losses.push(lossAndGradient(w, order(t), gradient));
    if (clip) clipInPlace(Object.values(gradient), clip);
    for (const name of Object.keys(w)) updates[name](w[name], gradient[name], t);
  }
  return { losses, w };
};

const clipInPlace = (gradients: Float64Array[], clip: NonNullable<PlainTraining["clip"]>) => {
  const length = Math.hypot(...gradients.flatMap(g => [...g]));
  for (const g of gradients)
    for (let i = 0; i < g.length; i++)
      if ("norm" in clip) g[i] *= Math.min(1, clip.norm / length);
      else g[i] = Math.min(clip.value, Math.max(-clip.value, g[i]));
};
