import { exp } from "../../numerics/elementary.ts";
import { normalHazard } from "../../numerics/normal-law.ts";

/** Votes at one place for and against a phase. */
export interface Point {
  readonly x: number;
  readonly y: number;
  readonly yes: number;
  readonly no: number;
}

/** Covariance of the latent function at a distance d: variance exp(-d^2 / (2 length^2)). */
export interface Kernel {
  /** In cells. */
  readonly length: number;
  /** In squares of the width over which votes turn from no to yes: large where runs do not depend on their seed. */
  readonly variance: number;
}

export interface Latent {
  readonly mean: number;
  readonly variance: number;
}

const SWEEPS = 40;
/** A sweep that changes no site's precision by more than this share of that of its cell is the last. */
const SETTLED = 0.01;
/** Share of its move that a site makes in a sweep, as all move at once. */
const DAMPING = 0.8;
/** Least precision of a cell's sites, in units of the prior's: that of votes that say nothing new. */
const LEAST = 1e-9;

/**
 * Mean and variance at the origin of a latent Gaussian process f, given votes that are each yes with probability Phi(f): expectation propagation with all sites
 * moved at once, so that the order of the points changes nothing but rounding. Votes of one place that agree have one site between them.
 * [Rasmussen and Williams, Gaussian processes for machine learning, 2006, 3.6]
 */
export const probitProcess = (points: readonly Point[], { length, variance }: Kernel): Latent => {
  const m = points.length;
  const scale = -0.5 / (length * length);
  const { prior, toOrigin, yes, no, mean, spread, root, shift, weights, inverse, factor, along, onto } =
    workspaceFor(m);
  for (let i = 0; i < m; i++) {
    const { x, y } = points[i];
    toOrigin[i] = variance * exp(scale * (x * x + y * y));
    for (let j = 0; j <= i; j++) {
      const [dx, dy] = [x - points[j].x, y - points[j].y];
      prior[i * m + j] = variance * exp(scale * (dx * dx + dy * dy));
      prior[j * m + i] = prior[i * m + j];
    }
  }
  for (const sites of [yes, no]) {
    sites.precision.fill(0, 0, m);
    sites.shift.fill(0, 0, m);
  }
  mean.fill(0, 0, m);
  spread.fill(variance, 0, m);

  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    let change = 0;
    for (let i = 0; i < m; i++) {
      if (points[i].yes > 0) change = Math.max(change, moveSite(yes, i, 1, mean[i], spread[i]));
      if (points[i].no > 0) change = Math.max(change, moveSite(no, i, -1, mean[i], spread[i]));
      const precision = points[i].yes * yes.precision[i] + points[i].no * no.precision[i];
      root[i] = Math.sqrt(Math.max(precision, LEAST / variance));
      shift[i] = points[i].yes * yes.shift[i] + points[i].no * no.shift[i];
    }
    // B = I + root prior root = L L^T; what is kept is L^-1.
    for (let i = 0; i < m; i++) {
      for (let j = 0; j <= i; j++) {
        let sum = root[i] * prior[i * m + j] * root[j];
        for (let k = 0; k < j; k++) sum -= factor[i * m + k] * factor[j * m + k];
        factor[i * m + j] = i === j ? Math.sqrt(1 + sum) : sum / factor[j * m + j];
      }
    }
    // Row j holds column j of L^-1.
    for (let j = 0; j < m; j++) {
      inverse[j * m + j] = 1 / factor[j * m + j];
      for (let i = j + 1; i < m; i++) {
        let sum = 0;
        for (let k = j; k < i; k++) sum -= factor[i * m + k] * inverse[j * m + k];
        inverse[j * m + i] = sum / factor[i * m + i];
      }
    }
    const last = change < SETTLED || sweep === SWEEPS - 1;
    // weights = shift - root B^-1 root prior shift, so that the mean anywhere is its covariances with the points times these.
    along.fill(0, 0, m);
    for (let i = 0; i < m; i++) {
      let sum = 0;
      for (let j = 0; j < m; j++) sum += prior[i * m + j] * shift[j];
      sum *= root[i];
      for (let k = i; k < m; k++) along[k] += inverse[i * m + k] * sum;
    }
    for (let i = 0; i < m; i++) {
      let [sum, square] = [0, 0];
      for (let k = i; k < m; k++) {
        sum += inverse[i * m + k] * along[k];
        square += inverse[i * m + k] * inverse[i * m + k];
      }
      weights[i] = shift[i] - root[i] * sum;
      spread[i] = (1 - square) / (root[i] * root[i]);
    }
    if (last) break;
    for (let i = 0; i < m; i++) {
      let sum = 0;
      for (let j = 0; j < m; j++) sum += prior[i * m + j] * weights[j];
      mean[i] = sum;
    }
  }
  let [sum, rest] = [0, variance];
  onto.fill(0, 0, m);
  for (let i = 0; i < m; i++) {
    sum += toOrigin[i] * weights[i];
    for (let k = i; k < m; k++) onto[k] += inverse[i * m + k] * root[i] * toOrigin[i];
  }
  for (let k = 0; k < m; k++) rest -= onto[k] * onto[k];
  return { mean: sum, variance: Math.max(rest, LEAST) };
};

/** Numbers of one process after another, as a map has thousands: row by row, m to a row. Nothing of one is seen by the next. */
const makeWorkspace = (most: number) => {
  const vector = () => new Float64Array(most);
  const matrix = () => new Float64Array(most * most);
  return {
    ...{ most, prior: matrix(), inverse: matrix(), factor: matrix() },
    ...{ toOrigin: vector(), mean: vector(), spread: vector(), root: vector() },
    ...{ shift: vector(), weights: vector(), along: vector(), onto: vector() },
    // Sites of one vote for and of one against: precisions, and these times means.
    yes: { precision: vector(), shift: vector() },
    no: { precision: vector(), shift: vector() },
  };
};

let workspace = makeWorkspace(48);

const workspaceFor = (m: number): ReturnType<typeof makeWorkspace> => {
  if (m > workspace.most) workspace = makeWorkspace(2 * m);
  return workspace;
};

interface Sites {
  readonly precision: Float64Array;
  readonly shift: Float64Array;
}

/** Moves the site of one vote towards what gives the moments of the likelihood times all other sites; returns by how much, as a share. */
const moveSite = ({ precision, shift }: Sites, i: number, sign: number, mean: number, spread: number): number => {
  const cavityPrecision = 1 / spread - precision[i];
  const cavityVariance = 1 / cavityPrecision;
  const cavityMean = (mean / spread - shift[i]) * cavityVariance;
  const width = Math.sqrt(1 + cavityVariance);
  const z = (sign * cavityMean) / width;
  const hazard = normalHazard(z);
  const shrunk = (cavityVariance * hazard * (z + hazard)) / (1 + cavityVariance);
  const wanted = (cavityPrecision * shrunk) / (1 - shrunk);
  const tilted = cavityMean + (sign * cavityVariance * hazard) / width;
  const change = Math.abs(wanted - precision[i]) * spread;
  precision[i] += DAMPING * (wanted - precision[i]);
  shift[i] += DAMPING * (tilted * (cavityPrecision + wanted) - cavityMean * cavityPrecision - shift[i]);
  return change;
};
