import { invalid } from "../../../errors.ts";
import { cubeRoot } from "../../../numerics/cube-root.ts";
import { cos } from "../../../numerics/elementary/cos.ts";
import { sin } from "../../../numerics/elementary/sin.ts";
import { mulberry32 } from "../../../numerics/mulberry32.ts";
import { writeWave } from "../../../numerics/wave.ts";
import { type Dimensions, sizeOf, weightsOf } from "../model/layout.ts";
import { checkModulus } from "../model/modulus.ts";

const TWO_PI = 6.283185307179586;

/** A point of the network: flat weights with their dimensions. */
export interface Solution extends Dimensions {
  readonly w: Float64Array;
}

/**
 * Random phases, an approximate solution of a + b: neuron k has frequency 1 + k mod m, m = (p - 1) / 2, amplitude g with
 * g^3 = 4 m / (p K), uniform phases phi1 and phi2 of A and B, and phase phi1 + phi2 of C.  [arXiv 2301.02679, eqs. 6, 7, 12]
 */
export const randomPhases = ({ p, K, seed }: Dimensions & { readonly seed: number }): Solution => {
  const m = frequencies(p);
  if (!(Number.isSafeInteger(K) && K >= m && K % m === 0))
    throw invalid("K", K, `a multiple of the ${m} frequencies of p = ${p}`);
  const uniform = mulberry32(seed);
  const scale = cubeRoot((4 * m) / (p * K));
  return solution({ p, K }, ({ A, B, C }, k) => {
    const frequency = 1 + (k % m);
    const [phi1, phi2] = [TWO_PI * uniform(), TWO_PI * uniform()];
    writeWave(A, k * p, { p, frequency, scale, phase: phi1 });
    writeWave(B, k * p, { p, frequency, scale, phase: phi2 });
    writeWave(C, k * p, { p, frequency, scale, phase: phi1 + phi2 });
  });
};

/** Mean squared error per pair of random phases, averaged over the phases: 4 (p - 1)^2 / (p K) + 1 / p, centred 2 (p - 1)^2 / (p K). */
export const randomPhaseError = ({ p, K }: Dimensions): { raw: number; centred: number } => ({
  raw: (4 * (p - 1) * (p - 1)) / (p * K) + 1 / p,
  centred: (2 * (p - 1) * (p - 1)) / (p * K),
});

export interface SixPhases {
  readonly p: number;
  /** Groups of six neurons for each frequency; 1 when absent. */
  readonly groups?: number;
  /** One more neuron, A = B = C = h with h^3 = 1 / (4 p), which supplies the 1 / p. */
  readonly constant?: boolean;
  /** Of the offsets of each group; none when absent. */
  readonly seed?: number;
}

/**
 * Six phases for each frequency, an exact solution of a + b up to the constant 1 / p: phi1 = 2 pi j / 6 + r1, phi2 = 8 pi j / 6 + r2,
 * j = 0, ..., 5, and C at phase phi1 + phi2, amplitude g^3 = 4 / (6 p G). Groups are ordered by frequency first. With fewer
 * than six phases the other waves cannot cancel.
 */
export const sixPhases = ({ p, groups = 1, constant = false, seed }: SixPhases): Solution => {
  const m = frequencies(p);
  if (!(Number.isSafeInteger(groups) && groups >= 1)) throw invalid("groups", groups, "a whole number from 1");
  const K = 6 * m * groups + (constant ? 1 : 0);
  const uniform = seed === undefined ? () => 0 : mulberry32(seed);
  const scale = cubeRoot(4 / (6 * p * groups));
  let [r1, r2] = [0, 0];
  return solution({ p, K }, ({ A, B, C }, k) => {
    if (constant && k === K - 1) {
      for (const rows of [A, B, C]) rows.fill(cubeRoot(1 / (4 * p)), k * p);
      return;
    }
    const j = k % 6;
    if (j === 0) [r1, r2] = [TWO_PI * uniform(), TWO_PI * uniform()];
    const frequency = 1 + Math.floor(k / (6 * groups));
    const [phi1, phi2] = [(TWO_PI * j) / 6 + r1, (4 * TWO_PI * j) / 6 + r2];
    writeWave(A, k * p, { p, frequency, scale, phase: phi1 });
    writeWave(B, k * p, { p, frequency, scale, phase: phi2 });
    writeWave(C, k * p, { p, frequency, scale, phase: phi1 + phi2 });
  });
};

/**
 * The exact solution of a + b of width 2p - 1: a constant neuron and for each frequency the four of
 * (cos x + cos y)^2 + (sin x - sin y)^2 = 2 + 2 cos(x + y) and its like for the sine.  [agenda MAIS-A6, Lemma 4.2]
 */
export const narrowSolution = (p: number): Solution => {
  const m = frequencies(p);
  const K = 2 * p - 1;
  const quarter = TWO_PI / 4;
  const wave = (frequency: number, sine: boolean, scale = 1) => ({ p, frequency, phase: sine ? -quarter : 0, scale });
  return solution({ p, K }, ({ A, B, C }, k) => {
    if (k === 0) {
      A.fill(0.5, 0, p);
      B.fill(0.5, 0, p);
      for (let c = 0; c < p; c++) {
        let sum = 0;
        for (let frequency = 1; frequency <= m; frequency++) {
          const angle = (TWO_PI * ((frequency * c) % p)) / p;
          sum += cos(angle) + sin(angle);
        }
        C[c] = (1 - 2 * sum) / p;
      }
      return;
    }
    const frequency = 1 + Math.floor((k - 1) / 4);
    const kind = (k - 1) % 4;
    writeWave(A, k * p, wave(frequency, kind === 1 || kind === 2));
    writeWave(B, k * p, wave(frequency, kind === 1 || kind === 3, kind === 1 ? -1 : 1));
    writeWave(C, k * p, wave(frequency, kind >= 2, 1 / p));
  });
};

const frequencies = (p: number): number => {
  checkModulus(p);
  return (p - 1) / 2;
};

const solution = (
  dimensions: Dimensions,
  write: (weights: ReturnType<typeof weightsOf>, k: number) => void,
): Solution => {
  const w = new Float64Array(sizeOf(dimensions));
  const weights = weightsOf(w, dimensions);
  for (let k = 0; k < dimensions.K; k++) write(weights, k);
  return { ...dimensions, w };
};
