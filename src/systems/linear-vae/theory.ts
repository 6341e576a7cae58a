import { rotationCoefficient } from "../../coefficient/exact/rotations.ts";
import { type Fields, integer, list, matrix, number, readMatrix } from "../../contracts/field.ts";
import { theory } from "../../contracts/system.ts";
import { invalid } from "../../errors.ts";
import { log } from "../../numerics/elementary.ts";
import { gramSpectrum } from "../../numerics/gram.ts";
import { symmetricEigen } from "../../numerics/linear-algebra.ts";
import { EY2, type VaeData, type VaeSettings, vaeControls, vaeObjective, ZETA } from "./model.ts";

/** The linear variational autoencoder seen through its singular values zeta, in any order. */
export interface VaeProblem {
  readonly zeta: readonly number[];
  /** Latent dimensions. */
  readonly d1: number;
  /** Weight of the divergence from the prior. */
  readonly beta: number;
  /** Standard deviations of the prior and of the decoder. */
  readonly etaEnc: number;
  readonly etaDec: number;
  readonly Ey2: number;
}

export interface VaeMode {
  /** Singular values of decoder and encoder. */
  readonly lam: number;
  readonly theta: number;
  readonly sigma: number;
  /** lam theta, from end to end. */
  readonly gain: number;
  readonly collapsed: boolean;
}

export interface VaeMinimum {
  /** One for each latent dimension that has a singular value, largest first. */
  readonly modes: readonly VaeMode[];
  readonly minLoss: number;
}

export interface VaeTheory {
  readonly learnSigma: VaeMinimum;
  readonly fixedSigma: VaeMinimum;
  /** zeta^2 / etaDec^2 of all singular values, largest first: mode i collapses at and above it. */
  readonly betaCritical: readonly number[];
}

/** Global minimum of the loss, eq. 5, with learnable (Theorem 2) and with fixed sigma (Theorem 1). [Wang and Ziyin, arXiv 2205.04009] */
export const vaeTheory = (problem: VaeProblem): VaeTheory => {
  const { d1, beta, etaEnc, etaDec, Ey2 } = problem;
  const zeta = [...problem.zeta].sort((a, b) => b - a);
  const q = Math.sqrt(beta) * etaDec;
  const kept = zeta.slice(0, d1);
  const half = 1 / (2 * etaDec * etaDec);

  const minimum = (
    excessOf: (z: number) => number,
    mode: (z: number, excess: number) => Pick<VaeMode, "lam" | "theta" | "sigma">,
    won: (z: number) => number,
  ): VaeMinimum => ({
    modes: kept.map((z): VaeMode => {
      const excess = excessOf(z);
      if (!(excess > 0)) return { lam: 0, theta: 0, sigma: etaEnc, gain: 0, collapsed: true };
      const active = mode(z, excess);
      return { ...active, gain: active.lam * active.theta, collapsed: false };
    }),
    minLoss: half * kept.reduce((loss, z) => (z > q ? loss - won(z) : loss), Ey2),
  });
  return {
    learnSigma: minimum(
      z => Math.sqrt(Math.max(0, z * z - q * q)),
      (z, excess) => ({ lam: excess / etaEnc, theta: (etaEnc / z) * excess, sigma: (q * etaEnc) / z }),
      z => {
        const t = (q * q) / (z * z);
        return z * z * (1 + (t === 0 ? 0 : t * (log(t) - 1)));
      },
    ),
    fixedSigma: minimum(
      z => z - q,
      (_, excess) => ({ lam: Math.sqrt(q * excess) / etaEnc, theta: etaEnc * Math.sqrt(excess / q), sigma: etaEnc }),
      z => (z - q) * (z - q),
    ),
    betaCritical: zeta.map(z => (z * z) / (etaDec * etaDec)),
  };
};

/** The minimum of the task at the widths that are set, with fewer latent dimensions where `d1` says so. */
export const vaeMinimum = (at: VaeSettings, d1 = at.d1): VaeMinimum => {
  const { learnSigma, fixedSigma } = vaeTheory({ ...at, zeta: ZETA, Ey2: EY2, d1 });
  return at.sigma === "learned" ? learnSigma : fixedSigma;
};

/** How many modes are active at the minimum of the task. */
export const activeModes = (at: VaeSettings): number =>
  vaeMinimum(at).modes.filter(({ collapsed }) => !collapsed).length;

/** A mode as close as this to its collapse is there but for rounding. */
const COLLAPSING = 1e-9;

/**
 * Learning coefficient of the minimum of the task: half of the directions in which the loss curves. With learned widths, which differ from
 * mode to mode, these are all. With fixed ones a rotation of the latent space turns the `r` active columns of U and W together, in
 * r d1 - r (r + 1) / 2 directions without cost. Null where a mode is just collapsing, and the loss is quartic along it.
 */
export const vaeCoefficient = (at: VaeSettings): number | null => {
  const { d1, beta, etaDec, sigma } = at;
  if (ZETA.slice(0, d1).some(zeta => Math.abs(zeta * zeta - beta * etaDec * etaDec) < COLLAPSING)) return null;
  const r = activeModes(at);
  const maps = 2 * ZETA.length * d1;
  return sigma === "learned" ? (maps + d1) / 2 : rotationCoefficient(maps, d1, r);
};

/** Singular values of Z = E[y x^T] A^(-1/2) = M A^(1/2), largest first, and Ey2 = E|y|^2. Z Z^T = M A M^T has the same ones. */
export const vaeSpectrum = ({ A, M, noiseTrace }: VaeData): { readonly zeta: number[]; readonly Ey2: number } => {
  const d0 = A.length;
  const { values, vectors } = symmetricEigen(Float64Array.from(A.flat()), d0);
  if (!(values[0] >= 0)) throw invalid("A", A, "a covariance: no negative eigenvalue");
  // Z^T Z in the eigenbasis of A: sqrt(a_i a_j) (M e_i) . (M e_j).
  const images = Array.from({ length: d0 }, (_, i) =>
    M.map(row => row.reduce((sum, m, k) => sum + m * vectors[i * d0 + k], 0) * Math.sqrt(values[i])),
  );
  const squares = gramSpectrum(images);
  return {
    zeta: squares.slice(0, Math.min(d0, M.length)).map(square => Math.sqrt(Math.max(0, square))),
    Ey2: squares.reduce((sum, square) => sum + square, 0) + noiseTrace,
  };
};

const latent = {
  d1: integer("latent dimensions", { min: 1 }),
  beta: number("weight of the divergence from the prior", { min: 0 }),
  etaEnc: number("standard deviation of the prior", { above: 0 }),
  etaDec: number("standard deviation of the decoder", { above: 0 }),
} as const satisfies Fields;

export const linearVaeTheory = {
  minimum: theory({
    summary: "global minimum: gains, widths, loss and the beta at which each mode collapses",
    where: "Theorems 1 and 2, Corollary 2",
    inputs: vaeControls,
    evaluate: at => {
      const { modes, minLoss } = vaeMinimum(at);
      return { zeta: ZETA, betaCritical: ZETA.map(z => (z * z) / (at.etaDec * at.etaDec)), minLoss, modes };
    },
  }),
  vae: theory({
    summary: "global minima of any task by its singular values, with learned and with fixed widths",
    where: "Theorems 1 and 2, Corollary 2",
    inputs: {
      zeta: list("singular values of the task", number("singular value", { min: 0 })),
      ...latent,
      Ey2: number("E|y|^2"),
    },
    evaluate(problem) {
      const { fixedSigma, ...rest } = vaeTheory(problem);
      // Without the divergence noise of a fixed width costs less the larger the decoder's input is: there is no minimum.
      return { ...rest, fixedSigma: problem.beta > 0 ? fixedSigma : null };
    },
  }),
  vaeMatrices: theory({
    summary: "spectrum of a task, its least loss with learned widths, and the loss at a point",
    where: "eq. 5, Corollary 2",
    inputs: {
      A: matrix("E[x x^T]", { square: true }),
      M: matrix("the task y = M x + noise"),
      noiseTrace: number("trace of the covariance of the noise", { min: 0 }),
      ...latent,
      U: matrix("decoder"),
      W: matrix("encoder, one row for each input"),
      sig: list("widths of the encoder, one for each latent dimension", number("width", { above: 0 })),
    },
    evaluate: ({ A, M, noiseTrace, U, W, sig, ...rest }) => {
      const { d1, etaEnc } = rest;
      readMatrix(M, "M", { columns: A.length });
      readMatrix(U, "U", { rows: M.length, columns: d1 });
      readMatrix(W, "W", { rows: A.length, columns: d1 });
      if (sig.length !== d1) throw invalid("sig", sig, `${d1} widths, as many as d1 says`);
      const data = { A, M, noiseTrace };
      const { zeta, Ey2 } = vaeSpectrum(data);
      const point = Float64Array.from([...U.flat(), ...W.flat(), ...sig.map(value => value / etaEnc)]);
      return {
        zeta,
        Ey2,
        minLoss: vaeTheory({ zeta, Ey2, ...rest }).learnSigma.minLoss,
        lossAtPoint: vaeObjective(data, { ...rest, sigma: "learned" }).loss(point),
      };
    },
  }),
};
