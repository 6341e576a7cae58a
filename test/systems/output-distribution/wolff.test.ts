import { expect, test } from "vitest";
import { stream } from "../../../src/numerics/stream.ts";
import { isingLattice } from "../../../src/systems/output-distribution/model/wolff.ts";
import { energyStatistics } from "../../../src/systems/output-distribution/theory/ising.ts";

const SIDE = 4;
const SAMPLES = 6000;
const BATCHES = 60;

/** Mean energy and its standard error by means of batches. */
const sampled = (T: number, renew: (lattice: ReturnType<typeof isingLattice>, clusters: number) => void) => {
  const lattice = isingLattice(SIDE, stream({ seed: 3, purpose: "wolff" }));
  const clusters = Math.ceil(2 * lattice.settle(T, 100));
  const batches = Array.from({ length: BATCHES }, () => {
    let sum = 0;
    for (let i = 0; i < SAMPLES / BATCHES; i++) {
      renew(lattice, clusters);
      sum += lattice.energy();
    }
    return (sum * BATCHES) / SAMPLES;
  });
  const mean = batches.reduce((sum, each) => sum + each, 0) / BATCHES;
  const variance = batches.reduce((sum, each) => sum + (each - mean) ** 2, 0) / (BATCHES - 1);
  return { mean, error: Math.sqrt(variance / BATCHES) };
};

test.each([2, 2.5, 3.2])(
  "T = %d: the mean energy of 4 x 4 spins is that of all states counted, after a number of clusters that does not depend on them",
  T => {
    const { e } = energyStatistics(SIDE, T);
    const fair = sampled(T, (lattice, clusters) => {
      for (let i = 0; i < clusters; i++) lattice.flip(T);
    });
    expect(Math.abs(fair.mean - e)).toBeLessThan(4 * fair.error);
    expect(fair.error).toBeLessThan(0.02 * Math.abs(e));
  },
);

test("samples taken where clusters reach a number of spins are too ordered", () => {
  const stopped = sampled(2.5, lattice => void lattice.settle(2.5, 2));
  expect(stopped.mean).toBeLessThan(energyStatistics(SIDE, 2.5).e - 10 * stopped.error);
});
