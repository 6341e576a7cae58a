import { integer, number } from "../../../contracts/field.ts";
import { type ProtocolContext, protocol } from "../../../contracts/protocol.ts";
import { log } from "../../../numerics/elementary.ts";
import { stream } from "../../../numerics/stream.ts";
import {
  binNumbers,
  type DissimilarityVerdict,
  findOutputTransitions,
  type ScoredSamples,
} from "../../../transitions/dissimilarity/index.ts";
import { drawOutcomes } from "../model/draw-outcomes.ts";
import { isingLattice } from "../model/wolff.ts";
import { magnetLaws } from "../theory/curie-weiss.ts";
import { gridOf } from "../theory/index.ts";
import { kaufman } from "../theory/kaufman.ts";

/** One value of a scan, of the length from which the transition is read. */
export type ScanRecord = {
  readonly estimator: "scores" | "counts";
  readonly L: number;
  readonly split: number;
  readonly value: number;
  readonly error: number;
};

/** The strongest transition, null in all numbers when none was found. */
export type PlaceRecord = {
  readonly estimator: "scores" | "counts";
  readonly found: boolean;
  readonly L: number;
  readonly location: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly height: number | null;
};

type Kinds = { scan: ScanRecord; place: PlaceRecord };

const recordVerdict = (
  context: ProtocolContext<Kinds>,
  estimator: "scores" | "counts",
  { transitions: [first], scans, L, measure, found }: DissimilarityVerdict,
): void => {
  const { splits, values, errors } = scans.find(scan => scan.L === L)!;
  splits.forEach((split, i) => {
    context.record("scan", { estimator, L, split, value: values[measure][i], error: errors?.[i] ?? 0 });
  });
  context.record("place", {
    estimator,
    found,
    L,
    location: first?.location ?? null,
    low: first?.interval[0] ?? null,
    high: first?.interval[1] ?? null,
    height: first?.height ?? null,
  });
};

const range = (from: number, to: number, step: number, L: number) => ({
  from: number("lowest temperature", { default: from, min: 0.05, max: 100 }),
  to: number("highest temperature", { default: to, min: 0.05, max: 100 }),
  step: number("step of the temperature", { default: step, min: 1e-4, max: 10 }),
  L: integer("values of the control in a segment", { default: L, min: 1, max: 100 }),
  resamples: integer("bootstrap resamples", { default: 100, min: 10, max: 10_000 }),
});

export const curieWeissProtocol = protocol<Kinds>()({
  name: "curie-weiss",
  summary:
    "exact draws of |M| of a Curie-Weiss magnet, scored at every temperature: where the detector finds the transition",
  settings: {
    N: integer("spins", { default: 256, min: 4, max: 100_000, scale: "log" }),
    n: integer("draws at each temperature", { default: 1500, min: 2, max: 1_000_000, scale: "log" }),
    ...range(0.2, 1.2, 0.04, 2),
  },
  small: { N: 32, n: 20, from: 0.6, to: 0.9, L: 2, resamples: 10 },
  run({ settings: { N, n, from, to, step, L, resamples }, seed, chain }, context) {
    const T = gridOf({ lo: from, hi: to, step });
    const P = T.map(magnetLaws(N));
    const logs = P.map(p => p.map(each => (each > 0 ? log(each) : -Infinity)));
    const random = stream({ seed, chain, purpose: "curie-weiss" });
    const scores = P.map(p => {
      const drawn = drawOutcomes(p, n, random);
      const rows = new Float64Array(n * T.length);
      drawn.forEach((outcome, i) => {
        for (let b = 0; b < T.length; b++) rows[i * T.length + b] = logs[b][outcome];
      });
      return rows;
    });
    const verdict = findOutputTransitions(
      { control: T, scores },
      { L: [L], seed: seed + chain, resamples, onProgress: context.progress },
    );
    recordVerdict(context, "scores", verdict);
  },
});

export const isingProtocol = protocol<Kinds>()({
  name: "ising",
  summary:
    "Ising energies from Wolff clusters, by their scores with Kaufman's ln Z and as a black box by histograms: where the detector finds the transition",
  settings: {
    side: integer("spins along a side", { default: 16, min: 2, max: 256 }),
    n: integer("samples at each temperature", { default: 400, min: 2, max: 1_000_000, scale: "log" }),
    renewals: integer("times that as many spins as the lattice has are turned over between samples, on average", {
      default: 2,
      min: 1,
      max: 10_000,
    }),
    bins: integer("bins of the histograms", { default: 12, min: 2, max: 1000 }),
    ...range(1.7, 2.9, 0.05, 3),
  },
  small: { side: 4, n: 20, from: 2, to: 2.4, L: 2, resamples: 10 },
  run({ settings: { side, n, renewals, bins, from, to, step, L, resamples }, seed, chain }, context) {
    const T = gridOf({ lo: from, hi: to, step });
    const lattice = isingLattice(side, stream({ seed, chain, purpose: "ising" }));
    const energies = T.map((each, k) => {
      // Ten samples' time for the lattice to follow the temperature. It settles how many clusters go between samples: a number that does not depend on what they are.
      const clusters = Math.ceil(renewals * lattice.settle(each, 10 * renewals));
      const row = Float64Array.from({ length: n }, () => {
        for (let i = 0; i < clusters; i++) lattice.flip(each);
        return lattice.energy();
      });
      context.progress((0.8 * (k + 1)) / T.length);
      return row;
    });
    const logZ = T.map(each => side * side * kaufman(side, each).logZperSpin);
    const scores: ScoredSamples[] = energies.map(row => {
      const out = new Float64Array(n * T.length);
      row.forEach((E, i) => {
        for (let b = 0; b < T.length; b++) out[i * T.length + b] = -E / T[b] - logZ[b];
      });
      return out;
    });
    const options = { L: [L], seed: seed + chain, resamples };
    recordVerdict(context, "scores", findOutputTransitions({ control: T, scores }, options));
    const { counts } = binNumbers(energies, bins);
    recordVerdict(context, "counts", findOutputTransitions({ control: T, counts }, options));
  },
});
