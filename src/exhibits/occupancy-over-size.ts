import type { Figure } from "../charts/exhibits.ts";
import type { Curve, Scatter } from "../charts/line-chart.ts";
import { colours } from "../charts/theme.ts";
import type { RunView } from "../contracts/run-view.ts";
import { lastRise } from "../numerics/broken-line.ts";
import { exp } from "../numerics/elementary.ts";
import { mean, standardDeviation } from "../numerics/statistics.ts";
import type { RecordedCurve } from "../protocols/curve-records.ts";
import { chartFigure } from "./chart-figure.ts";
import type { SeenStudy } from "./seen-study.ts";

type Finals<Each> = Pick<SeenStudy<"final", Each>, "name" | "of">;

/** Posteriors given datasets of n samples. */
interface GivenSamples {
  readonly n: number;
  readonly study: Finals<{ readonly occupancy: readonly number[] }>;
}

export interface OccupancyOverSize {
  readonly name: string;
  readonly title: string;
  caption(run: RunView): string;
  /** Chains whose finals hold curves over nBeta; n is nBeta / kappa. */
  readonly study: Finals<{ readonly curve: RecordedCurve }>;
  readonly kappa: number;
  /** Classes that are drawn, each with its colour; the crossing is that of the last two. */
  readonly classes: readonly number[];
  readonly colourOf: { readonly [drawClass: number]: string };
  /** Sizes at which datasets were sampled from, and how far apart in n the points of classes are set. */
  readonly given: readonly GivenSamples[];
  readonly apart: number;
  /** Predicted shares up to the largest n. */
  theory(longest: number): readonly Curve[];
  /** A predicted size that is marked. */
  readonly mark: number;
  describe(crossing: number | null): string;
}

interface Measured {
  readonly n: number;
  readonly share: number;
  readonly error: number;
}

/** The share of each class of a posterior against the data size: measured with errors over chains, given data, and predicted. */
export const occupancyOverSize = (picture: OccupancyOverSize): Figure => {
  const { name, title, caption, study, kappa, classes, colourOf, given, apart } = picture;

  /** For each class its mean over chains and the standard error. */
  const measuredCurves = (run: RunView): readonly (readonly Measured[])[] => {
    const chains = study.of(run, "final").map(({ curve }) => curve);
    return classes.map(k =>
      chains[0].map(({ nBeta }, i) => {
        const shares = chains.map(points => points[i].occupancy[k]);
        const error = shares.length > 1 ? standardDeviation(shares) / Math.sqrt(shares.length) : 0;
        return { n: nBeta / kappa, share: mean(shares), error };
      }),
    );
  };

  const measuredLines = (k: number, points: readonly Measured[]): Curve[] => {
    const colour = colourOf[k] ?? colours.grey;
    const shifted = (by: number): Curve => ({
      points: points.map(({ n, share, error }) => [n, Math.min(1, Math.max(0, share + by * error))]),
      colour,
      opacity: 0.5,
      strokeWidth: 0.6,
    });
    return [
      { points: points.map(({ n, share }) => [n, share]), colour, label: `k = ${k}`, strokeWidth: 1.8 },
      shifted(1),
      shifted(-1),
    ];
  };

  const dataPoints = (run: RunView): Scatter[] =>
    classes.slice(-3).map((k, place) => {
      const found = given.flatMap(({ n, study }) => {
        const values = study.of(run, "final").map(({ occupancy }) => occupancy[k]);
        if (values.length < 2) return [];
        return [{ n, share: mean(values), error: (2 * standardDeviation(values)) / Math.sqrt(values.length) }];
      });
      return {
        // Side by side, so that whiskers do not hide each other.
        points: found.map(({ n, share }) => [n + apart * (place - 1), share] as const),
        ranges: found.map(({ share, error }) => [Math.max(0, share - error), Math.min(1, share + error)] as const),
        colour: colourOf[k],
      };
    });

  return chartFigure({
    name,
    title,
    width: 860,
    height: 460,
    needs: [{ study: study.name, kind: "final" }],
    caption,
    chart: run => {
      const curves = measuredCurves(run);
      const lines = curves.flatMap((points, i) => measuredLines(classes[i], points));
      const [before, after] = curves.slice(-2);
      const crossing = lastRise(
        before.map(({ n }) => n),
        before.map(({ share }, i) => after[i].share - share),
      );
      const longest = Math.max(...lines.flatMap(({ points }) => points.map(([n]) => n)));
      const marked = [picture.mark, ...(crossing === null ? [] : [crossing])];
      return {
        description: picture.describe(crossing),
        x: { label: `samples n, at kappa = ${kappa === 0.5 ? "1/2" : kappa}`, domain: [0, longest] },
        y: { label: "share of the posterior", domain: [0, 1] },
        curves: [...lines, ...picture.theory(longest)],
        scatters: dataPoints(run),
        places: marked.filter(value => value <= longest).map(value => ({ label: String(Math.round(value)), value })),
        key: [
          { sample: "line", text: "population loss" },
          { sample: "ring", text: "given n samples" },
          { sample: "dashed", text: "free energy" },
        ],
      };
    },
  });
};

const POINTS = 60;
/** Sizes at which log odds are computed; between them, where they are nearly straight, they are joined by lines. */
const NODES = 9;

/** Two phases in proportion to exp(-F) along n, given the log odds of the second. */
export const sharesOfTwo = (
  [first, second]: readonly [firstColour: string, secondColour: string],
  [from, to]: readonly [number, number],
  logOdds: (n: number) => number,
): Curve[] => {
  const step = (to - from) / (NODES - 1);
  const nodes = Array.from({ length: NODES }, (_, i) => logOdds(from + i * step));
  const oddsAt = (n: number): number => {
    const place = Math.min(NODES - 2, Math.floor((n - from) / step));
    const part = (n - from) / step - place;
    return exp((1 - part) * nodes[place] + part * nodes[place + 1]);
  };
  return [first, second].map((colour, i) => ({
    points: Array.from({ length: POINTS + 1 }, (_, point) => {
      const n = from + ((to - from) * point) / POINTS;
      const share = 1 / (1 + oddsAt(n));
      return [n, i === 0 ? share : 1 - share] as const;
    }),
    colour,
    dashed: true,
    strokeWidth: 1.4,
  }));
};
