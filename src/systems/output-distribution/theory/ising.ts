import { log } from "../../../numerics/elementary.ts";
import { memoised } from "../../../numerics/memoised.ts";
import { boltzmann, momentsOf, responses } from "./boltzmann.ts";

/** Beyond it the numbers of states are no longer exact in float64. */
export const LARGEST_COUNTED = 7;

/** 2 / ln(1 + sqrt 2). [Onsager 1944] */
export const CRITICAL_TEMPERATURE = 2 / log(1 + Math.SQRT2);

export interface DensityOfStates {
  /** Ascending; those that occur. */
  readonly energies: Float64Array;
  readonly degeneracies: Float64Array;
}

/**
 * How many states of n x n spins on a periodic square lattice have each energy E = -sum of s_i s_j over 2 n^2 bonds, by transfer of whole polynomials in the number of
 * broken bonds: row by row, for each first row. Exact, n from 2 to 7. At n = 2 each pair of neighbours has two bonds.
 */
const countStates = (n: number): DensityOfStates => {
  const rows = 1 << n;
  const bonds = 2 * n * n;
  const width = bonds + 1;
  const broken = Uint8Array.from({ length: rows }, (_, row) => {
    let sum = 0;
    for (let i = 0; i < n; i++) sum += ((row >> i) ^ (row >> ((i + 1) % n))) & 1;
    return sum;
  });
  const total = new Float64Array(width);
  let [states, next] = [new Float64Array(rows * width), new Float64Array(rows * width)];
  // A state and its mirror image have the same energy: the last spin of the first row is up.
  for (let first = 0; first < rows / 2; first++) {
    states.fill(0);
    states[first * width + broken[first]] = 2;
    for (let row = 1; row <= n; row++) {
      // Spin by spin a new row takes the place of the old one; a spin that differs breaks its bond upwards.
      for (let i = 0; i < n; i++) {
        next.fill(0);
        for (let from = 0; from < rows; from++) {
          const [same, other] = [from * width, (from ^ (1 << i)) * width];
          for (let k = 0; k < width; k++) {
            const count = states[from * width + k];
            if (count === 0) continue;
            next[same + k] += count;
            next[other + k + 1] += count;
          }
        }
        [states, next] = [next, states];
      }
      if (row === n) break;
      next.fill(0);
      for (let at = 0; at < rows; at++)
        for (let k = 0; k + broken[at] < width; k++) next[at * width + k + broken[at]] = states[at * width + k];
      [states, next] = [next, states];
    }
    for (let k = 0; k < width; k++) total[k] += states[first * width + k];
  }
  const present = Array.from(total.keys()).filter(k => total[k] > 0);
  return {
    energies: Float64Array.from(present, k => 2 * k - bonds),
    degeneracies: Float64Array.from(present, k => total[k]),
  };
};

export const densityOfStates = memoised(countStates);

/** The law of the energy at each temperature, which is all that T can be told from. */
export const energyLaws = (n: number): ((T: number) => Float64Array) => {
  const { energies, degeneracies } = densityOfStates(n);
  const logs = degeneracies.map(each => log(each));
  return T => boltzmann(energies, T, logs);
};

export interface EnergyStatistics {
  readonly T: number;
  /** Mean energy, heat capacity and Fisher information of the whole lattice. */
  readonly e: number;
  readonly C: number;
  readonly F: number;
}

export const energyStatistics = (n: number, T: number, law = energyLaws(n)): EnergyStatistics => {
  const { mean, variance } = momentsOf(law(T), densityOfStates(n).energies);
  return { T, e: mean, ...responses(variance, T) };
};
