import type { Figure } from "../../../charts/exhibits.ts";
import type { Curve } from "../../../charts/line-chart.ts";
import { colours } from "../../../charts/theme.ts";
import { occupancyOverSize, sharesOfTwo } from "../../../exhibits/occupancy-over-size.ts";
import { log } from "../../../numerics/elementary.ts";
import { half, halfC5, populations } from "../claims/studies.ts";
import { learningCoefficient } from "../theory/coefficients.ts";
import { halfSquaredNorm, transitionSize } from "../theory/critical-size.ts";
import { familyOf } from "../theory/families.ts";
import { logEvidence } from "../theory/free-energy.ts";
import { levelLoss } from "../theory/levels.ts";

const colourOf = { 3: colours.olive, 4: colours.blue, 5: colours.vermillion, 6: colours.purple };

/** Unit observation noise. */
const KAPPA = 0.5;
/** The smallest nBeta of the refined free energies. */
const REFINED_FROM = 50;

/** Occupancy of each polygon against n, with what the free energies predict. */
export const occupancyFigure = (c: 5 | 6): Figure => {
  const study = populations[c];
  const given = c === 6 ? half : halfC5;
  return occupancyOverSize({
    name: `occupancy-c${c}`,
    title: `Posterior share of each polygon against n, c = ${c}`,
    study,
    kappa: KAPPA,
    classes: [3, 4, 5, 6].filter(k => k <= c),
    colourOf,
    given,
    apart: c === 6 ? 5 : 2,
    theory: c === 6 ? refined : formula,
    mark: publishedSize(c, 1),
    describe: crossing =>
      `The share of the ${c}-gon passes that of the ${c - 1}-gon at n = ${crossing === null ? "none" : Math.round(crossing)} on the population loss.`,
    caption: run => {
      const sets = given.map(({ study }) => study.of(run, "final").length).filter(count => count > 0);
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
  });
};

/** What the source's formula says of the last transition. */
const publishedSize = (c: 5 | 6, kappa: number): number =>
  transitionSize({ c, from: c === 6 ? "5" : "4+", to: String(c), table: "published", kappa }).n!;

const refined = (longest: number): Curve[] =>
  sharesOfTwo([colourOf[5], colourOf[6]], [REFINED_FROM / KAPPA, longest], n => {
    const { pentagon, hexagon } = logEvidence(KAPPA * n);
    return hexagon - pentagon;
  });

const formula = (longest: number): Curve[] => {
  const freeEnergy = (label: string, n: number): number => {
    const { k, sigma, phi } = familyOf(5, label);
    const lambda = learningCoefficient("published", { c: 5, k, sigma, phi })!;
    return n * levelLoss({ c: 5, live: k, sigma }) + lambda * log(n) + halfSquaredNorm({ c: 5, k, sigma });
  };
  return sharesOfTwo([colourOf[4], colourOf[5]], [20, longest], n => freeEnergy("4+", n) - freeEnergy("5", n));
};
