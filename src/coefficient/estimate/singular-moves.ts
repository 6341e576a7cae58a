import type { ParameterArray } from "../../contracts/objective.ts";
import { exp, log } from "../../numerics/elementary.ts";
import { symmetricEigen } from "../../numerics/linear-algebra.ts";
import type { Stream } from "../../numerics/stream.ts";
import { type EnergyOf, type ScaleMove, sliced } from "./scale-moves.ts";

/** Two matrices, one after the other: A, units x inputs, whose outputs B, outputs x units, takes. Where their entries begin, row by row. */
export interface Layer {
  readonly first: number;
  readonly second: number;
  readonly inputs: number;
  readonly units: number;
  readonly outputs: number;
}

/** Neighbouring arrays whose shapes fit, with more than one unit between them. */
export const layersOf = (parameters: readonly ParameterArray[]): readonly Layer[] =>
  parameters.slice(1).flatMap((after, k) => {
    const before = parameters[k];
    const fits = before.shape.length === 2 && after.shape.length === 2 && after.shape[1] === before.shape[0];
    const [units, inputs] = before.shape;
    return fits && units > 1
      ? [{ first: before.offset, second: after.offset, inputs, units, outputs: after.shape[0] }]
      : [];
  });

/**
 * Moves between the strata of products of matrices. B A near 0 has many of them, by the rank of each, and between those no parameter, row or array is a way: along a direction u
 * of the units, one loses what the other gains,
 *
 *     A <- A + (e^s - 1) u u^T A,   B <- B + (e^-s - 1) B u u^T,
 *
 * or A alone is stretched; u is an eigenvector of A A^T, any one alike. As u is A's own, what moves is a singular value sigma_k of A, whose density beside the others is that of
 * all matrices, so that s is drawn from
 *
 *     log density(s) = -energy(s) + (|inputs - units| + 1) s + sum over j != k of log |sigma_k^2 e^2s - sigma_j^2| - outputs s,
 *
 * the last for B. The same with A and B in each other's place.  [Muirhead 1982, theorem 3.2.17, for the density]
 */
export const singularMoves = (layers: readonly Layer[], at: Float64Array, energyOf: EnergyOf): ScaleMove => {
  const trial = new Float64Array(at.length);
  /** Moves v, of the energy given, in place; returns its new energy. */
  const move = (v: Float64Array, energy: number, layer: Layer, random: Stream): number => {
    const { units } = layer;
    const both = [
      { length: layer.inputs, placeOf: (k: number, i: number) => layer.first + k * layer.inputs + i },
      { length: layer.outputs, placeOf: (k: number, j: number) => layer.second + j * units + k },
    ];
    const [own, other] = random.uniform() < 0.5 ? both : both.toReversed();
    const valueAt = (place: number) => at[place] + v[place];
    const gram = new Float64Array(units * units);
    for (let k = 0; k < units; k++)
      for (let l = 0; l < units; l++)
        for (let i = 0; i < own.length; i++)
          gram[k * units + l] += valueAt(own.placeOf(k, i)) * valueAt(own.placeOf(l, i));
    const { values, vectors } = symmetricEigen(gram, units);
    const chosen = random.below(units);
    const u = vectors.subarray(chosen * units, (chosen + 1) * units);
    const [ofOwn, ofOther] = [own, other].map(({ length, placeOf }) =>
      Float64Array.from({ length }, (_, i) => u.reduce((sum, each, k) => sum + each * valueAt(placeOf(k, i)), 0)),
    );
    const exchange = random.uniform() < EXCHANGES;
    // With fewer rows or columns than units, the least eigenvalues are 0 whatever is done.
    const firstFree = Math.max(0, units - own.length);
    const isFelt = chosen >= firstFree && values[chosen] > 0;
    /** Whether sigma_k is far enough from all others. */
    const isApart = (s: number): boolean => {
      if (!isFelt) return true;
      for (let j = firstFree; j < units; j++) {
        const ratio = Math.max(0, values[j]) / (values[chosen] * exp(2 * s));
        if (j !== chosen && ratio > 1 / APART && ratio < APART) return false;
      }
      return true;
    };
    if (!isApart(0)) return energy;
    const volumeAt = (s: number): number => {
      let volume = exchange ? -other.length * s : 0;
      if (!isFelt) return volume;
      volume += (Math.abs(own.length - units) + 1) * s;
      for (let j = firstFree; j < units; j++)
        if (j !== chosen) volume += log(Math.abs(values[chosen] * exp(2 * s) - Math.max(0, values[j])));
      return volume;
    };
    const level = volumeAt(0) - energy + log(1 - random.uniform());
    let found = energy;
    const above = (s: number): boolean => {
      if (!isApart(s)) return false;
      trial.set(v);
      const [more, less] = [exp(s) - 1, exchange ? exp(-s) - 1 : 0];
      for (let k = 0; k < units; k++) {
        for (let i = 0; i < own.length; i++) trial[own.placeOf(k, i)] += more * u[k] * ofOwn[i];
        for (let i = 0; i < other.length; i++) trial[other.placeOf(k, i)] += less * u[k] * ofOther[i];
      }
      found = energyOf(trial);
      return volumeAt(s) - found > level;
    };
    if (!sliced(above, random)) return energy;
    v.set(trial);
    return found;
  };
  return (v, random, backwards = false) => {
    if (layers.length === 0) return;
    let energy = energyOf(v);
    for (const layer of backwards ? layers.toReversed() : layers) energy = move(v, energy, layer, random);
  };
};

/**
 * The least ratio of squares of singular values of which one is moved, before and after. Where two are nearly the same, as at points that are made by hand, the density is next to
 * nothing, and a slice of it would reach places that have as little by their energy: a long way back for the other moves.
 */
const APART = 1.1;
/** Share of the moves in which the other matrix takes part. */
const EXCHANGES = 0.75;
