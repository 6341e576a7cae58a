import { integer, list, matrix, number, numbers } from "../../../contracts/field.ts";
import { theory } from "../../../contracts/system.ts";
import { invalid } from "../../../errors.ts";
import { largestOf, type Scan, segmentScan, smallStep } from "../../../transitions/dissimilarity/index.ts";
import { dissimilarityOf } from "../../../transitions/dissimilarity/measures.ts";
import { peaksOf, scanOf } from "../../../transitions/dissimilarity/scan.ts";
import { collectiveTheory } from "../../collective-learning/theory/index.ts";
import { boltzmann, momentsOf, responses } from "./boltzmann.ts";
import { magnetFisherPeak, magnetLaws, magnetStatistics } from "./curie-weiss.ts";
import { CRITICAL_TEMPERATURE, densityOfStates, energyLaws, energyStatistics, LARGEST_COUNTED } from "./ising.ts";
import { kaufman, kaufmanPeaks } from "./kaufman.ts";
import { countSequences, markovFamily, sequenceAt } from "./markov.ts";
import { shapeFamilies } from "./shapes.ts";
import {
  fisherPeak,
  freezingTemperature,
  groundProbability,
  twoLevelDistribution,
  twoLevelFisher,
} from "./two-level.ts";

/** Values of a control, and numbers of a scan in all, that are still computed at once. */
const MOST_VALUES = 20_000;
const MOST_WORK = 200_000_000;

/** Larger magnets are not searched for their peak. */
const MOST_PEAKED = 65_536;

export const temperature = number("temperature", { above: 0, max: 1e6 });
export const T = list("temperatures, ascending", temperature, { least: 2 });
export const L = list(
  "lengths of segments",
  integer("values of the control in a segment", { min: 1, max: MOST_VALUES }),
  {
    least: 1,
  },
);
const grid = {
  lo: number("lowest temperature", { default: 0.4, min: 0.01, max: 1e6 }),
  hi: number("highest temperature", { default: 1.6, min: 0.01, max: 1e6 }),
  step: number("step of the temperature", { default: 0.02, above: 0 }),
};
const statsT = list("temperatures of the statistics", temperature);

/** Temperatures from lo to hi, both included. */
export const gridOf = ({
  lo,
  hi,
  step,
}: {
  readonly lo: number;
  readonly hi: number;
  readonly step: number;
}): number[] => {
  if (!(hi > lo)) throw invalid("hi", hi, `more than lo, which is ${lo}`);
  const count = Math.round((hi - lo) / step) + 1;
  if (count > MOST_VALUES) throw invalid("step", step, `at most ${MOST_VALUES} temperatures from ${lo} to ${hi}`);
  return Array.from({ length: count }, (_, k) => lo + k * step);
};

/** Scans of given laws over temperatures, by the length of the segments. */
const scansOf = <Shown>(
  P: readonly ArrayLike<number>[],
  T: readonly number[],
  lengths: readonly number[],
  show: (scan: Scan) => Shown,
): { readonly [L: string]: Shown } => {
  const work = lengths.reduce((sum, L) => sum + L * T.length * P[0].length, 0);
  if (work > MOST_WORK) throw invalid("L", lengths, `shorter segments, or a coarser grid: ${work} terms`);
  return Object.fromEntries(lengths.map(L => [L, show(scanOf(P, T, L))]));
};

/** All of a scan, with the peak of lin. */
export const wholeScan = (scan: Scan) => ({ ...scan, peakLin: largestOf(scan.splits, scan.lin) });

const everyFifth = ({ lin }: Scan): number[] => lin.filter((_, i) => i % 5 === 0);

const eps = number("energy of the excited states", { default: 1, above: 0, max: 1e6 });
const g = number("excited states", { default: 100, above: 1, max: 1e300, scale: "log" });

export const outputTheory = {
  "two-level": theory({
    summary: "two levels: freezing temperature, where the Fisher information is largest, ground state and scan",
    where: "section 4.1; derived",
    answers: ["twoLevel"],
    inputs: { g, eps, T, L },
    evaluate: ({ g, eps, T, L }) => {
      const level = { g, eps };
      return {
        Tf: freezingTemperature(level),
        fisherPeak: fisherPeak(level),
        p0: T.map(each => groundProbability(level, each)),
        fisher: T.map(each => twoLevelFisher(level, each)),
        scan: scansOf(
          checked(
            T.map(each => twoLevelDistribution(level, each)),
            T,
          ),
          T,
          L,
          wholeScan,
        ),
      };
    },
  }),

  softmax: theory({
    summary:
      "outcomes with p ~ exp(-E/T): mean energy, heat capacity, Fisher information, and the small step from T - dT/2 to T + dT/2",
    where: "sections 1 and 3; derived",
    answers: ["softmaxFamily"],
    inputs: {
      E: numbers("energies of the outcomes", { least: 1 }),
      T: { ...T, least: 1 },
      dT: number("step of the temperature", { default: 0.01, above: 0 }),
    },
    evaluate: ({ E, T, dT }) => {
      const found = T.map(each => {
        if (!(dT < 2 * each)) throw invalid("dT", dT, `less than twice the temperature ${each}`);
        const { mean, variance } = momentsOf(boltzmann(E, each), E);
        const { C, F } = responses(variance, each);
        const step = dissimilarityOf(boltzmann(E, each - dT / 2), boltzmann(E, each + dT / 2));
        return { mean, C, F, step, limit: smallStep(F, dT) };
      });
      return {
        meanE: found.map(({ mean }) => mean),
        heatCapacity: found.map(({ C }) => C),
        fisher: found.map(({ F }) => F),
        smallStep: {
          dT,
          lin: found.map(({ step }) => step.lin),
          js: found.map(({ step }) => step.js),
          tv: found.map(({ step }) => step.tv),
        },
        limit: { lin: found.map(({ limit }) => limit.lin), js: found.map(({ limit }) => limit.js) },
      };
    },
  }),

  "curie-weiss": theory({
    summary:
      "the Curie-Weiss magnet by its |M|: scans over temperature, and heat capacity, Fisher information and Binder's cumulant",
    where: "section 4.2; derived",
    answers: ["curieWeiss"],
    inputs: { N: integer("spins", { default: 256, min: 1, max: 1_000_000 }), ...grid, L, statsT },
    evaluate: ({ N, L, statsT, ...range }) => {
      const T = gridOf(range);
      const law = magnetLaws(N);
      return {
        fisherPeak: N > 1 && N <= MOST_PEAKED ? magnetFisherPeak(N) : null,
        scan: scansOf(T.map(law), T, L, scan => ({
          linEvery5: everyFifth(scan),
          peak: largestOf(scan.splits, scan.lin),
        })),
        stats: statsT.map(each => magnetStatistics(N, each, law)),
      };
    },
  }),

  ising: theory({
    summary:
      "n x n Ising spins by their energy, every state counted: scans over temperature, energy, heat capacity, Fisher information and where they peak",
    where: "section 4.3; derived",
    inputs: {
      n: integer("spins along a side", { default: 4, min: 2, max: LARGEST_COUNTED }),
      lo: { ...grid.lo, default: 1 },
      hi: { ...grid.hi, default: 4 },
      step: { ...grid.step, default: 0.05 },
      L,
      statsT,
    },
    evaluate: ({ n, L, statsT, ...range }) => {
      const T = gridOf(range);
      const law = energyLaws(n);
      const fine = gridOf({ lo: 1.5, hi: 3, step: 0.001 });
      const along = fine.map(each => energyStatistics(n, each, law));
      return {
        ...densityOfStates(n),
        scan: scansOf(T.map(law), T, L, scan => ({ linEvery5: everyFifth(scan), peaks: peaksOf(scan) })),
        stats: statsT.map(each => energyStatistics(n, each, law)),
        heatCapacityPeak: largestOf(
          fine,
          along.map(({ C }) => C),
        ),
        fisherPeak: largestOf(
          fine,
          along.map(({ F }) => F),
        ),
      };
    },
  }),

  kaufman: theory({
    summary:
      "n x n Ising spins exactly at any n: ln Z, heat capacity and Fisher information per spin, and where the last two peak",
    where: "section 4.3; B. Kaufman, Phys. Rev. 76, 1232 (1949)",
    answers: ["isingKaufman"],
    inputs: {
      n: integer("spins along a side", { default: 32, min: 2, max: 2048 }),
      T: list("temperatures", number("temperature", { min: 0.02, max: 1000 }), { least: 1 }),
    },
    evaluate: ({ n, T }) => ({
      rows: T.map(each => kaufman(n, each)),
      peaks: kaufmanPeaks(n),
      critical: CRITICAL_TEMPERATURE,
    }),
  }),

  markov: theory({
    summary:
      "token sequences of a chain under softmax temperature: entropy, mean energy, heat capacity and scans over all sequences",
    where: "section 3; arXiv 2405.17088, section 2",
    inputs: {
      logits0: numbers("logits of the first token", { least: 1 }),
      logits: matrix("logits of the next token, a row for each token", { square: true }),
      T,
      length: integer("tokens of a sequence", { default: 5, min: 1, max: 1000 }),
      L,
    },
    evaluate: ({ T, L, ...chain }) => {
      const nSequences = countSequences(chain);
      if (nSequences * T.length > MOST_WORK / 10)
        throw invalid("T", T.length, `fewer temperatures for ${nSequences} sequences`);
      const { logs, P, entropyNats, meanEnergy, heatCapacity } = markovFamily(chain, T);
      return {
        nSequences,
        firstSequences: Array.from({ length: Math.min(4, nSequences) }, (_, s) =>
          sequenceAt(s, chain.logits0.length, chain.length),
        ),
        logpFirst: logs.map(row => row.slice(0, 4)),
        entropyNats,
        meanEnergy,
        heatCapacity,
        scan: scansOf(checked(P, T), T, L, wholeScan),
      };
    },
  }),

  shapes: theory({
    summary: "scans of a boundary, of a single value that differs, and of a ramp",
    where: "section 2.4; derived",
    answers: ["stepAndOutlier"],
    inputs: {
      p: numbers("distribution before", { least: 1 }),
      q: numbers("distribution after", { least: 1 }),
      K: integer("values of the control", { default: 12, min: 2, max: MOST_VALUES }),
      j: integer("last value of p, or the one that differs", { default: 5, min: 0 }),
      ramp: integer("values over which the ramp extends", { default: 4, min: 1 }),
      L,
    },
    evaluate: ({ L, ...family }) => {
      const { step, outlier, ramp } = shapeFamilies(family);
      const T = step.map((_, k) => k);
      const lin = (P: number[][]) => scansOf(checked(P, T), T, L, scan => scan.lin);
      return { step: lin(step), outlier: lin(outlier), ramp: lin(ramp) };
    },
  }),

  collective: collectiveTheory.collective,

  "strong-coupling": { ...collectiveTheory.strong, answers: ["collectiveLargeCoupling"] },
};

/** Laws over a control that are checked once, by the scan itself. */
const checked = <P extends ArrayLike<number>>(laws: readonly P[], T: readonly number[]): readonly P[] => {
  segmentScan(laws, T, 1);
  return laws;
};
