import type { Objective } from "../../../contracts/objective.ts";
import { LandauError } from "../../../errors.ts";
import { norm } from "../../../numerics/norm.ts";
import { stream } from "../../../numerics/stream.ts";
import { entryNames } from "../../../sampling/entry-names.ts";

/** How a gradient compares with differences of its loss, and with itself. */
export interface Check {
  /** Of the same call twice: the largest difference of two gradients as a share of their length; 0 when their bits are equal. */
  readonly noise: number;
  /** The largest difference between slope and gradient along the directions, as a share of the gradient's length. */
  readonly disagreement: number;
  /** One sentence. */
  readonly text: string;
}

const DIRECTIONS = 3;
/** A gradient that is more than this off is wrong: kinks and rounding explain less. */
const MOST = 0.02;
/** Beside the start, where a gradient may vanish: a tenth of the typical size of the parameters. */
const ASIDE = 0.1;
const HALVINGS = 20;

/**
 * Puts the gradient beside central differences of the loss along three random directions, at a point beside the start, and calls it twice there.
 * Throws a LandauError of kind "input" when it is not the gradient of the loss, or not finite anywhere near the start.
 */
export const checkGradient = (objective: Objective, start: Float64Array, dtype: string, file: string): Check => {
  const { size } = objective;
  const numbers = stream({ seed: 0, purpose: "python gradient" });
  const spread = norm(start) / Math.sqrt(size) || 1;
  const gradient = new Float64Array(size);
  const w = start.slice();
  const atStart = objective.lossAndGradient(w, gradient);
  if (!Number.isFinite(atStart))
    throw new LandauError("input", `${file}: the loss at w0 is ${atStart}: needs a finite number`);
  const bad = gradient.findIndex(value => !Number.isFinite(value));
  if (bad >= 0)
    throw new LandauError(
      "input",
      `${file}: at w0 the gradient of ${entryNames(objective.parameters)[bad]} is ${gradient[bad]}: needs a finite number`,
    );
  const away = Float64Array.from({ length: size }, () => numbers.normal());
  let loss = Number.NaN;
  for (let share = ASIDE, i = 0; i < HALVINGS; share /= 2, i++) {
    for (let k = 0; k < size; k++) w[k] = start[k] + share * spread * away[k];
    loss = objective.lossAndGradient(w, gradient);
    if (isUsable(loss, gradient)) break;
  }
  const again = new Float64Array(size);
  objective.lossAndGradient(w, again);
  const length = norm(gradient);
  const noise = norm(again.map((value, k) => value - gradient[k])) / (length || 1);
  const epsilon = /16$/.test(dtype) ? 1e-3 : /32$/.test(dtype) ? 2 ** -23 : 2 ** -52;
  const step = 0.1 * Math.cbrt(epsilon) * spread;
  const rounding = (8 * epsilon * Math.abs(loss)) / step;
  let disagreement = 0;
  let wrong: string | undefined;
  const moved = new Float64Array(size);
  for (let i = 0; i < DIRECTIONS; i++) {
    const signs = Float64Array.from({ length: size }, () => (numbers.word() & 1 ? 1 : -1));
    const at = (side: number): number => {
      for (let k = 0; k < size; k++) moved[k] = w[k] + side * step * signs[k];
      return objective.loss(moved);
    };
    const slope = (at(1) - at(-1)) / (2 * step);
    const said = dot(gradient, signs);
    const off = Math.abs(slope - said);
    disagreement = Math.max(disagreement, off / (length || 1));
    if (!(off <= MOST * length + rounding + 4 * noise * length * Math.sqrt(size)))
      wrong ??= `along random direction ${i + 1} of ${DIRECTIONS} its loss changes by ${slope.toPrecision(4)} a unit, its gradient says ${said.toPrecision(4)}`;
  }
  if (wrong !== undefined)
    throw new LandauError(
      "input",
      `${file}: the gradient is not that of the loss: ${wrong} (is one a sum, the other a mean?)`,
    );
  const beside = `its gradient agrees with differences of the loss to ${disagreement.toExponential(0)} of its length`;
  const sameness =
    noise === 0
      ? "the same call twice gives the same bits"
      : `noisy gradient: two equal calls differ by ${noise.toExponential(1)} of its length, and runs do not replay to the same bits`;
  return { noise, disagreement, text: `${beside}; ${sameness}` };
};

const isUsable = (loss: number, gradient: Float64Array): boolean =>
  Number.isFinite(loss) && gradient.every(value => Number.isFinite(value));

const dot = (a: Float64Array, b: Float64Array): number => a.reduce((sum, value, i) => sum + value * b[i], 0);
