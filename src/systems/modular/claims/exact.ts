import { type Claim, claim } from "../../../contracts/claim.ts";
import { below, near, within } from "../../../contracts/comparisons.ts";
import { namesOf } from "../../../contracts/field.ts";
import { centralDifference } from "../../../numerics/central-difference.ts";
import { largestEntry } from "../../../numerics/norm.ts";
import { participation } from "../../../numerics/row-spectra.ts";
import { mean } from "../../../numerics/statistics.ts";
import { type Stream, stream } from "../../../numerics/stream.ts";
import { type Dimensions, sizeOf, weightsOf } from "../model/layout.ts";
import { methodNames, methods } from "../model/methods.ts";
import { modularObjective } from "../model/objective.ts";
import { operations } from "../model/operations.ts";
import { fullTable, type Pairs, pairsAt, splitPairs } from "../model/pairs.ts";
import { ranks } from "../theory/closed-forms.ts";
import { curvatures, spectralRank } from "../theory/jacobian.ts";
import { solutionError } from "../theory/solution-error.ts";
import { narrowSolution, randomPhases, type Solution, sixPhases } from "../theory/solutions.ts";
import { hessianTraces } from "../theory/traces.ts";

/** Sizes of training sets on both sides of 4p - 3 and 8p - 15, and beside them. */
const setSizes = [
  { p: 5, N: 8, beside: false },
  { p: 5, N: 17, beside: true },
  { p: 5, N: 22, beside: false },
  { p: 7, N: 16, beside: false },
  { p: 7, N: 28, beside: true },
  { p: 7, N: 34, beside: false },
  { p: 7, N: 45, beside: false },
] as const;

const randomWeights = (random: Stream, dimensions: Dimensions): Float64Array => {
  const w = new Float64Array(sizeOf(dimensions));
  random.normals(w);
  return w.map(value => 0.6 * value);
};

/** Random networks of several sizes on whole and split tables of every operation, loss centred and not. */
const problems = (random: Stream): { dimensions: Dimensions; pairs: Pairs; centred: boolean; w: Float64Array }[] =>
  namesOf(operations).flatMap((op, i) =>
    [
      { p: 5, K: 4 },
      { p: 7, K: 12 },
    ].map((dimensions, j) => ({
      dimensions,
      pairs:
        (i + j) % 2 === 0
          ? fullTable(dimensions.p, op)
          : pairsAt(dimensions.p, op, splitPairs(dimensions.p, 0.6, i + 1).train),
      centred: i % 3 === 0,
      w: randomWeights(random, dimensions),
    })),
  );

export const exactClaims: readonly Claim[] = [
  claim("gradients", "section 4: loss, gradients and their identities", {
    statement:
      "The gradient is that of the loss; scaling a neuron and shifting A_k against B_k cost nothing to first order, whatever the data.",
    routes: {
      measured: "gradient in closed form",
      predicted: "central differences of the loss; the two symmetries",
      kind: "recomputed",
    },
    studies: [],
    measure: ({ seed }) => {
      const random = stream({ seed, purpose: "modular gradients claim" });
      let [differences, scaling, translation] = [0, 0, 0];
      for (const { dimensions, pairs, centred, w } of problems(random)) {
        const { p, K } = dimensions;
        const objective = modularObjective({ ...dimensions, pairs, centred });
        const gradient = new Float64Array(w.length);
        objective.lossAndGradient(w, gradient);
        const scale = largestEntry(gradient);
        for (let trial = 0; trial < 6; trial++) {
          const i = random.below(w.length);
          // A cubic network makes the loss a polynomial of degree six: two spacings cancel the third derivative.
          const [close, far] = [1e-3, 2e-3].map(h => centralDifference(objective.loss, w, i, h));
          differences = Math.max(differences, Math.abs((4 * close - far) / 3 - gradient[i]) / scale);
        }
        const [{ A, B, C }, g] = [weightsOf(w, dimensions), weightsOf(gradient, dimensions)];
        for (let k = 0; k < K; k++) {
          let [first, second, a, b] = [0, 0, 0, 0];
          for (let j = k * p; j < (k + 1) * p; j++) {
            first += A[j] * g.A[j] + B[j] * g.B[j];
            second += C[j] * g.C[j];
            a += g.A[j];
            b += g.B[j];
          }
          scaling = Math.max(scaling, Math.abs(first - 2 * second) / scale);
          translation = Math.max(translation, Math.abs(a - b) / scale);
        }
      }
      return [
        below("largest error against central differences", differences, 1e-8),
        below("scaling identity", scaling, 1e-12),
        below("translation identity", translation, 1e-12),
      ];
    },
  }),

  claim("fast-algorithms", "derived: sums over a and b of a quadratic network separate", {
    statement: "Table Gram, output Gram and the complement give the same loss and gradients as the sum over pairs.",
    routes: {
      measured: "Gram forms",
      predicted: "rows gathered and scattered, pair by pair",
      kind: "recomputed",
    },
    studies: [],
    measure: ({ seed }) => {
      const random = stream({ seed, purpose: "modular methods claim" });
      const worst = Object.fromEntries(methodNames.map(name => [name, 0]));
      for (const { dimensions, pairs, centred, w } of problems(random)) {
        const at = (method: string) => {
          const gradient = new Float64Array(w.length);
          const objective = modularObjective({ ...dimensions, pairs, centred, method });
          return { loss: objective.lossAndGradient(w, gradient), gradient };
        };
        const direct = at("gather");
        for (const name of methodNames) {
          if (name === "gather" || !methods[name].fits({ ...dimensions, pairs, centred })) continue;
          const other = at(name);
          const off = other.gradient.map((value, i) => value - direct.gradient[i]);
          worst[name] = Math.max(
            worst[name],
            Math.abs(other.loss - direct.loss) / direct.loss,
            largestEntry(off) / largestEntry(direct.gradient),
          );
        }
      }
      return methodNames
        .filter(name => name !== "gather")
        .map(name => below(`${name}: largest relative error`, worst[name], 1e-12));
    },
  }),

  claim("analytic-solutions", "arXiv 2301.02679, eqs. 6, 7 and 12; agenda MAIS-A6, Lemma 4.2", {
    statement:
      "Width 2p - 1 and six phases for each frequency answer every pair exactly; random phases have the error 4 (p - 1)^2 / (p K) + 1 / p.",
    routes: { measured: "the network on the whole table", predicted: "trigonometric identities", kind: "formula" },
    studies: [],
    measure: () => {
      const errorOf = (point: Solution) => solutionError(point.w, point, fullTable(point.p, "add"));
      const exactSolutions = [5, 13, 23].flatMap(p => {
        const answers = (name: string, point: Solution) => {
          const { raw, accuracy, margin } = errorOf(point);
          return [
            below(`p = ${p}, ${name}: squared error per pair`, raw, 1e-24),
            near(`p = ${p}, ${name}: accuracy`, accuracy, 1),
            near(`p = ${p}, ${name}: margin`, margin, 1, 1e-12),
          ];
        };
        const bare = errorOf(sixPhases({ p, groups: 2, seed: 3 }));
        return [
          ...answers("width 2p - 1", narrowSolution(p)),
          ...answers("six phases", sixPhases({ p, constant: true })),
          near(`p = ${p}, six phases without the constant: squared error per pair`, bare.raw, 1 / p, 1e-12),
          below(`p = ${p}, six phases without the constant: centred`, bare.centred, 1e-24),
        ];
      });
      const onePhase = [11, 23, 53].flatMap(p =>
        [1, 2].map(seed => {
          const { raw } = errorOf(randomPhases({ p, K: (p - 1) / 2, seed }));
          const predicted = (8 * (p - 1)) / p + 1 / p;
          return near(`p = ${p}, one phase pair for each frequency, seed ${seed}`, raw, predicted, 1e-10);
        }),
      );
      const wide = [1, 2, 3, 4, 5, 6].map(seed => errorOf(randomPhases({ p: 23, K: 352, seed })));
      const average = mean(wide.map(({ raw }) => raw));
      const worst = Math.min(...wide.map(({ accuracy }) => accuracy));
      return [
        ...exactSolutions,
        ...onePhase,
        near("p = 23, K = 352: mean squared error over six seeds", average, 0.283, 0.15 * 0.283),
        near("p = 23, K = 352: least accuracy", worst, 1),
      ];
    },
  }),

  claim("single-frequency-neurons", "arXiv 2301.02679, eq. 20; section 6: order parameters", {
    statement: "The participation ratio is 1 for neurons of one frequency and close to 2/m for random ones.",
    routes: {
      measured: "discrete Fourier transform of the rows",
      predicted: "1, and 2 / (m + 1) for exponential powers",
      kind: "formula",
    },
    studies: [],
    measure: ({ seed }) => {
      const point = randomPhases({ p: 23, K: 110, seed: 1 });
      const waves = participation(weightsOf(point.w, point).A, point);
      const random = stream({ seed, purpose: "modular participation claim" });
      const dimensions = { p: 23, K: 2000 };
      const rows = new Float64Array(23 * 2000);
      random.normals(rows);
      const ratios = participation(rows, dimensions);
      return [
        near("least of 110 waves", Math.min(...waves), 1, 1e-12),
        // Powers of Gaussian rows are independent exponentials: E sum P^2 = 2 / (m + 1).
        near("mean of 2000 Gaussian rows", mean(ratios), 2 / 12, 0.006),
      ];
    },
  }),

  claim("exact-traces", "section 6: Hessian trace; here exact instead of by random vectors", {
    statement: "The traces of the Gauss-Newton matrix and of the Hessian have closed forms in counts over neurons.",
    routes: {
      measured: "closed form",
      predicted: "differences of gradients along every parameter",
      kind: "recomputed",
    },
    studies: [],
    measure: ({ seed }) => {
      const random = stream({ seed, purpose: "modular traces claim" });
      const dimensions = { p: 5, K: 6 };
      const pairs = pairsAt(5, "add", splitPairs(5, 0.6, 1).train);
      const w = randomWeights(random, dimensions);
      const objective = modularObjective({ ...dimensions, pairs });
      const gradient = new Float64Array(w.length);
      let trace = 0;
      const slope = (i: number) => (at: Float64Array) => {
        objective.lossAndGradient(at, gradient);
        return gradient[i];
      };
      for (let i = 0; i < w.length; i++) trace += centralDifference(slope(i), w, i, 1e-5);
      const { full } = hessianTraces(w, dimensions, pairs);
      return [within("full trace over that of differences", full / trace, 1 - 1e-8, 1 + 1e-8)];
    },
  }),

  claim("ranks-of-pairs", "derived: rank of waves on training pairs", {
    statement:
      "On N training pairs waves of all frequencies have (p - 1) min(N, 8p - 15) + min(N, 4p - 3) directions, and p less of a centred loss; within a few pairs of the two thresholds some sets have one less.",
    routes: {
      measured: "eigenvalues of J J^T at random phases, on random sets of pairs",
      predicted: "the count, exactly away from the thresholds and as a bound beside them",
      kind: "formula",
    },
    studies: [],
    measure: () =>
      setSizes.flatMap(({ p, N, beside }) => {
        const point = randomPhases({ p, K: 6 * (p - 1), seed: 3 });
        const pairs = pairsAt(p, "add", splitPairs(p, N / (p * p), 2).train);
        const rank = (centred: boolean) => spectralRank(curvatures(point.w, point, pairs, { centred }));
        const all = [
          { name: `p = ${p}, ${N} pairs`, measured: rank(false), most: ranks.wavesTrain({ p, N }) },
          { name: `p = ${p}, ${N} pairs, centred`, measured: rank(true), most: ranks.wavesTrainCentred({ p, N }) },
        ];
        return all.map(({ name, measured, most }) =>
          beside ? within(`${name}, beside a threshold`, measured, most - 1, most) : near(name, measured, most),
        );
      }),
  }),
];
