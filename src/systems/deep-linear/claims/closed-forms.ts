import { type Claim, claim } from "../../../contracts/claim.ts";
import { meanComparison, near, never } from "../../../contracts/comparisons.ts";
import { type Moments, momentsOf } from "../../../learning/data/weighted.ts";
import { linearObjective } from "../../../learning/networks/linear.ts";
import { log } from "../../../numerics/elementary.ts";
import { turningPlaces } from "../../../numerics/minimum.ts";
import { norm } from "../../../numerics/norm.ts";
import { power } from "../../../numerics/power.ts";
import { narrowed } from "../../../numerics/root.ts";
import { stream } from "../../../numerics/stream.ts";
import { globalB, jumps } from "../theory/anisotropic.ts";
import { criticalPoint } from "../theory/critical.ts";
import { equalWeight, scalarMoments } from "../theory/fluctuations.ts";
import { globalMinimum } from "../theory/global-minimum.ts";
import { balancedCurvature, balancedForce, balancedLoss } from "../theory/landau.ts";
import type { Reduced } from "../theory/problem.ts";
import { delayCoefficient, discreteSweep, slowSweep } from "../theory/sweeps.ts";

/** Norm and depth of the lowest point of the balanced loss with s > 0, by a scan and thirds: no formula but the loss itself. */
const lowestByScan = (problem: Reduced, gamma: number): { readonly s: number; readonly loss: number } => {
  const lossAt = (s: number): number => balancedLoss(problem, gamma, s);
  // Beyond the origin's own minimum.
  const turns = turningPlaces(lossAt, 0, 2 + problem.N / problem.kappa, 4000).slice(1, -1);
  const s = turns.reduce((best, each) => (best === 0 || lossAt(each) < lossAt(best) ? each : best), 0);
  return { s, loss: lossAt(s) };
};

/** Where a condition ends that holds below. */
const boundary = (holds: (gamma: number) => boolean, low: number, high: number): number =>
  narrowed(holds, low, high, 45)[0];

/** Norm of the learned minimum, by Newton's steps on the force from above it. */
const lowestByNewton = (problem: Reduced, gamma: number): number => {
  const { D, N, kappa } = problem;
  let s = 2 * (1 + N / kappa);
  for (let step = 0; step < 200; step++)
    s -= (balancedForce(problem, gamma, s) * 2 * (D + 1)) / balancedCurvature(problem, gamma, s);
  return s;
};

/** Norm at which descent of the balanced scalar ends from one start. */
const endOfDescent = (problem: Reduced, gamma: number, s0: number, lr: number, steps: number): number =>
  discreteSweep({ ...problem, gammas: [gamma], s0, lr, steps, floor: 0 }).up[0];

/** (1e-5)^(2/3) */
const RATE_TO_TWO_THIRDS = 4.641588833612779e-4;

const unit = (D: number): Reduced => ({ D, N: 1, kappa: 1 });

/** Critical decays as the specification of the source prints them, N = kappa = 1. */
const PRINTED = [
  { D: 2, coexistence: 0.3968503, spinodal: 0.4724704 },
  { D: 3, coexistence: 0.2721655, spinodal: 0.3849002 },
  { D: 4, coexistence: 0.2103666, spinodal: 0.3469755 },
];

const NOISE = { dx: 20, m: 200 };

/** Second moments of data whose labels have nothing to do with the inputs. */
const noiseDraws = (draws: number): readonly Moments[] => {
  const { dx, m } = NOISE;
  const x = new Float64Array(m * dx);
  const y = new Float64Array(m);
  return Array.from({ length: draws }, (_, draw) => {
    const random = stream({ seed: 6, chain: draw, purpose: "noise labels" });
    random.normals(x);
    random.normals(y);
    return momentsOf({ dx, x, y, weight: new Float64Array(m).fill(1 / m) });
  });
};

/** A norm that is not what descent leaves of nought. */
const FITTED = 1e-3;

/** Norm of the output weights of two hidden units after descent: at 5 % from the border what grows or shrinks does so by a percent a step. */
const fittedNorm = (moments: Moments, gamma: number): number => {
  const widths = [2];
  const objective = linearObjective(moments, { gammaU: gamma, gammaW: [gamma], widths });
  const size = (NOISE.dx + 1) * widths[0];
  const w = new Float64Array(size);
  stream({ seed: 6, purpose: "noise labels, start" }).normals(w);
  const gradient = new Float64Array(size);
  for (let i = 0; i < size; i++) w[i] *= 0.1;
  for (let step = 0; step < 2000; step++) {
    objective.lossAndGradient(w, gradient);
    for (let i = 0; i < size; i++) w[i] -= 0.2 * gradient[i];
  }
  return norm(w.subarray(size - widths[0]));
};

export const closedFormClaims: readonly Claim[] = [
  claim("critical-decays", "section 3.3: coexistence and spinodal of D >= 2", {
    statement:
      "With more than one hidden layer the two phases are equally low at gamma*, and the learned one ends at gamma_sp.",
    routes: {
      measured: "scan of the loss, bisected on its lowest points",
      predicted: "closed forms at N = kappa = 1",
      kind: "formula",
    },
    studies: [],
    measure: () =>
      PRINTED.flatMap(({ D, coexistence, spinodal }) => {
        const isLower = (g: number): boolean => lowestByScan(unit(D), g).loss < 0;
        const isMinimum = (g: number): boolean => lowestByScan(unit(D), g).s > 0.1;
        return [
          near(`gamma* at D = ${D}`, boundary(isLower, 0.05, 0.5), coexistence, 1e-6),
          near(`gamma_sp at D = ${D}`, boundary(isMinimum, 0.05, 0.6), spinodal, 1e-6),
        ];
      }),
  }),
  claim("naming", "sections 3.1 to 3.3: the order by depth, with the naming trap", {
    statement: "D = 0 has no transition, D = 1 a continuous one at N, D >= 2 a jump.",
    routes: {
      measured: "scan of the loss just below and above the critical decay",
      predicted: "v = 0, v -> 0, v = (D-1)/D N/kappa",
      kind: "formula",
    },
    studies: [],
    measure: () => [
      near("v at D = 0, gamma = 5", globalMinimum(unit(0), 5, 1).v, 1 / 6, 1e-12),
      near("v at D = 1 a little below N", power(lowestByScan(unit(1), 1 - 1e-4).s, 2), 1e-4, 1e-7),
      ...[2, 3, 4].map(D =>
        near(
          `v at D = ${D} a little below gamma*`,
          power(lowestByScan(unit(D), (criticalPoint(unit(D)).gamma_c as number) * (1 - 1e-9)).s, D + 1),
          (D - 1) / D,
          1e-6,
        ),
      ),
    ],
  }),
  claim("latent-heat", "section 3.3: gamma* dQ = (1 - 1/D^2) N^2 / kappa", {
    statement: "The data loss drops by (1 - 1/D^2) N^2/kappa at the jump, whatever N, kappa and D.",
    routes: {
      measured: "data loss at the lowest point at gamma*, from the stationarity condition",
      predicted: "closed form",
      kind: "formula",
    },
    studies: [],
    measure: () => {
      const random = stream({ seed: 5, purpose: "latent heat" });
      let worst = 0;
      for (let D = 2; D <= 10; D++)
        for (let draw = 0; draw < 5; draw++) {
          const problem = { D, N: 0.2 + 3 * random.uniform(), kappa: 0.2 + 3 * random.uniform() };
          const { N, kappa } = problem;
          const v = power(lowestByNewton(problem, criticalPoint(problem).gamma_c as number), D + 1);
          const predicted = ((1 - 1 / (D * D)) * N * N) / kappa;
          worst = Math.max(worst, Math.abs((2 * N * v - kappa * v * v) / predicted - 1));
        }
      return [near("largest relative distance, 45 draws", worst, 0, 1e-10)];
    },
  }),
  claim("loss-derivatives", "sections 3.2 and 3.3: derivatives of the minimum loss", {
    statement:
      "At D = 1 the second derivative of the minimum loss steps by 2/kappa at N; at D = 2 the first steps by 1.889882 at gamma*.",
    routes: { measured: "finite differences of the scanned minimum", predicted: "closed forms", kind: "formula" },
    studies: [],
    measure: () => {
      const least = (D: number, gamma: number): number => Math.min(0, lowestByScan(unit(D), gamma).loss);
      const h = 1e-3;
      const second = (gamma: number): number =>
        (least(1, gamma + h) - 2 * least(1, gamma) + least(1, gamma - h)) / (h * h);
      const critical = 0.3968502629920499;
      const e = 1e-6;
      const slope = (from: number, to: number): number => (least(2, to) - least(2, from)) / (to - from);
      const below = slope(critical - 2 * e, critical - e);
      const above = slope(critical + e, critical + 2 * e);
      return [
        near("D = 1: second derivative just below N", second(1 - 2 * h), -2, 1e-3),
        near("D = 1: second derivative just above N", second(1 + 2 * h), 0, 1e-3),
        near("D = 2: step of the first derivative at gamma*", below - above, 1.889882, 1e-4),
      ];
    },
  }),
  claim("basins", "section 4.1: basins of balanced starts", {
    statement: "At D = 2 and gamma = 0.3 descent from 0.30 collapses and from 0.35 learns: the origin is metastable.",
    routes: {
      measured: "gradient descent of the balanced scalar",
      predicted: "roots of the stationarity condition",
      kind: "solved",
    },
    studies: [],
    measure: () => {
      const end = (s0: number): number => endOfDescent(unit(2), 0.3, s0, 0.05, 4000);
      return [near("from 0.30", end(0.3), 0, 1e-6), near("from 0.35", end(0.35), 0.868218, 1e-6)];
    },
  }),
  claim("kick", "section 4.2: return with a kick k at N k^(D-1) - kappa k^(2D)", {
    statement: "On the way down with a kick of 0.2 the learned state returns at the first value below 0.1984.",
    routes: {
      measured: "gradient descent of the balanced scalar",
      predicted: "0.2 - 0.2^4 = 0.1984",
      kind: "formula",
    },
    studies: [],
    measure: () => {
      const gammas = Array.from({ length: 120 }, (_, i) => 0.1 + 0.001 * i + 0.0004);
      const { down } = discreteSweep({ ...unit(2), gammas, s0: 0, lr: 0.05, steps: 4000, floor: 0.2 });
      const last = down.findLastIndex(s => s > 0.5);
      return [near("largest gamma that returns", gammas[last], 0.1984, 0.001)];
    },
  }),
  claim("delay-law", "section 4.2: delay of a slow sweep through the spinodal", {
    statement: "A slow sweep falls late by 1.500985 r^(2/3) at D = 2, as the Airy function's first zero says.",
    routes: {
      measured: "integration of the balanced flow",
      predicted: "normal form of a saddle-node",
      kind: "formula",
    },
    studies: [],
    measure: () => {
      const spinodal = criticalPoint(unit(2)).gamma_spinodal_up as number;
      const delay = (rate: number): number => slowSweep(unit(2), rate) - spinodal;
      const [fast, slow] = [delay(1e-3), delay(1e-5)];
      const third = delayCoefficient(unit(2)) / 1.500985;
      return [
        near("exponent between r = 1e-3 and 1e-5", log(fast / slow) / log(100), 2 / 3, 0.005),
        near("coefficient at r = 1e-5", slow / RATE_TO_TWO_THIRDS, 1.500985, 0.06),
        near("closed form of the coefficient", third, 1, 1e-6),
      ];
    },
  }),
  claim("anisotropic-jumps", "section 3.4: several successive jumps", {
    statement:
      "One scalar output at D = 2 can pass through two jumps, 0.3322 and 0.4089; with the same data D = 1 has none before N.",
    routes: {
      measured: "global minimum over all stationary points, followed in gamma",
      predicted: "worked case",
      kind: "recomputed",
    },
    studies: [],
    measure: () => {
      const data = { n: [1, 0.15], kappa: [1, 0.001] };
      const found = jumps({ D: 2, ...data }, 0.2);
      const N = Math.sqrt(1 + 0.15 * 0.15);
      return [
        near("number of jumps at D = 2", found.length, 2, 0),
        near("first", found[0]?.gamma ?? 0, 0.332244, 1e-4),
        near("second", found[1]?.gamma ?? 0, 0.408932, 1e-4),
        near("number of jumps at D = 1", jumps({ D: 1, ...data }, 0.2).length, 0, 0),
        near("B at D = 1, gamma = 0.999 N, above zero", Number(globalB({ D: 1, ...data }, 0.999 * N) > 0), 1, 0),
      ];
    },
  }),
  claim("canonical-jump", "section 6: two phases at finite temperature", {
    statement: "At D = 2 the variance of Q peaks at dQ^2/4, and the point of equal weight is shifted by -0.1834/n.",
    routes: {
      measured: "quadrature of exp(-n L) over s",
      predicted: "two narrow peaks at coexistence",
      kind: "recomputed",
    },
    studies: [],
    measure: () => {
      const n = 400;
      const problem = unit(2);
      const centre = criticalPoint(problem).gamma_c as number;
      let largest = 0;
      for (let i = -40; i <= 40; i++) {
        const { m2, m4 } = scalarMoments(problem, centre + i * 1e-4, { n, lo: -1, hi: 2 });
        largest = Math.max(largest, 9 * (m4 - m2 * m2));
      }
      return [
        near("n Var(Q) at its largest, over n", largest, 0.893, 0.03),
        near(
          "shift of the point of equal weight, times n",
          (equalWeight(problem, n).gammaEqualWeight - centre) * n,
          -0.1834,
          0.05 * 0.1834,
        ),
      ];
    },
  }),
  claim("noise-labels", "section 6 (b): labels of pure noise", {
    statement:
      "A network with one hidden layer fits pure noise below N_m = |mean x y|, on average 0.312 at dx = 20, m = 200.",
    routes: {
      measured: "200 draws of data; descent of whole networks on 12 of them, decays 5 % below and above N_m",
      predicted: "sd(y) sqrt(dx/m) (1 - 1/(4 dx)), 0.312; a fit exactly below N_m",
      kind: "formula",
    },
    studies: [],
    measure: () => {
      const draws = noiseDraws(200);
      const strengths = draws.map(({ n }) => norm(n));
      // The mean length of a Gaussian vector is short of its root mean square by a part in 4 dx.
      const expected = Math.sqrt(NOISE.dx / NOISE.m) * (1 - 1 / (4 * NOISE.dx));
      const fitted = draws.slice(0, 12).map(moments => {
        const strength = norm(moments.n);
        return { below: fittedNorm(moments, 0.95 * strength), above: fittedNorm(moments, 1.05 * strength) };
      });
      const members = fitted.length;
      return [
        meanComparison("mean of N_m", strengths, { predicted: expected, tolerance: 0.012 }),
        {
          ...near(
            "draws that are fitted at a decay 5 % below N_m",
            fitted.filter(({ below }) => below > FITTED).length,
            members,
          ),
          members,
        },
        never(
          "draws that are fitted at a decay 5 % above N_m",
          fitted.filter(({ above }) => above > FITTED).length,
          members,
        ),
      ];
    },
  }),
];
