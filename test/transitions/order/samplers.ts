import { exp } from "../../../src/numerics/elementary.ts";
import { type Stream, stream } from "../../../src/numerics/stream.ts";

/** One cell of a table, as the instrument takes it. */
export interface Cell {
  readonly control: number;
  readonly size: number;
  readonly direction?: "up" | "down";
  readonly samples: number[];
}

export interface Sampling {
  readonly controls: readonly number[];
  readonly sizes: readonly number[];
  /** Samples of a cell, after `burnIn` sweeps. */
  readonly samples: number;
  readonly burnIn: number;
  /** Sweeps from one sample to the next. */
  readonly every?: number;
  readonly seed: number;
}

export const range = (from: number, to: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => from + ((to - from) * i) / (count - 1));

/** Torus of L x L sites: right and lower neighbours. */
const torus = (L: number) => {
  const right = new Int32Array(L * L);
  const down = new Int32Array(L * L);
  for (let y = 0; y < L; y++)
    for (let x = 0; x < L; x++) {
      right[y * L + x] = y * L + ((x + 1) % L);
      down[y * L + x] = ((y + 1) % L) * L + x;
    }
  return { right, down };
};

/** (q max_s n_s / N - 1) / (q - 1); for q = 2 the modulus of the magnetisation. */
const pottsOrder = (spins: Int32Array, q: number): number => {
  const counts = new Int32Array(q);
  for (let i = 0; i < spins.length; i++) counts[spins[i]]++;
  return ((q * Math.max(...counts)) / spins.length - 1) / (q - 1);
};

/** Swendsen and Wang's clusters of the q-state Potts model on a torus, energy -sum delta, at temperature T. */
export const pottsClusters = (q: number, { controls, sizes, samples, burnIn, every = 1, seed }: Sampling): Cell[] =>
  sizes.flatMap((L, member) => {
    const { right, down } = torus(L);
    const sites = L * L;
    const spins = new Int32Array(sites);
    const parent = new Int32Array(sites);
    const colour = new Int32Array(sites);
    const random = stream({ seed, chain: member, purpose: `potts ${q}` });
    const find = (i: number): number => {
      let root = i;
      while (parent[root] !== root) {
        parent[root] = parent[parent[root]];
        root = parent[root];
      }
      return root;
    };
    const sweep = (bond: number): void => {
      for (let i = 0; i < sites; i++) {
        parent[i] = i;
        colour[i] = -1;
      }
      const threshold = bond * 4294967296;
      for (let i = 0; i < sites; i++) {
        if (spins[right[i]] === spins[i] && random.word() < threshold) parent[find(i)] = find(right[i]);
        if (spins[down[i]] === spins[i] && random.word() < threshold) parent[find(i)] = find(down[i]);
      }
      for (let i = 0; i < sites; i++) {
        const root = find(i);
        if (colour[root] < 0) colour[root] = random.below(q);
        spins[i] = colour[root];
      }
    };
    return controls.map((T): Cell => {
      const bond = 1 - exp(-1 / T);
      for (let s = 0; s < burnIn; s++) sweep(bond);
      const values: number[] = [];
      for (let s = 0; s < samples; s++) {
        for (let k = 0; k < every; k++) sweep(bond);
        values.push(pottsOrder(spins, q));
      }
      return { control: T, size: L, samples: values };
    });
  });

/** Heat bath of the q-state Potts model: up through the temperatures from order, and down again from where it ended. */
export const pottsSweeps = (q: number, { controls, sizes, samples, burnIn, every = 1, seed }: Sampling): Cell[] =>
  sizes.flatMap((L, member) => {
    const { right, down } = torus(L);
    const sites = L * L;
    const left = new Int32Array(sites);
    const up = new Int32Array(sites);
    for (let i = 0; i < sites; i++) {
      left[right[i]] = i;
      up[down[i]] = i;
    }
    const spins = new Int32Array(sites);
    const random = stream({ seed, chain: member, purpose: `heat bath ${q}` });
    const uniforms = new Float64Array(sites);
    // A state weighs exp(k/T) with k equal neighbours: 1 each, and what is above 1 for the states of the neighbours.
    const sweep = (excess: Float64Array): void => {
      random.uniforms(uniforms);
      for (let i = 0; i < sites; i++) {
        const [a, b, c, d] = [spins[right[i]], spins[left[i]], spins[down[i]], spins[up[i]]];
        // A state that neighbours share is counted for the first of them.
        const ofA = excess[1 + Number(b === a) + Number(c === a) + Number(d === a)];
        const ofB = b === a ? 0 : excess[1 + Number(c === b) + Number(d === b)];
        const ofC = c === a || c === b ? 0 : excess[1 + Number(d === c)];
        const ofD = d === a || d === b || d === c ? 0 : excess[1];
        let rest = uniforms[i] * (q + ofA + ofB + ofC + ofD);
        if (rest < q) {
          spins[i] = Math.floor(rest);
          continue;
        }
        rest -= q;
        if (rest < ofA) spins[i] = a;
        else if (rest < ofA + ofB) spins[i] = b;
        else if (rest < ofA + ofB + ofC) spins[i] = c;
        else spins[i] = ofD > 0 ? d : a;
      }
    };
    const visit = (T: number, direction: "up" | "down"): Cell => {
      const excess = Float64Array.from([0, 1, 2, 3, 4], k => exp(k / T) - 1);
      for (let s = 0; s < burnIn; s++) sweep(excess);
      const values: number[] = [];
      for (let s = 0; s < samples; s++) {
        for (let k = 0; k < every; k++) sweep(excess);
        values.push(pottsOrder(spins, q));
      }
      return { control: T, size: L, direction, samples: values };
    };
    return [...controls.map(T => visit(T, "up")), ...[...controls].reverse().map(T => visit(T, "down"))];
  });

/** Curie and Weiss: independent signed magnetisations of N spins with weight binomial(N, k) exp(N m^2 / 2 T). */
export const curieWeiss = ({ controls, sizes, samples, seed }: Sampling): Cell[] =>
  sizes.flatMap((N, member) => {
    const random = stream({ seed, chain: member, purpose: "curie weiss" });
    return controls.map((T): Cell => {
      const logWeights = new Float64Array(N + 1);
      for (let k = 0, logBinomial = 0; k <= N; k++) {
        const m = (2 * k) / N - 1;
        logWeights[k] = logBinomial + (N * m * m) / (2 * T);
        logBinomial += Math.log((N - k) / (k + 1));
      }
      const top = Math.max(...logWeights);
      const cumulative = Array.from(logWeights, w => exp(w - top));
      for (let k = 1; k <= N; k++) cumulative[k] += cumulative[k - 1];
      return {
        control: T,
        size: N,
        samples: Array.from({ length: samples }, () => {
          const u = random.uniform() * cumulative[N];
          return (2 * cumulative.findIndex(c => u < c)) / N - 1;
        }),
      };
    });
  });

const each = (
  { controls, sizes, samples, seed }: Sampling,
  purpose: string,
  value: (control: number, size: number, random: Stream) => number,
): Cell[] =>
  sizes.flatMap((size, member) => {
    const random = stream({ seed, chain: member, purpose });
    return controls.map(control => ({
      control,
      size,
      samples: Array.from({ length: samples }, () => value(control, size, random)),
    }));
  });

/** Independent spins in a field: m = tanh(field), fluctuations of a mean of `size` spins. No transition. */
export const crossover = (sampling: Sampling): Cell[] =>
  each(sampling, "crossover", (h, size, random) => {
    const p = 1 / (1 + exp(-2 * h));
    let sum = 0;
    for (let i = 0; i < size; i++) sum += random.uniform() < p ? 1 : -1;
    return sum / size;
  });

/** Numbers that know neither control nor size. */
export const noise = (sampling: Sampling): Cell[] => each(sampling, "noise", (_, __, random) => random.normal());
