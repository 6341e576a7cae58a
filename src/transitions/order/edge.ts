import { exp, log } from "../../numerics/elementary.ts";
import { type Evidence, text } from "./evidence.ts";
import type { OrderTable } from "./table.ts";

/** Shares of the largest value below which the order parameter is gone, and from which on it is used in the fit. */
const GONE = 0.01;
const USED = 0.05;
const POINTS = 8;
/** Misfit, in shares of the largest value, that a grid of a sweep leaves. */
const MISFIT = 0.004;

/** Sweeps and runs without noise have few samples at a control. */
const FEW = 8;

/** An order parameter over the control, from where it is large to where it is small. */
interface Curve {
  readonly controls: readonly number[];
  readonly values: readonly number[];
}

/** How a curve ends: m = jump + amplitude |end - control|^exponent up to `end`, and nothing beyond. */
export interface EdgeFit {
  readonly end: number;
  readonly exponent: number;
  /** In units of the largest value, with the range of jumps that fit nearly as well. */
  readonly jump: number;
  readonly jumpLow: number;
  readonly jumpHigh: number;
}

/**
 * The end of the ordered phase in curves that hardly fluctuate: does the order parameter vanish at a point, with what exponent, and from what height does it
 * fall? And when it never vanishes: is the curve smooth? Null for sampled tables.
 */
export const edge = (table: OrderTable): Evidence | null => {
  const curve = quietCurve(table);
  if (!curve) return null;
  const top = Math.max(...curve.values);
  const values = curve.values.map(value => value / top);
  const last = lastAbove(values, GONE);
  if (last === values.length - 1) return smoothness({ ...curve, values });
  const fit = fitEdge({ ...curve, values }, last);
  if (!fit) return null;
  const jumps = fit.jumpLow > 0.15;
  const vanishes = fit.jumpLow < 0.05 && fit.jump < 0.2;
  return {
    probe: "edge",
    support: jumps
      ? { none: -5, continuous: -3, discontinuous: 0 }
      : vanishes
        ? { none: -5, continuous: 0, discontinuous: -2 }
        : { none: -5, continuous: 0, discontinuous: 0 },
    finding:
      `the order parameter is gone beyond ${text(fit.end)}; it falls there from ${text(100 * fit.jump)} % of its largest value ` +
      `(${text(100 * fit.jumpLow)} to ${text(100 * fit.jumpHigh)} %), with exponent ${text(fit.exponent)} above that`,
    values: { end: fit.end, jump: fit.jump, jumpLow: fit.jumpLow, jumpHigh: fit.jumpHigh, exponent: fit.exponent },
  };
};

/** The slowest sweep from order at the largest size; or the plain curve. */
const quietCurve = ({ sizes }: OrderTable): Curve | null => {
  const { cells } = sizes[sizes.length - 1];
  const all = cells.flatMap(({ series }) => series);
  if (!cells.every(({ series }) => series.every(({ values }) => values.length < FEW))) return null;
  const pace = Math.max(...all.map(each => each.pace));
  const curveOf = (direction: "up" | "down" | undefined): Curve => {
    const points = cells.flatMap(({ control, series }) => {
      const used = series.filter(each => each.pace === pace && each.direction === direction);
      const values = used
        .flatMap(each => [...each.values])
        .map(Math.abs)
        .sort((a, b) => a - b);
      return values.length > 0 ? [{ control, value: values[values.length >> 1] }] : [];
    });
    const falling = points.length > 0 && points[0].value >= points[points.length - 1].value;
    const ordered = falling ? points : points.reverse();
    return { controls: ordered.map(({ control }) => control), values: ordered.map(({ value }) => value) };
  };
  const curves = [curveOf(undefined), curveOf("up"), curveOf("down")].filter(({ values }) => values.length >= 6);
  if (curves.length === 0) return null;
  // The branch that holds on to order has the larger sum.
  const weight = ({ values }: Curve): number => values.reduce((a, b) => a + b, 0);
  const best = curves.reduce((a, b) => (weight(b) > weight(a) ? b : a));
  return Math.max(...best.values) > 0 ? best : null;
};

const lastAbove = (values: readonly number[], level: number): number => {
  let last = -1;
  values.forEach((value, i) => {
    if (value > level) last = i;
  });
  return last;
};

const fitEdge = ({ controls, values }: Curve, last: number): EdgeFit | null => {
  // The last point may have been on its way down when its time was up.
  const reached = lastAbove(values.slice(0, last + 1), USED);
  const learned = reached - 1;
  const from = Math.max(0, learned - POINTS + 1);
  const count = learned - from + 1;
  if (count < 4) return null;
  const x = controls.slice(from, learned + 1);
  const y = values.slice(from, learned + 1);
  const [inner, outer] = [controls[learned], controls[Math.min(reached + 1, controls.length - 1)]];
  const fits: { end: number; exponent: number; jump: number; misfit: number }[] = [];
  for (let i = 0; i <= 20; i++) {
    const end = inner + ((outer - inner) * (i + 0.02)) / 20;
    for (let exponent = 0.25; exponent < 1.55; exponent += 0.05) {
      const basis = x.map(each => exp(exponent * log(Math.max(1e-12, Math.abs(end - each)))));
      for (let step = 0; step <= 40; step++) {
        const jump = step * 0.025;
        let [top, under] = [0, 0];
        basis.forEach((b, k) => {
          top += b * (y[k] - jump);
          under += b * b;
        });
        const amplitude = Math.max(0, top / under);
        let square = 0;
        basis.forEach((b, k) => {
          const miss = y[k] - jump - amplitude * b;
          square += miss * miss;
        });
        fits.push({ end, exponent, jump, misfit: Math.sqrt(square / count) });
      }
    }
  }
  const best = fits.reduce((a, b) => (b.misfit < a.misfit ? b : a));
  const near = fits.filter(({ misfit }) => misfit < 2 * best.misfit + MISFIT).map(({ jump }) => jump);
  return {
    end: best.end,
    exponent: best.exponent,
    jump: best.jump,
    jumpLow: Math.min(...near),
    jumpHigh: Math.max(...near),
  };
};

/** Largest distance of a point from the cubic through its four neighbours, in shares of the range, that a smooth curve may have. */
const SMOOTH = 0.01;

const smoothness = ({ controls, values }: Curve): Evidence => {
  const range = Math.max(...values) - Math.min(...values);
  let worst = 0;
  for (let i = 2; i + 2 < values.length; i++) {
    const places = [i - 2, i - 1, i + 1, i + 2];
    let guess = 0;
    for (const a of places) {
      let weight = 1;
      for (const b of places) if (b !== a) weight *= (controls[i] - controls[b]) / (controls[a] - controls[b]);
      guess += weight * values[a];
    }
    worst = Math.max(worst, Math.abs(values[i] - guess));
  }
  const rough = range > 0 ? worst / range : 0;
  return {
    probe: "edge",
    support:
      rough < SMOOTH ? { none: 0, continuous: -3, discontinuous: -4 } : { none: 0, continuous: 0, discontinuous: 0 },
    finding: `the order parameter vanishes nowhere; its curve departs from a smooth one by at most ${text(100 * rough)} % of its range`,
    values: { roughness: rough },
  };
};
