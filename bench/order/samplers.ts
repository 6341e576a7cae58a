import { cos, exp, log, sin } from "../../src/numerics/elementary.ts";
import { type Stream, stream } from "../../src/numerics/stream.ts";
import type { Observation } from "../../src/transitions/order/index.ts";
import { clustersOf, type LatticeName, lattice } from "./lattices.ts";

export interface Sampling {
  readonly controls: readonly number[];
  readonly sizes: readonly number[];
  /** Draws at each control and size. */
  readonly samples: number;
  readonly seed: number;
}

export const range = (from: number, to: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => from + ((to - from) * i) / (count - 1));

/** A table whose cells are sampled in order of control; `draw` is made anew for each size, so that it may carry a state. */
const table = (
  { controls, sizes, samples, seed }: Sampling,
  purpose: string,
  sampler: (size: number, random: Stream) => (control: number) => () => number,
): Observation[] =>
  sizes.flatMap((size, member) => {
    const at = sampler(size, stream({ seed, chain: member, purpose }));
    return controls.map(control => {
      const draw = at(control);
      return { control, size, samples: Array.from({ length: samples }, draw) };
    });
  });

/** (q max_s n_s / N - 1) / (q - 1): 1 when all sites agree, 0 when all values are equally frequent. For q = 2 the modulus of the magnetisation. */
const agreement = (spins: Int32Array, q: number): number => {
  const counts = new Int32Array(q);
  for (let i = 0; i < spins.length; i++) counts[spins[i]]++;
  return ((q * Math.max(...counts)) / spins.length - 1) / (q - 1);
};

export interface Potts {
  readonly q: number;
  readonly on: LatticeName;
  /** Updates before the first draw at a control, and from one draw to the next. */
  readonly burnIn?: number;
  readonly every?: number;
}

/** Potts model with energy -sum over bonds of delta, at temperature T, by the clusters of Swendsen and Wang [Phys. Rev. Lett. 58 (1987) 86]. */
export const potts = ({ q, on, burnIn = 40, every = 2 }: Potts, sampling: Sampling): Observation[] =>
  table(sampling, `potts ${q} ${on}`, (L, random) => {
    const { sites, bonds, neighbours } = lattice(on, L);
    const spins = new Int32Array(sites);
    const colour = new Int32Array(sites);
    const clusters = clustersOf(sites);
    const update = (threshold: number): void => {
      clusters.clear();
      colour.fill(-1);
      for (let i = 0; i < sites; i++)
        for (let b = i * bonds; b < (i + 1) * bonds; b++)
          if (spins[neighbours[b]] === spins[i] && random.word() < threshold) clusters.join(i, neighbours[b]);
      for (let i = 0; i < sites; i++) {
        const root = clusters.root(i);
        if (colour[root] < 0) colour[root] = random.below(q);
        spins[i] = colour[root];
      }
    };
    return T => {
      const threshold = (1 - exp(-1 / T)) * 4294967296;
      for (let k = 0; k < burnIn; k++) update(threshold);
      return () => {
        for (let k = 0; k < every; k++) update(threshold);
        return agreement(spins, q);
      };
    };
  });

/** Share of the sites in the largest cluster when sites, or bonds between them, are there with probability p. */
export const percolation = (of: "sites" | "bonds", on: LatticeName, sampling: Sampling): Observation[] =>
  table(sampling, `percolation ${of} ${on}`, (L, random) => {
    const { sites, bonds, neighbours } = lattice(on, L);
    const clusters = clustersOf(sites);
    const there = new Uint8Array(sites);
    const counts = new Int32Array(sites);
    return p => {
      const threshold = p * 4294967296;
      return () => {
        clusters.clear();
        for (let i = 0; i < sites; i++) there[i] = of === "bonds" || random.word() < threshold ? 1 : 0;
        for (let i = 0; i < sites; i++)
          for (let b = i * bonds; b < (i + 1) * bonds; b++) {
            const open = there[i] & there[neighbours[b]];
            if (open && (of === "sites" || random.word() < threshold)) clusters.join(i, neighbours[b]);
          }
        counts.fill(0);
        let most = 0;
        for (let i = 0; i < sites; i++) if (there[i]) most = Math.max(most, ++counts[clusters.root(i)]);
        return most / sites;
      };
    };
  });

/** Modulus of the magnetisation of plane rotators with energy -sum cos, by clusters of one reflection [Wolff, Phys. Rev. Lett. 62 (1989) 361]. */
export const rotators = (on: LatticeName, sampling: Sampling): Observation[] =>
  table(sampling, `rotators ${on}`, (L, random) => {
    const { sites, bonds, neighbours } = lattice(on, L);
    const x = new Float64Array(sites).fill(1);
    const y = new Float64Array(sites);
    const clusters = clustersOf(sites);
    const turned = new Int8Array(sites);
    const update = (T: number): void => {
      const angle = 2 * Math.PI * random.uniform();
      const [a, b] = [cos(angle), sin(angle)];
      clusters.clear();
      turned.fill(-1);
      for (let i = 0; i < sites; i++) {
        const along = a * x[i] + b * y[i];
        for (let k = i * bonds; k < (i + 1) * bonds; k++) {
          const other = neighbours[k];
          const product = along * (a * x[other] + b * y[other]);
          if (product > 0 && random.uniform() < 1 - exp((-2 * product) / T)) clusters.join(i, other);
        }
      }
      for (let i = 0; i < sites; i++) {
        const root = clusters.root(i);
        if (turned[root] < 0) turned[root] = random.below(2);
        if (turned[root] === 0) continue;
        const along = a * x[i] + b * y[i];
        x[i] -= 2 * along * a;
        y[i] -= 2 * along * b;
      }
    };
    return T => {
      for (let k = 0; k < 40; k++) update(T);
      return () => {
        for (let k = 0; k < 2; k++) update(T);
        let [sumX, sumY] = [0, 0];
        for (let i = 0; i < sites; i++) {
          sumX += x[i];
          sumY += y[i];
        }
        return Math.sqrt(sumX * sumX + sumY * sumY) / sites;
      };
    };
  });

/** Magnetisation of a ring of Ising spins at temperature T, drawn bond by bond from the exact law, with its sign. */
export const ring = (sampling: Sampling): Observation[] =>
  table(sampling, "ring", (L, random) => T => {
    const aligned = 1 / (1 + exp(-2 / T));
    return () => {
      // An open chain closes with the weight of its last bond: accept as that bond has it, relative to an aligned one.
      for (;;) {
        let spin = random.below(2) === 0 ? 1 : -1;
        const first = spin;
        let sum = spin;
        for (let i = 1; i < L; i++) {
          if (random.uniform() >= aligned) spin = -spin;
          sum += spin;
        }
        if (spin === first || random.uniform() < exp(-2 / T)) return sum / L;
      }
    };
  });

/** Magnetisation of N spins that are all coupled to all, at temperature T, drawn from its exact law, with its sign. */
export const curieWeiss = (sampling: Sampling): Observation[] =>
  table(sampling, "curie weiss", (N, random) => T => {
    const logWeights = new Float64Array(N + 1);
    for (let up = 0, logStates = 0; up <= N; up++) {
      const m = (2 * up) / N - 1;
      logWeights[up] = logStates + (N * m * m) / (2 * T);
      logStates += log((N - up) / (up + 1) || 1);
    }
    const top = logWeights.reduce((a, b) => Math.max(a, b));
    const cumulative = Float64Array.from(logWeights, weight => exp(weight - top));
    for (let up = 1; up <= N; up++) cumulative[up] += cumulative[up - 1];
    return () => {
      const goal = random.uniform() * cumulative[N];
      let [low, high] = [0, N];
      while (low < high) {
        const middle = (low + high) >> 1;
        if (cumulative[middle] > goal) high = middle;
        else low = middle + 1;
      }
      return (2 * low) / N - 1;
    };
  });

/** Mean of `size` independent spins in a field h, tanh(h) on average: smooth in h, with a noise that falls with size. */
export const spinsInField = (sampling: Sampling): Observation[] =>
  table(sampling, "spins in field", (size, random) => h => {
    const up = 1 / (1 + exp(-2 * h));
    return () => {
      let sum = 0;
      for (let i = 0; i < size; i++) sum += random.uniform() < up ? 1 : -1;
      return sum / size;
    };
  });

/** Numbers that know neither control nor size. */
export const noise = (sampling: Sampling): Observation[] =>
  table(sampling, "noise", (_, random) => () => () => random.normal());
