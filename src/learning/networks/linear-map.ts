import { layoutOf } from "./layout.ts";

/** Many small networks on white inputs, each with a decay and a target strength of its own. */
export interface MapDescent {
  readonly dx: number;
  readonly widths: readonly number[];
  /** One entry for each network. */
  readonly gammas: ArrayLike<number>;
  readonly strengths: ArrayLike<number>;
  /** Parameters of all networks behind each other; moved in place. */
  readonly w: Float64Array;
  readonly stepSize: number;
  readonly steps: number;
}

/**
 * Gradient descent of all of them, as `linearObjective` would have it, with gradient and step in one pass over each layer:
 *
 *     a_D = U, a_(l-1) = W_l^T a_l, r_0 = 2 (a_0 - n), r_l = W_l r_(l-1), W_l <- (1 - 2 eta gamma) W_l - eta a_l r_(l-1)^T
 *
 * One network after the other, so that it stays in the nearest cache for all its steps.
 */
export const descendMap = (map: MapDescent): void => {
  const { gammas, w, steps } = map;
  const walker = walkerOf(map);
  for (let run = 0; run < gammas.length; run++) {
    walker.load(run);
    for (let step = 0; step < steps; step++) walker.step();
    w.set(walker.own, run * walker.own.length);
  }
};

export interface DecidedMap {
  /** 1 for each network that learned, 0 for each that collapsed. */
  readonly learned: Uint8Array;
  /** Steps made in all. */
  readonly steps: number;
  /** Networks for which no certificate was found within the allowed steps; their norm decided. */
  readonly open: number;
}

/** Steps from one look for a certificate to the next. */
const LOOK = 10;
/** Share of itself by which a squared norm at rest moves at most. */
const REST = 1e-9;
/** Norm of a layer that decides where there is no certificate. */
const ALIVE = 0.02;

/**
 * The phases in which the same descents end, each stopped as soon as its end is certain:
 *
 * - learned: the loss is below E[y^2], that of the origin. Descent never rises, so the origin is out of reach.
 * - trivial: the largest norm m of a layer has N m^(D-1) < gamma. Then d m^2/dt <= -4 gamma m^2 + 4 N m^(D+1) < 0: it shrinks for ever.
 *
 * - learned, though above the origin: the squared norm has come to rest, no longer moving by 1e-9 of itself in ten steps.
 *
 * The first needs a step size below the inverse curvature. Leaves `w` as it is.
 */
export const decideMap = (map: MapDescent): DecidedMap => {
  const { gammas, strengths, steps, widths } = map;
  const D = widths.length;
  const walker = walkerOf(map);
  const learned = new Uint8Array(gammas.length);
  let [made, open] = [0, 0];
  for (let run = 0; run < gammas.length; run++) {
    walker.load(run);
    const [gamma, N] = [gammas[run], strengths[run]];
    let before = Infinity;
    for (let step = 0; ; step += LOOK) {
      const { squares, gain } = walker.look();
      let [total, most] = [0, 0];
      for (const square of squares) {
        total += square;
        most = Math.max(most, square);
      }
      // |v|^2 - 2 N v_1 + gamma |theta|^2 is the loss less E[y^2].
      if (gain + gamma * total < 0) {
        learned[run] = 1;
        break;
      }
      let force = N;
      for (let l = 1; l < D; l++) force *= Math.sqrt(most);
      if (force < gamma) break;
      if (Math.abs(total - before) < REST * total) {
        learned[run] = 1;
        break;
      }
      before = total;
      if (step >= steps) {
        open++;
        learned[run] = total > (D + 1) * ALIVE * ALIVE ? 1 : 0;
        break;
      }
      for (let k = 0; k < LOOK; k++) walker.step();
      made += LOOK;
    }
  }
  return { learned, steps: made, open };
};

const walkerOf = ({ dx, widths, gammas, strengths, w, stepSize }: MapDescent) => {
  const { sizes, offsets, size } = layoutOf(dx, widths);
  const D = widths.length;
  const left = sizes.map(d => new Float64Array(d));
  const right = sizes.map(d => new Float64Array(d));
  const own = new Float64Array(size);
  const squares = new Float64Array(D + 1);
  let [keep, N] = [1, 0];
  const goLeft = (): void => {
    const top = left[D];
    for (let i = 0; i < top.length; i++) top[i] = own[offsets[D] + i];
    for (let l = D; l >= 1; l--) pullBack(own, offsets[l - 1], left[l], left[l - 1]);
  };
  return {
    own,
    load(run: number): void {
      own.set(w.subarray(run * size, (run + 1) * size));
      keep = 1 - 2 * stepSize * gammas[run];
      N = strengths[run];
    },
    step(): void {
      goLeft();
      const [v, e] = [left[0], right[0]];
      for (let j = 0; j < dx; j++) e[j] = 2 * v[j];
      e[0] -= 2 * N;
      for (let l = 1; l <= D; l++) pushAndStep(own, offsets[l - 1], left[l], right[l - 1], right[l], keep, stepSize);
      const last = right[D];
      for (let i = 0; i < last.length; i++) own[offsets[D] + i] = keep * own[offsets[D] + i] - stepSize * last[i];
    },
    /** Squared norms of the layers, and |v|^2 - 2 N v_1. */
    look(): { readonly squares: Float64Array; readonly gain: number } {
      goLeft();
      let gain = -2 * N * left[0][0];
      for (let j = 0; j < dx; j++) gain += left[0][j] * left[0][j];
      for (let l = 0; l <= D; l++) {
        let sum = 0;
        const end = offsets[l + 1] ?? size;
        for (let i = offsets[l]; i < end; i++) sum += own[i] * own[i];
        squares[l] = sum;
      }
      return { squares, gain };
    },
  };
};

/** below = W^T above */
const pullBack = (w: Float64Array, offset: number, above: Float64Array, below: Float64Array): void => {
  const columns = below.length;
  below.fill(0);
  let at = offset;
  for (let i = 0; i < above.length; i++) {
    const factor = above[i];
    for (let j = 0; j < columns; j++, at++) below[j] += factor * w[at];
  }
};

/** after = W before, and W <- keep W - stepSize above before^T */
const pushAndStep = (
  w: Float64Array,
  offset: number,
  above: Float64Array,
  before: Float64Array,
  after: Float64Array,
  keep: number,
  stepSize: number,
): void => {
  const columns = before.length;
  let at = offset;
  for (let i = 0; i < above.length; i++) {
    const factor = stepSize * above[i];
    let sum = 0;
    for (let j = 0; j < columns; j++, at++) {
      const value = w[at];
      sum += value * before[j];
      w[at] = keep * value - factor * before[j];
    }
    after[i] = sum;
  }
};
