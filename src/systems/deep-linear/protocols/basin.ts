import { integer, number } from "../../../contracts/field.ts";
import { type Address, protocol } from "../../../contracts/protocol.ts";
import { descendFor } from "../../../learning/descend.ts";
import { gradientDescent } from "../../../learning/gradient-descent.ts";
import type { Layout } from "../../../learning/networks/layout.ts";
import { norm } from "../../../numerics/norm.ts";
import { stream } from "../../../numerics/stream.ts";
import { sweepValues } from "../../../numerics/sweep-values.ts";
import { networkControls, sharedControls, widthsOf } from "../controls.ts";
import { checkNetwork, layoutAt, networkObjective } from "../model.ts";
import { type NetworkState, networkState } from "../phases.ts";

/**
 * Parameters whose layers all have norm s. Aligned: W_l = s r_l r_(l-1)^T and U = s r_D with random unit vectors r_l and r_0 along the target, which
 * is balanced. Otherwise of random direction, layer by layer.
 */
const startOf = ({ sizes, parameters, size }: Layout, s: number, aligned: boolean, address: Address) => {
  const random = stream({ ...address, purpose: "start" });
  const unit = (length: number): Float64Array => {
    const r = new Float64Array(length);
    random.normals(r);
    const whole = norm(r);
    return r.map(x => x / whole);
  };
  const w = new Float64Array(size);
  let below: Float64Array = Float64Array.from({ length: sizes[0] }, (_, i) => Number(i === 0));
  parameters.forEach(({ offset }, l) => {
    const rows = sizes[l + 1] ?? 1;
    const above = l + 1 < sizes.length ? unit(rows) : Float64Array.of(1);
    const direction = aligned
      ? Float64Array.from({ length: rows * below.length }, (_, at) => {
          const i = Math.floor(at / below.length);
          return above[i] * below[at - i * below.length];
        })
      : unit(rows * below.length);
    w.set(
      direction.map(x => s * x),
      offset,
    );
    below = above;
  });
  return w;
};

/**
 * Where descent ends by the norm of its start: one record `start` for each of a list of norms, from aligned layers and, half a step further, from random
 * ones. Each norm is a piece of its own, and so is the count.
 */
export const basinProtocol = protocol<
  {
    start: { norm: number; start: "aligned" | "random"; loss: number } & NetworkState;
    final: { learned: number; label: "learned" | "trivial" };
  },
  { readonly index: number } | { readonly learned: number }
>()({
  name: "basin",
  summary: "descent at one weight decay from layers of growing norm: which starts learn",
  settings: {
    ...networkControls,
    from: number("least norm of each layer at the start", { default: 0.025, min: 1e-9, max: 100 }),
    to: number("largest norm", { default: 1, min: 1e-9, max: 100 }),
    values: integer("norms, ends included", { default: 40, min: 2, max: 10_000 }),
    steps: integer("steps of descent", { default: 3000, min: 1, max: 100_000_000, scale: "log" }),
    stepSize: sharedControls.stepSize,
  },
  small: { width: 3, dx: 2, values: 3, steps: 100 },
  check: settings => checkNetwork(settings),

  plan({ settings: { values } }, records, round) {
    if (round === 0) return Array.from({ length: values }, (_, index) => ({ index }));
    if (round > 1) return [];
    return [{ learned: records.filter(({ label }) => label !== "trivial").length }];
  },

  run({ settings, seed, chain, piece }, context) {
    const { dx, from, to, values, steps, stepSize } = settings;
    if (!("index" in piece)) {
      const { learned } = piece;
      context.record("final", { learned: learned / (2 * values), label: learned > values ? "learned" : "trivial" });
      return;
    }
    const { index } = piece;
    const objective = networkObjective(settings, seed);
    const value = sweepValues(from, to, values)[index];
    const halfStep = (to - from) / (2 * (values - 1));
    for (const start of ["aligned", "random"] as const) {
      const norm = start === "aligned" ? value : value + halfStep;
      const w = startOf(layoutAt(settings), norm, start === "aligned", { seed, chain: chain * values + index });
      descendFor(objective, gradientDescent({ stepSize }), w, steps);
      context.record("start", { norm, start, loss: objective.loss(w), ...networkState(w, dx, widthsOf(settings)) });
    }
    context.progress(1);
  },
});
