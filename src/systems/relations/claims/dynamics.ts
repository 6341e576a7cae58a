import { type Claim, claim } from "../../../contracts/claim.ts";
import { fraction, meanComparison, near, within } from "../../../contracts/comparisons.ts";
import { log } from "../../../numerics/elementary.ts";
import { largestDistance } from "../../../numerics/largest-distance.ts";
import { line } from "../../../numerics/line-fit.ts";
import { symmetricEigenvalues } from "../../../numerics/linear-algebra.ts";
import { norm } from "../../../numerics/norm.ts";
import { integrate } from "../../../numerics/ode/integrate.ts";
import { stream } from "../../../numerics/stream.ts";
import { clusterProbability, clusterThreshold, collisionProbability, matrixProbability } from "../theory/collision.ts";
import { conservedMatrix, type MatrixFlow, matrixFlow, separationAt } from "../theory/matrix-flow.ts";
import { followRepons, reponSlope } from "../theory/repons.ts";
import { conserved, relaxationRate, type TwoRepons, twoReponsAt, twoReponsEnd } from "../theory/two-repons.ts";

/** Ratios sqrt(eta_x / (2 eta_A)) of the source's figure 6. */
export const figureRatios = [0.25, 0.5, 1, 2, 4] as const;

/** Starts of two embeddings on both sides of the separatrix, at several ratios of the rates. */
const starts: readonly TwoRepons[] = [
  { a0: 1, c0: 0.4, etaA: 0.1, etaX: 0.1 },
  { a0: 1, c0: 0.9, etaA: 0.1, etaX: 0.1 },
  { a0: -0.7, c0: 1.1, etaA: 0.05, etaX: 0.3 },
  { a0: 0.3, c0: -0.8, etaA: 0.2, etaX: 0.02 },
  { a0: 2, c0: 1.5, etaA: 0.02, etaX: 0.5 },
];
const times = [0, 1, 3, 10, 30, 60];

const startText = ({ a0, c0, etaA, etaX }: TwoRepons): string => `a ${a0}, c ${c0}, eta_A ${etaA}, eta_x ${etaX}`;

/** Two embeddings and a bias, whole: x_1, x_2 = +-c around the target, b = 0 there and stays. */
const followed = (start: TwoRepons): readonly Float64Array[] => {
  const { a0, c0, etaA, etaX } = start;
  return integrate(reponSlope({ etaA, etaB: 0, etaX }), [a0, 0, c0, -c0], times, { tolerance: 1e-12 });
};

const normals = (purpose: string, count: number): Float64Array => {
  const out = new Float64Array(count);
  stream({ seed: 1, purpose }).normals(out);
  return out;
};

/** Gaussian starts at a ratio of the rates: eta_A = 0.1, as in the finite-time runs of a secondary source. */
export const gaussianStarts = (ratio: number, count: number): readonly TwoRepons[] => {
  const draws = normals(`starts at ratio ${ratio}`, 2 * count);
  const etaA = 0.1;
  return Array.from({ length: count }, (_, i) => ({
    a0: draws[2 * i],
    c0: draws[2 * i + 1],
    etaA,
    etaX: 2 * etaA * ratio * ratio,
  }));
};

/** Whether two embeddings have come within 10^-3 of each other by time 400. */
export const hasMet = (start: TwoRepons): boolean => Math.abs(twoReponsAt(start, 400).c) < 1e-3;

/** Matrix starts A m x d and r, standard normal. */
const matrixStart = (m: number, d: number, draw: number): MatrixFlow => {
  const values = new Float64Array((m + 1) * d);
  stream({ seed: 1, chain: 100 * m + d, purpose: "matrix starts", step: draw }).normals(values);
  return { A: values.slice(0, m * d), r: values.slice(m * d), etaA: 0.1, etaX: 0.2 };
};

const smallestEigenvalue = (flow: MatrixFlow): number => symmetricEigenvalues(conservedMatrix(flow), flow.r.length)[0];

/** An embedding beside a cluster of N at one place, its distance q from their centre of mass `share` of the threshold, in squares. */
const besideCluster = (N: number, share: number, draw: number) => {
  const random = stream({ seed: 1, chain: N, purpose: "clusters", step: draw });
  const a = random.normal();
  const [etaA, etaX] = [0.1, 0.05 + 0.4 * random.uniform()];
  const q = Math.sqrt(share * clusterThreshold(N, { a, etaX, etaA }));
  // The centre of mass is at 0, where the bias is on the target.
  return { a, b: 0, x: [q, ...new Array<number>(N).fill(-q / N)], etaA, etaB: 100 * etaA, etaX };
};

export const dynamicsClaims: readonly Claim[] = [
  claim("two-repons", "equations 8 to 11, theorem 2", {
    statement:
      "Two embeddings of one class attract each other by a spring that the decoder's learning wears out: hyperbolas of constant C, solved in closed form.",
    routes: {
      measured: "gradient flow of two embeddings, slope and loss, integrated in steps of its own choice",
      predicted: "the closed form",
      kind: "formula",
    },
    studies: [],
    measure: () =>
      starts.map(start => {
        const flow = followed(start);
        const closed = times.map(t => twoReponsAt(start, t));
        const off = flow.map((y, i) =>
          Math.max(Math.abs(y[0] - closed[i].a), Math.abs((y[2] - y[3]) / 2 - closed[i].c)),
        );
        return near(`largest difference, ${startText(start)}`, Math.max(...off), 0, 1e-7);
      }),
  }),

  claim("conserved", "appendix C", {
    statement: "C = a^2/(2 eta_A) - c^2/eta_x is conserved, and its sign says where two embeddings end.",
    routes: {
      measured: "C along the integrated flow, relative to its larger term; where the flow is at time 3000",
      predicted: "no drift; the end by the sign of C",
      kind: "formula",
    },
    studies: [],
    measure: () =>
      starts.flatMap(start => {
        const C = conserved(start);
        const scale = Math.max((start.a0 * start.a0) / (2 * start.etaA), (start.c0 * start.c0) / start.etaX);
        const drift = followed(start).map(y => Math.abs(conserved({ ...start, a0: y[0], c0: (y[2] - y[3]) / 2 }) - C));
        const { etaA, etaX, a0, c0 } = start;
        const [, last] = integrate(reponSlope({ etaA, etaB: 0, etaX }), [a0, 0, c0, -c0], [0, 3000], {
          tolerance: 1e-10,
        });
        const end = twoReponsEnd(start);
        return [
          near(`drift, ${startText(start)}`, Math.max(...drift) / scale, 0, 1e-9),
          near(`slope at the end, ${startText(start)}`, last[0], end.a, 1e-3),
          near(`half distance at the end, ${startText(start)}`, last[2], end.c, 1e-3),
        ];
      }),
  }),

  claim("critical-slowing", "appendix C; derived", {
    statement: "Embeddings that meet do so at the rate 2 eta_A eta_x |C|: the nearer the separatrix, the later.",
    routes: {
      measured: "slope of ln c over time along the integrated flow",
      predicted: "2 eta_A eta_x C",
      kind: "formula",
    },
    studies: [],
    measure: () =>
      [0.2, 0.5, 0.65].map(c0 => {
        const start = { a0: 1, c0, etaA: 0.1, etaX: 0.1 };
        const rate = relaxationRate(start);
        const late = [4, 5, 6].map(times => times / rate);
        const flow = integrate(reponSlope({ etaA: 0.1, etaB: 0, etaX: 0.1 }), [1, 0, c0, -c0], [0, ...late], {
          tolerance: 1e-12,
        });
        const { slope } = line(
          late,
          flow.slice(1).map(y => log(y[2])),
        );
        return near(`c = ${c0}`, -slope / rate, 1, 0.01);
      }),
  }),

  claim("collision-ratio", "theorem 3, equation 12, figure 6", {
    statement:
      "From normal starts the probability of meeting is (2/pi) arctan of the ratio of the rates, whatever they are.",
    routes: {
      measured: "sign of C of 200 000 normal starts at each ratio, with its 95 % interval",
      predicted: "equation 12, within 0.004",
      kind: "formula",
    },
    studies: [],
    measure: () =>
      figureRatios.map(ratio => {
        const p = collisionProbability({ sigmaA: 1, sigmaC: 1, etaA: 0.1, etaX: 0.2 * ratio * ratio });
        const all = gaussianStarts(ratio, 200_000);
        return fraction(`ratio ${ratio}`, all, start => conserved(start) > 0, [p - 0.004, p + 0.004]);
      }),
  }),

  claim("finite-time", "figure 6", {
    statement: "Runs of finite length lie below the arctan: pairs near the separatrix have not met yet.",
    routes: {
      measured: "share of 100 000 normal starts that have met by time 400, with its 95 % interval",
      predicted: "an integration by a secondary source: .070, .224, .454, .686, .841, within 0.02; below equation 12",
      kind: "simulated",
    },
    studies: [],
    measure: () =>
      figureRatios.flatMap((ratio, i) => {
        const earlier = [0.07, 0.224, 0.454, 0.686, 0.841][i];
        const all = gaussianStarts(ratio, 100_000);
        const share = fraction(`ratio ${ratio}`, all, hasMet, [earlier - 0.02, earlier + 0.02]);
        const p = collisionProbability({ sigmaA: 1, sigmaC: 1, etaA: 0.1, etaX: 0.2 * ratio * ratio });
        const late = all.map(start => Number(conserved(start) > 0) - Number(hasMet(start)));
        return [
          share,
          meanComparison(`late, ratio ${ratio}`, late, { predicted: { above: 0 }, kind: "formula" }),
          within(`less than equation 12, ratio ${ratio}`, p - share.measured, 0, 1),
        ];
      }),
  }),

  claim("several-dimensions", "appendix C in matrix form; derived", {
    statement:
      "In several dimensions the separation has a closed form too, and A^T A/(2 eta_A) - r r^T/eta_x is conserved entry by entry.",
    routes: {
      measured: "the flow of A and r, integrated in steps of its own choice",
      predicted: "r(t) from the conserved matrix alone; no drift",
      kind: "formula",
    },
    studies: [],
    measure: () =>
      [[1, 2], [2, 2], [3, 2], [4, 3]].map(([m, d]) => {
        const flow = matrixStart(m, d, 0);
        const times = [0, 1, 5, 20];
        const C = conservedMatrix(flow);
        const off = matrixFlow(flow, times).flatMap(({ A, r }, i) => [
          largestDistance(r, separationAt(flow, times[i])),
          largestDistance(conservedMatrix({ ...flow, A, r }), C) / norm(C),
        ]);
        return near(`largest difference, ${m} outputs, ${d} dimensions`, Math.max(...off), 0, 1e-9);
      }), // biome-ignore format: pairs in a row
  }),

  claim("matrix-collision", "appendix C in matrix form; derived", {
    statement: "Embeddings of several dimensions meet exactly where the conserved matrix has no negative eigenvalue.",
    routes: {
      measured: "distance along the flow of 60 normal starts for each shape at time 3000",
      predicted: "sign of the smallest eigenvalue of the conserved matrix, where it is at least 0.5 in size",
      kind: "formula",
    },
    studies: [],
    measure: () =>
      [[1, 1], [2, 2], [3, 2]].map(([m, d]) => {
        const flows = Array.from({ length: 60 }, (_, draw) => matrixStart(m, d, draw)).filter(
          flow => Math.abs(smallestEigenvalue(flow)) > 0.5,
        );
        const agreed = flows.filter(
          flow => norm(matrixFlow(flow, [0, 3000])[1].r) < 1e-3 === smallestEigenvalue(flow) > 0,
        );
        return { ...near(`agreed, ${m} outputs, ${d} dimensions`, agreed.length, flows.length), members: flows.length };
      }), // biome-ignore format: pairs in a row
  }),

  claim("matrix-ratio", "theorem 3 in several dimensions; derived", {
    statement:
      "With d dimensions and m outputs the probability of meeting is Fisher's distribution function: wider decoders raise it, more dimensions lower it.",
    routes: {
      measured: "smallest eigenvalue of the conserved matrix of 60 000 normal starts, with its 95 % interval",
      predicted: "Hotelling's theorem, within 0.006",
      kind: "formula",
    },
    studies: [],
    measure: () =>
      [[1, 1], [1, 2], [3, 2], [5, 2], [3, 3]].map(([m, d]) => {
        const p = matrixProbability(d, m, { sigmaA: 1, sigmaC: 1, etaA: 0.1, etaX: 0.2 });
        const values = normals(`matrices ${m} x ${d}`, 60_000 * (m + 1) * d);
        const size = (m + 1) * d;
        const all = Array.from({ length: 60_000 }, (_, i) => {
          const own = values.subarray(i * size, (i + 1) * size);
          return { A: own.subarray(0, m * d), r: own.subarray(m * d), etaA: 0.1, etaX: 0.2 };
        });
        return fraction(`${m} outputs, ${d} dimensions`, all, flow => smallestEigenvalue(flow) >= 0, [p - 0.006, p + 0.006]);
      }), // biome-ignore format: pairs in a row
  }),

  claim("cluster", "equation 13, derived again", {
    statement:
      "An embedding joins a cluster of N where its squared distance from the common centre is below eta_x a^2/((1 + 1/N) eta_A); at N = 1 this is theorem 3.",
    routes: {
      measured: "gradient flow of all N + 1 embeddings with a bias a hundred times as fast, followed to its end",
      predicted: "the threshold, of starts at least 15 % away from it: at least 98 in 100",
      kind: "formula",
    },
    studies: [],
    measure: () => {
      const runs = [1, 2, 5].flatMap(N =>
        Array.from({ length: 40 }, (_, draw) => {
          const share = draw % 2 === 0 ? 0.3 + (0.55 * draw) / 40 : 1.15 + (1.5 * draw) / 40;
          const end = followRepons(besideCluster(N, share, draw), { near: 1e-2, most: 1e6 });
          return { share, isRight: end === (share < 1 ? "collision" : "no collision") };
        }),
      );
      const rates = { sigmaA: 1.3, sigmaC: 0.7, etaA: 0.2, etaX: 0.11 };
      const right = runs.filter(({ isRight }) => isRight).length / runs.length;
      return [
        { ...within("share of starts that end as predicted", right, 0.98, 1), members: runs.length },
        near(
          "probability at N = 1 less that of theorem 3",
          clusterProbability(1, rates) - collisionProbability(rates),
          0,
          1e-12,
        ),
      ];
    },
  }),

  claim("cluster-transcribed", "equation 13; against a transcription of it", {
    statement:
      "A transcription with a factor 4 (1 + 1/N) is not the condition: embeddings join the cluster beyond it too.",
    routes: {
      measured: "gradient flow of all N + 1 embeddings from half of the derived squared threshold, followed to its end",
      predicted: "the derived threshold, twice the start; the transcribed one is half of it",
      kind: "formula",
    },
    studies: [],
    measure: () =>
      [1, 2, 5].map(N => {
        const ends = Array.from({ length: 10 }, (_, draw) =>
          followRepons(besideCluster(N, 0.5, draw), { near: 1e-2, most: 1e6 }),
        );
        return { ...near(`joined, N = ${N}`, ends.filter(end => end === "collision").length, 10), members: 10 };
      }),
  }),
];
