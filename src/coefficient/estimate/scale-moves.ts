import { exp, log } from "../../numerics/elementary.ts";
import type { Stream } from "../../numerics/stream.ts";
import type { Block } from "./blocks.ts";

/** The energy nBeta K(w* + v) + gamma |v|^2 / 2 of a displacement v. */
export type EnergyOf = (v: Float64Array) => number;

/** Moves v in place; by the same moves in reverse order when `backwards`. */
export type ScaleMove = (v: Float64Array, random: Stream, backwards?: boolean) => void;

/**
 * Moves along the rays and hyperbolas that singular minima are made of: a block of parameters is stretched, v_a <- e^s v_a, or one is
 * stretched while another shrinks, v_b <- e^-s v_b, with s from its exact distribution by slice sampling,
 *
 *     log density(s) = -energy(v(s)) + (d_a - d_b) s.
 *
 * The stretches go around w*, or around the origin, where the rescaling symmetries of networks are.
 *
 * Gradients cannot make these moves: their steps are as short as the valley is narrow.  [Neal 2003, section 4, for the slices; Liu &
 * Sabatti 2000 for moves of a group of scales]
 */
export const scaleMoves = (
  partitions: readonly (readonly Block[])[],
  at: Float64Array,
  energyOf: EnergyOf,
  most = Infinity,
): ScaleMove => {
  const away = at.some(value => value !== 0);
  const nowhere = new Float64Array(at.length);
  const orders = partitions.map(blocks => Int32Array.from(blocks, (_, i) => i));
  const trial = new Float64Array(at.length);

  /** Moves v, of the energy given, in place; returns its new energy. */
  const slice = (
    v: Float64Array,
    energy: number,
    centre: Float64Array,
    random: Stream,
    stretched: Block,
    shrunk?: Block,
  ): number => {
    const volume = stretched.length - (shrunk?.length ?? 0);
    const level = -energy + log(1 - random.uniform());
    let at = energy;
    const above = (s: number): boolean => {
      const factor = exp(s);
      trial.set(v);
      for (const i of stretched) trial[i] = (v[i] + centre[i]) * factor - centre[i];
      if (shrunk) for (const i of shrunk) trial[i] = (v[i] + centre[i]) / factor - centre[i];
      at = energyOf(trial);
      return -at + volume * s > level;
    };
    let low = -WIDTH * random.uniform();
    let high = low + WIDTH;
    // A random share of the steps for each side keeps the move reversible.
    let left = Math.floor(MOST_STEPS * random.uniform());
    let right = MOST_STEPS - 1 - left;
    for (; left > 0 && above(low); left--) low -= WIDTH;
    for (; right > 0 && above(high); right--) high += WIDTH;
    for (let k = 0; k < MOST_SHRINKS; k++) {
      const s = low + (high - low) * random.uniform();
      if (above(s)) {
        v.set(trial);
        return at;
      }
      if (s < 0) low = s;
      else high = s;
    }
    return energy;
  };

  /**
   * A stretch or exchange for each of at most `most` blocks of a partition, in a random order. Exchanges need blocks that share no parameter. A sequence of moves is
   * as likely backwards as its reverse is forwards.
   */
  return (v, random, backwards = false) => {
    let energy = energyOf(v);
    for (let i = 0; i < partitions.length; i++) {
      const p = backwards ? partitions.length - 1 - i : i;
      const blocks = partitions[p];
      const order = orders[p];
      random.shuffle(order);
      const count = Math.min(order.length, most);
      for (let j = 0; j < count; j++) {
        const k = backwards ? count - 1 - j : j;
        const other = order[(k + 1) % order.length];
        const exchange = order.length > 1 && random.uniform() < 0.5;
        const centre = away && random.uniform() < 0.5 ? at : nowhere;
        energy = slice(v, energy, centre, random, blocks[order[k]], exchange ? blocks[other] : undefined);
      }
    }
  };
};

const WIDTH = 2;
const MOST_STEPS = 12;
const MOST_SHRINKS = 60;
