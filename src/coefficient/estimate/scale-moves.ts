import { exp, log } from "../../numerics/elementary.ts";
import type { Stream } from "../../numerics/stream.ts";
import type { Block } from "./blocks.ts";
import { betweenBlocks } from "./coupling.ts";
import type { ValleyFloor } from "./valley-floor.ts";

/** The energy nBeta K(w* + v) + gamma |v|^2 / 2 of a displacement v. */
export type EnergyOf = (v: Float64Array) => number;

/** Moves v in place; by the same moves in reverse order when `backwards`. */
export type ScaleMove = (v: Float64Array, random: Stream, backwards?: boolean) => void;

export interface ScaleSettings {
  /** Blocks of a partition that are moved each time; all when absent. */
  readonly most?: number;
  readonly floor?: ValleyFloor;
  /** Blocks that share much of the loss are exchanged often, see coupling.ts; any two alike when absent. */
  readonly coupling?: Float64Array;
}

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
 *
 * Where w* lies in a valley with a floor, one block of its free parameters more, while the others keep their distance from the floor: in a bent valley nothing else moves far.
 */
export const scaleMoves = (
  partitions: readonly (readonly Block[])[],
  at: Float64Array,
  energyOf: EnergyOf,
  { most = Infinity, floor, coupling }: ScaleSettings = {},
): ScaleMove => {
  const away = at.some(value => value !== 0);
  const nowhere = new Float64Array(at.length);
  const freeOf = (block: Block) => block.filter(i => !floor!.following.includes(i));
  const families = [
    ...partitions.map(blocks => ({ blocks, most, onFloor: false })),
    ...(floor ? partitions : []).map(blocks => ({
      blocks: blocks.map(freeOf).filter(block => block.length > 0),
      most: 1,
      onFloor: true,
    })),
  ].map(family => ({
    ...family,
    order: Int32Array.from(family.blocks, (_, i) => i),
    weights: coupling && betweenBlocks(coupling, at.length, family.blocks),
  }));
  const trial = new Float64Array(at.length);
  const height = new Float64Array(at.length);

  /** Moves v, of the energy given, in place; returns its new energy. */
  const slice = (
    v: Float64Array,
    energy: number,
    centre: Float64Array,
    random: Stream,
    onFloor: boolean,
    stretched: Block,
    shrunk?: Block,
  ): number => {
    const volume = stretched.length - (shrunk?.length ?? 0);
    if (onFloor) {
      height.set(v);
      if (!floor!.put(height)) return energy;
      for (let i = 0; i < v.length; i++) height[i] = v[i] - height[i];
    }
    const level = -energy + log(1 - random.uniform());
    let at = energy;
    const above = (s: number): boolean => {
      const factor = exp(s);
      trial.set(v);
      for (const i of stretched) trial[i] = (v[i] + centre[i]) * factor - centre[i];
      if (shrunk) for (const i of shrunk) trial[i] = (v[i] + centre[i]) / factor - centre[i];
      if (onFloor) {
        if (!floor!.put(trial)) return false;
        for (let i = 0; i < v.length; i++) trial[i] += height[i];
      }
      at = energyOf(trial);
      return -at + volume * s > level;
    };
    if (!sliced(above, random)) return energy;
    v.set(trial);
    return at;
  };

  /**
   * A stretch or exchange for each of at most `most` blocks of a partition, in a random order. Exchanges need blocks that share no parameter. A sequence of moves is
   * as likely backwards as its reverse is forwards.
   */
  return (v, random, backwards = false) => {
    let energy = energyOf(v);
    for (let i = 0; i < families.length; i++) {
      const p = backwards ? families.length - 1 - i : i;
      const { blocks, onFloor, order, weights, most } = families[p];
      random.shuffle(order);
      const count = Math.min(order.length, most);
      for (let j = 0; j < count; j++) {
        const k = backwards ? count - 1 - j : j;
        const other = partnerOf(weights?.[order[k]], random) ?? order[(k + 1) % order.length];
        const exchange = order.length > 1 && random.uniform() < 0.5;
        const centre = away && random.uniform() < 0.5 ? at : nowhere;
        energy = slice(v, energy, centre, random, onFloor, blocks[order[k]], exchange ? blocks[other] : undefined);
      }
    }
  };
};

/** A block drawn with probabilities in proportion to weights; undefined where all are 0. */
const partnerOf = (weights: Float64Array | undefined, random: Stream): number | undefined => {
  if (!weights) return undefined;
  let left = random.uniform() * weights.reduce((sum, weight) => sum + weight, 0);
  for (let k = 0; k < weights.length; k++) {
    left -= weights[k];
    if (left < 0) return k;
  }
  return undefined;
};

/**
 * Looks for a place s drawn from a slice through 0, where `above` holds, by stepping out and shrinking; it was the last that was looked at, unless none was found.  [Neal 2003, figures 3 and 5]
 */
export const sliced = (above: (s: number) => boolean, random: Stream): boolean => {
  let low = -WIDTH * random.uniform();
  let high = low + WIDTH;
  // A random share of the steps for each side keeps the move reversible.
  let left = Math.floor(MOST_STEPS * random.uniform());
  let right = MOST_STEPS - 1 - left;
  for (; left > 0 && above(low); left--) low -= WIDTH;
  for (; right > 0 && above(high); right--) high += WIDTH;
  for (let k = 0; k < MOST_SHRINKS; k++) {
    const s = low + (high - low) * random.uniform();
    if (above(s)) return true;
    if (s < 0) low = s;
    else high = s;
  }
  return false;
};

const WIDTH = 2;
const MOST_STEPS = 12;
const MOST_SHRINKS = 60;
