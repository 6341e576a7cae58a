import { integer } from "../../../contracts/field.ts";
import { protocol } from "../../../contracts/protocol.ts";
import { stream } from "../../../numerics/stream.ts";
import { type MeasureName, measureNames, scoredFrom } from "../../../transitions/dissimilarity/index.ts";
import { estimateFrom, splitLogOdds } from "../../../transitions/dissimilarity/rescored.ts";
import { scanOf } from "../../../transitions/dissimilarity/scan.ts";
import { drawOutcomes } from "../model/draw-outcomes.ts";
import { energyLaws } from "../theory/ising.ts";

/** Eight temperatures around the split at 2.55, so that segments of 1 and of 4 fit on both sides. */
export const ESTIMATED = [2.2, 2.3, 2.4, 2.5, 2.6, 2.7, 2.8, 2.9] as const;
export const SEGMENTS = [1, 4] as const;

/** Repeats with L = 1 for each one of both lengths: spreads need many. */
const MORE = 6;

/** What a block of repeats of one estimate shows: its mean and variance, and those of (estimate - exact) / standard error. */
export type BlockRecord = {
  readonly L: number;
  readonly measure: MeasureName;
  readonly form: "plain" | "reduced";
  readonly exact: number;
  readonly mean: number;
  readonly variance: number;
  readonly meanZ: number;
  readonly varianceZ: number;
};

/** How many times a block of plain estimates scatters as much as one of reduced ones; N samples on each side. */
export type SpreadRecord = { readonly N: number; readonly lin: number; readonly js: number; readonly tv: number };

export const estimatorsProtocol = protocol<{ block: BlockRecord; sample: SpreadRecord }>()({
  name: "estimators",
  summary:
    "4 x 4 Ising energies drawn exactly and scored at eight temperatures: estimates at T = 2.55 beside the exact dissimilarity",
  settings: {
    n: integer("samples at each temperature", { default: 200, min: 2, max: 1_000_000, scale: "log" }),
    repeats: integer("repeats of a block with segments of 4; there are six times as many with segments of 1", {
      default: 50,
      min: 2,
      max: 100_000,
      scale: "log",
    }),
  },
  small: { n: 20, repeats: 3 },
  run({ settings: { n, repeats }, seed, chain }, context) {
    const P = ESTIMATED.map(energyLaws(4));
    const random = stream({ seed, chain, purpose: "estimators" });
    const seen = SEGMENTS.flatMap(L =>
      measureNames.flatMap(measure =>
        (["plain", "reduced"] as const).map(form => {
          const exact = scanOf(P, ESTIMATED, L)[measure][ESTIMATED.length / 2 - L];
          return { L, measure, form, exact, count: 0, sum: 0, squares: 0, sumZ: 0, squaresZ: 0 };
        }),
      ),
    );
    const half = ESTIMATED.length / 2;
    for (let repeat = 0; repeat < MORE * repeats; repeat++) {
      random.at(repeat);
      // Only the first repeats draw at all temperatures, the others at the two beside the split.
      const reach = repeat < repeats ? half : 1;
      const laws = P.slice(half - reach, half + reach);
      const samples = scoredFrom(
        laws,
        laws.map(p => drawOutcomes(p, n, random)),
      );
      for (const L of SEGMENTS) {
        if (L > reach) continue;
        const found = estimateFrom(splitLogOdds(samples, reach - L, L));
        for (const each of seen) {
          if (each.L !== L) continue;
          const { mean, se, meanReduced, seReduced } = found[each.measure];
          const [value, error] = each.form === "plain" ? [mean, se] : [meanReduced, seReduced];
          // Relative to the exact value, so that squares keep their digits.
          const off = value / each.exact - 1;
          const z = (value - each.exact) / error;
          each.count++;
          each.sum += off;
          each.squares += off * off;
          each.sumZ += z;
          each.squaresZ += z * z;
        }
      }
      context.progress((repeat + 1) / (MORE * repeats));
    }
    const varianceOf = (count: number, sum: number, squares: number): number =>
      (squares - (sum * sum) / count) / (count - 1);
    for (const { L, measure, form, exact, count, sum, squares, sumZ, squaresZ } of seen)
      context.record("block", {
        L,
        measure,
        form,
        exact,
        mean: exact * (1 + sum / count),
        variance: exact * exact * varianceOf(count, sum, squares),
        meanZ: sumZ / count,
        varianceZ: varianceOf(count, sumZ, squaresZ),
      });
    for (const L of SEGMENTS) {
      const spread = (measure: MeasureName): number => {
        const [plain, reduced] = seen.filter(each => each.L === L && each.measure === measure);
        return Math.sqrt(
          varianceOf(plain.count, plain.sum, plain.squares) / varianceOf(reduced.count, reduced.sum, reduced.squares),
        );
      };
      context.record("sample", { N: L * n, lin: spread("lin"), js: spread("js"), tv: spread("tv") });
    }
  },
});
