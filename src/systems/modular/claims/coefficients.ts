import type { Claim, Comparison, Evidence } from "../../../contracts/claim.ts";
import type { Study } from "../../../contracts/protocol.ts";
import { mean, standardDeviation } from "../../../numerics/statistics.ts";
import { stream } from "../../../numerics/stream.ts";
import { within } from "../../compare.ts";
import { pairsAt, splitPairs } from "../model/pairs.ts";
import { randomStart } from "../model/start.ts";
import { langevinEstimate } from "../posterior/langevin-estimate.ts";
import { quadraticObjective } from "../posterior/quadratic.ts";
import { closedForms, deadNeuronIncrement, ranks } from "../theory/closed-forms.ts";
import { langevinCoefficient } from "../theory/harmonic.ts";
import { curvatures } from "../theory/jacobian.ts";
import { exact, meanOf } from "./comparisons.ts";

interface RankCase {
  readonly study: string;
  readonly weights: string;
  readonly p: number;
  readonly K?: number;
  readonly trainFraction?: number;
  readonly centred?: true;
  readonly stated: number;
}

/** Ranks as counted independently, by singular values. */
const RANKS: readonly RankCase[] = [
  ...[
    [5, 1, 13],
    [5, 4, 52],
    [5, 9, 117],
    [5, 10, 125],
    [7, 18, 342],
    [7, 19, 343],
  ].map(([p, K, stated]) => ({ study: `rank-random-p${p}-K${K}`, weights: "random", p, K, stated })),
  { study: "rank-random-p5-K10-centred", weights: "random", p: 5, K: 10, centred: true, stated: 120 },
  ...[
    [3, 27],
    [5, 105],
    [7, 229],
    [11, 621],
    [13, 889],
  ].map(([p, stated]) => ({ study: `rank-narrow-p${p}`, weights: "narrow", p, stated })),
  ...[
    [5, 99],
    [7, 226],
    [11, 636],
    [13, 919],
  ].map(([p, stated]) => ({ study: `rank-six-phase-p${p}`, weights: "six-phase", p, stated })),
  ...[
    [5, 103],
    [7, 232],
  ].map(([p, stated]) => ({ study: `rank-six-phase-constant-p${p}`, weights: "six-phase-constant", p, stated })),
  ...[
    [5, 117],
    [7, 271],
    [11, 771],
  ].map(([p, stated]) => ({ study: `rank-waves-p${p}`, weights: "waves", p, stated })),
  ...[
    [5, 112],
    [7, 264],
    [11, 760],
  ].map(([p, stated]) => ({
    study: `rank-waves-p${p}-centred`,
    weights: "waves",
    p,
    centred: true as const,
    stated,
  })),
];

export const rankStudies: readonly Study[] = RANKS.map(({ study, weights, p, K, trainFraction, centred }) => ({
  name: study,
  protocol: "rank",
  chains: 1,
  settings: {
    weights,
    p,
    ...(K !== undefined && { K }),
    ...(trainFraction !== undefined && { trainFraction }),
    ...(centred && { centred: "yes" }),
  },
}));

const rankClaim = (id: string, statement: string, weights: readonly string[]): Claim => {
  const cases = RANKS.filter(one => weights.includes(one.weights));
  return {
    id,
    where: "Corollaries 4.2 and 5.4, corrected for one-hot pairs",
    statement,
    routes: { measured: "spectrum of J J^T at the point", predicted: "closed form, checked against singular values" },
    studies: cases.map(({ study }) => study),
    measure: evidence =>
      cases.flatMap(({ study, stated }) => {
        const [record] = evidence.records(study, "rank");
        if (!record) return [{ quantity: study, measured: 0, predicted: stated, members: 0 }];
        return [
          exact(study, record.rank as number, stated),
          // A rank is one only where kept and dropped values are far apart.
          within(`${study}: least kept eigenvalue`, record.leastKept as number, 1e-9, 1),
          within(`${study}: largest dropped eigenvalue`, record.mostDropped as number, 0, 1e-12),
        ];
      }),
  };
};

interface PointCase {
  readonly study: string;
  readonly settings: Study["settings"];
  readonly quick: number;
  readonly full: number;
}

/** Sampled around exactly known points at p = 5. */
const POINTS: readonly PointCase[] = [
  {
    study: "point-narrow-langevin",
    quick: 4,
    full: 8,
    settings: { sampler: "langevin", burnIn: 20_000, draws: 40_000 },
  },
  { study: "point-narrow-hmc", quick: 2, full: 8, settings: { nBeta: 1e5, gamma: 1, burnIn: 600, draws: 1500 } },
  {
    study: "point-narrow-dead",
    quick: 2,
    full: 8,
    settings: { nBeta: 1e5, gamma: 1, K: 10, burnIn: 1000, draws: 2000 },
  },
  { study: "point-teacher", quick: 4, full: 8, settings: { point: "teacher", K: 4 } },
  { study: "point-teacher-cold", quick: 4, full: 8, settings: { point: "teacher", K: 4, nBeta: 1e5 } },
  {
    study: "point-memorised",
    quick: 2,
    full: 4,
    settings: { point: "memorised", trainFraction: 0.5, gamma: 1, nBeta: 1e5 },
  },
  { study: "point-six-phase", quick: 2, full: 4, settings: { point: "six-phase", burnIn: 800, draws: 2500 } },
  { study: "point-waves", quick: 2, full: 4, settings: { point: "waves", burnIn: 800, draws: 2500 } },
];

export const pointStudies = (size: "quick" | "full"): Study[] =>
  POINTS.map(({ study, settings, ...chains }) => ({
    name: study,
    protocol: "coefficient",
    chains: chains[size],
    settings,
  }));

const lambdas = (evidence: Evidence, study: string): number[] =>
  evidence.records(study, "final").flatMap(({ lambda }) => (typeof lambda === "number" ? [lambda] : []));

const sampled = (evidence: Evidence, study: string, predicted: number, tolerance: number): Comparison =>
  meanOf(study, lambdas(evidence, study), { predicted, tolerance });

export const coefficientClaims: readonly Claim[] = [
  rankClaim(
    "generic-ranks",
    "At generic weights each neuron has 3p - 2 directions, one fewer than published, until the p^3 residuals are used up.",
    ["random"],
  ),
  rankClaim("narrow-ranks", "At the solution of width 2p - 1 the rank is 6p^2 - 10p + 5.", ["narrow"]),
  rankClaim(
    "wave-ranks",
    "At six phases the rank is (13p^2 - 29p + 18) / 2; with many phases it saturates at 8p^2 - 19p + 12.",
    ["six-phase", "six-phase-constant", "waves"],
  ),

  {
    id: "published-against-corrected",
    where: "Corollary 4.2 and section 6: K (3p - 1) / 2",
    statement:
      "One-hot pairs see p^2 of the symmetric functionals and leave a shift of A_k against B_k free: the published count is one too many a neuron.",
    routes: { measured: "closed forms", predicted: "values worked out by hand" },
    studies: [],
    measure: () => {
      const at = (p: number, K: number, N: number, name: string): number =>
        closedForms({ p, K, N })[name] ?? Number.NaN;
      return [
        exact("p = 5, K = 4: one-hot", at(5, 4, 25, "onehot_generic_full"), 26),
        exact("p = 5, K = 4: published", at(5, 4, 25, "published_generic"), 28),
        exact("p = 5: width 2p - 1", at(5, 9, 25, "wF_exact_at_K_2p_minus_1"), 52.5),
        exact("p = 5: and one dead neuron", at(5, 10, 25, "wF_plus_one_dead"), 54.75),
        exact("p = 5: plateau", at(5, 9, 25, "plateau_full"), 62.5),
        exact("p = 13, K = 64, N = 118: memorising", at(13, 64, 118, "onehot_generic_train"), 767),
        exact("p = 13, K = 64, N = 118: wave floor", at(13, 64, 118, "fourier_saturated_floor_train_max"), 558.5),
        exact("p = 53, K = 1024, N = 1123: memorising", at(53, 1024, 1123, "onehot_generic_train"), 29_759.5),
        exact(
          "p = 53, K = 1024, N = 1123: wave floor",
          at(53, 1024, 1123, "fourier_saturated_floor_train_max"),
          10_738.5,
        ),
        exact("p = 53, K = 1024: published", at(53, 1024, 1123, "published_generic"), 80_896),
        exact("p = 53, K = 1024, N = 1123: lazy", at(53, 1024, 1123, "lazy_train"), 27_136),
      ];
    },
  },

  {
    id: "langevin-law",
    where: "section 6: estimates by Langevin chains; derived: their exact law on a quadratic loss",
    statement:
      "On a quadratic loss a finite Langevin chain measures its closed form, pull, burn-in and step size included, and a step that is too long is told.",
    routes: { measured: "60 Langevin chains", predicted: "sum over the eigenvalues of J J^T / N" },
    studies: [],
    measure: ({ seed }) => {
      const dimensions = { p: 5, K: 8 };
      const w = randomStart(dimensions, { seed: 61, sw: 0.5, sv: 0.5 });
      const h = curvatures(w, dimensions, pairsAt(5, "add", splitPairs(5, 0.6, 1).train));
      const objective = quadraticObjective(h);
      const centre = new Float64Array(h.length);
      const estimates = (run: Parameters<typeof langevinCoefficient>[1]) =>
        Array.from({ length: 60 }, (_, chain) =>
          langevinEstimate({
            ...run,
            objective,
            centre,
            random: purpose => stream({ seed, chain, purpose: `langevin law ${purpose}` }),
          }),
        );
      const stable = [
        { nBeta: 1000, gamma: 100, stepSize: 2e-4, burnIn: 300, draws: 400 },
        { nBeta: 30, gamma: 5, stepSize: 1e-4, burnIn: 100, draws: 600 },
      ].map(run => {
        const values = estimates(run).flatMap(one => (one.kind === "estimate" ? [one.lambda] : []));
        const standardError = standardDeviation(values) / Math.sqrt(values.length);
        const z = (mean(values) - langevinCoefficient(h, run)) / standardError;
        return within(`nBeta = ${run.nBeta}: standard errors from the closed form, ${values.length} chains`, z, -3, 3);
      });
      const long = { nBeta: 1000, gamma: 100, stepSize: 4.2 / (1000 * h[0] + 100), burnIn: 10, draws: 10 };
      const told = estimates(long).filter(({ kind }) => kind === "failure").length;
      return [...stable, exact("chains that refuse a step beyond 4 / curvature", told, 60)];
    },
  },

  {
    id: "narrow-coefficient",
    where: "agenda MAIS-A6, Lemma 4.2; derived: exact coefficient (6p^2 - 10p + 5) / 2",
    statement:
      "At the solution of width 2p - 1 of p = 5 the coefficient is 52.5, and one dead neuron adds (2p - 1) / 4.",
    routes: {
      measured: "Langevin and Hamiltonian chains at nBeta 1e4 and 1e5",
      predicted: "half the rank at a smooth zero set",
    },
    studies: ["point-narrow-langevin", "point-narrow-hmc", "point-narrow-dead"],
    measure: evidence => [
      sampled(evidence, "point-narrow-langevin", 53.5, 1.5),
      sampled(evidence, "point-narrow-hmc", ranks.narrow(5) / 2, 0.75),
      sampled(evidence, "point-narrow-dead", ranks.narrow(5) / 2 + deadNeuronIncrement(5), 1),
    ],
  },

  {
    id: "teacher-coefficient",
    where: "Corollary 4.2: K (3p - 1) / 2 = 28 for p = 5, K = 4",
    statement: "A random teacher of four neurons at p = 5 has coefficient 26, not the published 28.",
    routes: { measured: "Hamiltonian chains around the teacher", predicted: "K (3p - 2) / 2" },
    studies: ["point-teacher", "point-teacher-cold"],
    measure: evidence => {
      const values = lambdas(evidence, "point-teacher");
      return [
        sampled(evidence, "point-teacher", 26, 1),
        sampled(evidence, "point-teacher-cold", 26, 1),
        { ...meanOf("point-teacher: at most 27.5, not the published 28", values, { predicted: [0, 27.5] }) },
      ];
    },
  },

  {
    id: "memorised-coefficient",
    where: "Theorem 5.2 and section 6: memorising solutions; derived: p N / 2 at a submersion",
    statement: "Where a wide network fits 12 pairs of p = 5 by its outputs, the coefficient is p N / 2 = 30.",
    routes: { measured: "Hamiltonian chains", predicted: "half the number of residuals" },
    studies: ["point-memorised"],
    measure: evidence => [sampled(evidence, "point-memorised", 30, 1)],
  },

  {
    id: "wave-coefficients",
    where: "beyond the source: floor and plateau of the wave basin at p = 5",
    statement: "At six and at many phases the measured coefficient lies between half the rank and the plateau p^3 / 2.",
    routes: { measured: "Hamiltonian chains at nBeta 1e4", predicted: "rank floor and plateau" },
    studies: ["point-six-phase", "point-waves"],
    measure: evidence => [
      meanOf("point-six-phase", lambdas(evidence, "point-six-phase"), {
        predicted: [ranks.sixPhasesConstant(5) / 2, 62.5],
      }),
      meanOf("point-waves", lambdas(evidence, "point-waves"), { predicted: [ranks.waves(5) / 2, 62.5] }),
    ],
  },
];
