import { expm1 } from "../../../numerics/elementary.ts";
import type { Stream } from "../../../numerics/stream.ts";

/** n x n Ising spins on a periodic lattice that are turned over cluster by cluster. */
export interface Lattice {
  /** Turns one cluster over at a temperature; its number of spins. */
  flip(T: number): number;
  /**
   * Turns clusters over until they had as many spins as the lattice, `times` over; how many of them turn the lattice over once. For the way to a temperature alone: where it
   * stops depends on the clusters, and it stops behind large ones, which ordered states have, too often.
   */
  settle(T: number, times: number): number;
  /** -sum of s_i s_j over the 2 n^2 bonds. */
  energy(): number;
}

/**
 * Wolff's algorithm: a cluster grows from a random spin, over each bond to an equal spin with probability 1 - exp(-2/T), and is turned over. All spins are up at the start.
 * [U. Wolff, Phys. Rev. Lett. 62, 361 (1989)]
 */
export const isingLattice = (n: number, random: Stream): Lattice => {
  const size = n * n;
  const spins = new Int8Array(size).fill(1);
  const neighbours = new Int32Array(4 * size);
  for (let i = 0; i < size; i++) {
    const [row, column] = [Math.floor(i / n), i % n];
    neighbours.set(
      [
        row * n + ((column + 1) % n),
        row * n + ((column + n - 1) % n),
        ((row + 1) % n) * n + column,
        ((row + n - 1) % n) * n + column,
      ],
      4 * i,
    );
  }
  const waiting = new Int32Array(size);
  const lattice: Lattice = {
    flip(T) {
      const join = -expm1(-2 / T);
      const seed = random.below(size);
      const old = spins[seed];
      spins[seed] = -old;
      waiting[0] = seed;
      let turned = 1;
      for (let count = 1; count > 0; ) {
        const at = 4 * waiting[--count];
        for (let k = 0; k < 4; k++) {
          const next = neighbours[at + k];
          if (spins[next] !== old || !(random.uniform() < join)) continue;
          spins[next] = -old;
          waiting[count++] = next;
          turned++;
        }
      }
      return turned;
    },
    settle(T, times) {
      let clusters = 0;
      for (let turned = 0; turned < times * size; clusters++) turned += lattice.flip(T);
      return clusters / times;
    },
    energy() {
      let sum = 0;
      for (let i = 0; i < size; i++) sum += spins[i] * (spins[neighbours[4 * i]] + spins[neighbours[4 * i + 2]]);
      return -sum;
    },
  };
  return lattice;
};
