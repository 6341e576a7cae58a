import { norm } from "./norm.ts";
import { dominantFrequency, participation, type Rows, rowPowers, rowSpectra } from "./row-spectra.ts";

export type Embedding = {
  /** By falling strength. A frequency of 0 is that of a constant row. */
  readonly neurons: readonly { readonly frequency: number; readonly ipr: number; readonly strength: number }[];
  /** Share of the power at each frequency from 1. */
  readonly share: readonly number[];
  /** The strongest frequencies: where each of the p values of a lies in their plane. */
  readonly circles: readonly { readonly frequency: number; readonly points: readonly (readonly number[])[] }[];
};

/** How many frequencies are drawn as circles. */
const CIRCLES = 4;

/**
 * What a network on residues looks like in the Fourier basis, from the K x p matrix A of what each neuron makes of each residue: for each neuron its frequency and participation ratio, the share of power
 * at each frequency, and for the strongest frequencies the plane into which they put the p values of a. With E the p x K matrix of
 * the columns of A, u = sum_a cos(2 pi f a / p) E_a and v its like for the sine, a lies at (<E_a, u> / |u|, <E_a, v> / |v|).
 */
export const ringEmbedding = (A: Float64Array, strengths: Float64Array, { p, K }: Rows): Embedding => {
  const m = (p - 1) / 2;
  const dominant = dominantFrequency(A, { p, K });
  const ratios = participation(A, { p, K });
  const strongest = [...strengths.keys()].sort((i, j) => strengths[j] - strengths[i] || i - j);
  const power = rowPowers(A, { p, K });
  const share = new Float64Array(m);
  for (let k = 0; k < K; k++) for (let f = 0; f < m; f++) share[f] += power[k * m + f];
  const whole = share.reduce((sum, value) => sum + value, 0);
  const spectra = rowSpectra(A, { p, K });
  const order = [...share.keys()].sort((i, j) => share[j] - share[i] || i - j).slice(0, CIRCLES);
  return {
    neurons: strongest.map(k => ({ frequency: dominant[k], ipr: ratios[k], strength: strengths[k] })),
    share: [...share].map(value => (whole > 0 ? value / whole : 0)),
    circles: order.map(f => ({ frequency: f + 1, points: circle(A, spectra, f + 1, { p, K }) })),
  };
};

const circle = (
  A: Float64Array,
  { real, imaginary }: ReturnType<typeof rowSpectra>,
  f: number,
  { p, K }: Rows,
): number[][] => {
  const modes = (p + 1) / 2;
  const along = (part: Float64Array) => {
    const v = Float64Array.from({ length: K }, (_, k) => part[k * modes + f]);
    const length = norm(v);
    return v.map(value => (length > 0 ? value / length : 0));
  };
  const [u, v] = [along(real), along(imaginary)];
  return Array.from({ length: p }, (_, a) => {
    let [x, y] = [0, 0];
    for (let k = 0; k < K; k++) {
      x += A[k * p + a] * u[k];
      y += A[k * p + a] * v[k];
    }
    return [x, y];
  });
};
