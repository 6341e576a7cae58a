import type { Figure } from "../../../charts/exhibits.ts";
import { type Curve, lineChart, type Scatter } from "../../../charts/line-chart.ts";
import { colours } from "../../../charts/theme.ts";
import type { RunView } from "../../../contracts/run-view.ts";
import { lastRise } from "../../../numerics/broken-line.ts";
import { exp, log } from "../../../numerics/elementary.ts";
import { mean, standardDeviation } from "../../../numerics/statistics.ts";
import { type DataPosterior, half, halfC5, populations } from "../claims/studies.ts";
import { learningCoefficient } from "../theory/coefficients.ts";
import { halfSquaredNorm, transitionSize } from "../theory/critical-size.ts";
import { familyOf } from "../theory/families.ts";
import { logEvidence } from "../theory/free-energy.ts";
import { levelLoss } from "../theory/levels.ts";

const byVertices: { readonly [k: number]: string } = {
  3: colours.olive,
  4: colours.blue,
  5: colours.vermillion,
  6: colours.purple,
};

/** Unit observation noise. */
const KAPPA = 0.5;
/** The smallest nBeta of the refined free energies. */
const REFINED_FROM = 50;

/** Occupancy of each polygon against n, with what the free energies predict. */
export const occupancyFigure = (c: 5 | 6): Figure => {
  const study = populations[c];
  const title = `Posterior share of each polygon against n, c = ${c}`;
  return {
    name: `occupancy-c${c}`,
    title,
    width: 860,
    height: 460,
    needs: [study.has("final")],
    caption: run => {
      const sets = sizesOf(c)
        .map(given => given.study.of(run, "final").length)
        .filter(count => count > 0);
      return (
        "Measured: solid lines, shares of draws by their number k of hull vertices on the population loss, with n = nBeta / kappa at " +
        `kappa = 1/2 (unit observation noise), mean of ${study.of(run, "final").length} chains of parallel tempering with all temperatures ` +
        "reweighted; thin lines beside them are one standard error over chains." +
        (sets.length > 0
          ? ` Circles: posteriors given n samples, mean over ${Math.min(...sets)} datasets, whiskers two standard errors over datasets.`
          : "") +
        ` Theory, dashed: ${
          c === 6
            ? "5-gon and 6-gon in proportion to exp(-F) with the refined free energies (Laplace's method with prior, volume and multiplicity)"
            : "4+ and 5-gon in proportion to exp(-F) with the source's F = n L + lambda ln n + |w*|^2 / 2"
        }. Dotted, with their sizes: where the measured lines cross, and the critical size of the source's formula, which is for kappa = 1` +
        ` (for kappa = 1/2 it is ${Math.round(publishedSize(c, KAPPA))}).`
      );
    },
    draw: (run, surface) => {
      const curves = measuredCurves(run, c);
      const lines = [...curves].flatMap(([k, points]) => measuredLines(k, points));
      const crossing = crossingOf(curves, c);
      const longest = Math.max(...lines.flatMap(({ points }) => points.map(([n]) => n)));
      const marked = [publishedSize(c, 1), ...(crossing === null ? [] : [crossing])];
      return lineChart(
        {
          title,
          description: `The share of the ${c}-gon passes that of the ${c - 1}-gon at n = ${crossing === null ? "none" : Math.round(crossing)} on the population loss.`,
          x: { label: "samples n, at kappa = 1/2", domain: [0, longest] },
          y: { label: "share of the posterior", domain: [0, 1] },
          curves: [...lines, ...(c === 6 ? refined(longest) : formula(longest))],
          scatters: dataPoints(run, c),
          places: marked.filter(value => value <= longest).map(value => ({ label: String(Math.round(value)), value })),
          key: [
            { sample: "line", text: "population loss" },
            { sample: "ring", text: "given n samples" },
            { sample: "dashed", text: "free energy" },
          ],
        },
        surface,
      );
    },
  };
};

interface Measured {
  readonly n: number;
  readonly share: number;
  readonly error: number;
}

/** For each k with a share worth drawing, its mean over chains and the standard error. */
const measuredCurves = (run: RunView, c: 5 | 6): ReadonlyMap<number, readonly Measured[]> => {
  const chains = populations[c].of(run, "final").map(({ curve }) => curve);
  const all = new Map<number, readonly Measured[]>();
  for (let k = 3; k <= c; k++)
    all.set(
      k,
      chains[0]!.map(({ nBeta }, i) => {
        const shares = chains.map(points => points[i]!.occupancy[k]!);
        const error = shares.length > 1 ? standardDeviation(shares) / Math.sqrt(shares.length) : 0;
        return { n: nBeta / KAPPA, share: mean(shares), error };
      }),
    );
  return all;
};

const measuredLines = (k: number, points: readonly Measured[]): Curve[] => {
  const colour = byVertices[k] ?? colours.grey;
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

const crossingOf = (curves: ReadonlyMap<number, readonly Measured[]>, c: number): number | null => {
  const [before, after] = [curves.get(c - 1)!, curves.get(c)!];
  return lastRise(
    before.map(({ n }) => n),
    before.map(({ share }, i) => after[i]!.share - share),
  );
};

/** What the source's formula says of the last transition. */
const publishedSize = (c: 5 | 6, kappa: number): number =>
  transitionSize({ c, from: c === 6 ? "5" : "4+", to: String(c), table: "published", kappa }).n!;

const POINTS = 60;
/** Sizes at which log odds are computed; between them, where they are nearly straight, they are joined by lines. */
const NODES = 9;

/** Two phases in proportion to exp(-F) along n, given the log odds of the second. */
const shares = (
  [first, second]: readonly [number, number],
  [from, to]: readonly [number, number],
  logOdds: (n: number) => number,
): Curve[] => {
  const step = (to - from) / (NODES - 1);
  const nodes = Array.from({ length: NODES }, (_, i) => logOdds(from + i * step));
  const oddsAt = (n: number): number => {
    const place = Math.min(NODES - 2, Math.floor((n - from) / step));
    const part = (n - from) / step - place;
    return exp((1 - part) * nodes[place]! + part * nodes[place + 1]!);
  };
  return [first, second].map(k => ({
    points: Array.from({ length: POINTS + 1 }, (_, i) => {
      const n = from + ((to - from) * i) / POINTS;
      const share = 1 / (1 + oddsAt(n));
      return [n, k === first ? share : 1 - share] as const;
    }),
    colour: byVertices[k]!,
    dashed: true,
    strokeWidth: 1.4,
  }));
};

const refined = (longest: number): Curve[] =>
  shares([5, 6], [REFINED_FROM / KAPPA, longest], n => {
    const { pentagon, hexagon } = logEvidence(KAPPA * n);
    return hexagon - pentagon;
  });

const formula = (longest: number): Curve[] => {
  const freeEnergy = (label: string, n: number): number => {
    const { k, sigma, phi } = familyOf(5, label);
    const lambda = learningCoefficient("published", { c: 5, k, sigma, phi })!;
    return n * levelLoss({ c: 5, live: k, sigma }) + lambda * log(n) + halfSquaredNorm({ c: 5, k, sigma });
  };
  return shares([4, 5], [20, longest], n => freeEnergy("4+", n) - freeEnergy("5", n));
};

const sizesOf = (c: 5 | 6): readonly DataPosterior[] => (c === 6 ? half : halfC5);

const dataPoints = (run: RunView, c: 5 | 6): Scatter[] =>
  [c - 2, c - 1, c].map(k => {
    const found = sizesOf(c).flatMap(({ n, study }) => {
      const values = study.of(run, "final").map(({ occupancy }) => occupancy[k]!);
      if (values.length < 2) return [];
      return [{ n, share: mean(values), error: (2 * standardDeviation(values)) / Math.sqrt(values.length) }];
    });
    return {
      // Side by side, so that whiskers do not hide each other.
      points: found.map(({ n, share }) => [n + (c === 6 ? 5 : 2) * (k - c + 1), share] as const),
      ranges: found.map(({ share, error }) => [Math.max(0, share - error), Math.min(1, share + error)] as const),
      colour: byVertices[k]!,
    };
  });
