import { type Claim, claim } from "../../../contracts/claim.ts";
import { known, near, within } from "../../../contracts/comparisons.ts";
import { stream } from "../../../numerics/stream.ts";
import {
  refinementSlope,
  type Shape,
  saturatedRange,
  segmentScan,
  shapeOf,
} from "../../../transitions/dissimilarity/index.ts";
import { magnetLaws } from "../theory/curie-weiss.ts";
import { gridOf } from "../theory/index.ts";
import { shapeFamilies } from "../theory/shapes.ts";
import { fisherPeak, twoLevelDistribution } from "../theory/two-level.ts";

const CASES = 30;
/** Segments whose scans are compared with those of one value. */
const LONG = 4;

/** What the classifier says of random families of a shape, by exact scans. */
const told = (shape: Shape): number => {
  const random = stream({ seed: 1, purpose: `shape ${shape}` });
  let right = 0;
  for (let trial = 0; trial < CASES; trial++) {
    random.at(trial);
    const size = 2 + random.below(9);
    const draw = (): number[] => {
      const p = Array.from({ length: size }, () => random.uniform());
      const sum = p.reduce((total, each) => total + each, 0);
      return p.map(each => each / sum);
    };
    const K = 24;
    const j = 9 + random.below(6);
    const families = shapeFamilies({ p: draw(), q: draw(), K, j, ramp: 3 + random.below(4) });
    const P = families[shape === "boundary" ? "step" : shape];
    const T = P.map((_, k) => k);
    const reading = shapeOf(segmentScan(P, T, 1).lin, segmentScan(P, T, LONG).lin, LONG);
    if (reading?.shape === shape) right++;
  }
  return right;
};

/** Largest lin of two temperatures dT apart, the middle of which is where F peaks. */
const heightAt = (g: number, dT: number): number => {
  const level = { g, eps: 1 };
  const T = fisherPeak(level);
  const P = [T - dT / 2, T + dT / 2].map(each => twoLevelDistribution(level, each));
  return segmentScan(P, [0, 1], 1).lin[0];
};

const STEPS = [0.02, 0.01, 0.005, 0.0025];

export const shapeClaims: readonly Claim[] = [
  claim("shapes-told", "section 2.4", {
    statement:
      "Scans with L = 1 and 4 tell a boundary from a single value that differs and from a ramp in at least 28 of 30 random cases each.",
    routes: {
      measured: "exact scans of random families, classified",
      predicted: "the shape that was made",
      kind: "bound",
    },
    studies: [],
    measure: () =>
      (["boundary", "outlier", "ramp"] as const).map(shape => ({
        ...within(`${shape}: right of ${CASES}`, told(shape), 28, CASES),
        members: CASES,
      })),
  }),

  claim("boundary-keeps-height", "section 2.4", {
    statement:
      "At a boundary lin is 0.252525 for L = 1, 2 and 4; of a single value that differs it falls to 0.071225 and 0.020178.",
    routes: {
      measured: "scans of p = (0.8, 0.2) and q = (0.3, 0.7)",
      predicted: "lin[p, q], and lin[((L-1) p + q)/L, p], by the sum over two outcomes",
      kind: "formula",
    },
    studies: [],
    measure: () => {
      const [p, q] = [[0.8, 0.2], [0.3, 0.7]]; // biome-ignore format: two distributions in a row
      const { step, outlier } = shapeFamilies({ p, q, K: 24, j: 11, ramp: 1 });
      const T = step.map((_, k) => k);
      const lin = (a: number, b: number): number =>
        0.5 * (((a - b) * (a - b)) / (a + b) + ((a - b) * (a - b)) / (2 - a - b));
      return [1, 2, 4].flatMap(L => [
        near(`boundary, L = ${L}`, Math.max(...segmentScan(step, T, L).lin), lin(0.8, 0.3), 1e-9),
        near(
          `single value, L = ${L}`,
          Math.max(...segmentScan(outlier, T, L).lin),
          lin(((L - 1) * 0.8 + 0.3) / L, 0.8),
          1e-9,
        ),
      ]);
    },
  }),

  claim("refinement-slopes", "section 2.5; derived", {
    statement:
      "With finer steps of the control the height of a jump stays, slope 0, and that of a smooth change falls with the square of the step, slope 2.",
    routes: {
      measured:
        "ln lin over ln dT by least squares, dT from 0.02 to 0.0025, for a step and for two levels with g = 100",
      predicted: "0 for a jump, 2 for a finite Fisher information",
      kind: "formula",
    },
    studies: [],
    measure: () => {
      const jump = STEPS.map(dT => {
        const T = gridOf({ lo: 0, hi: 1, step: dT });
        return Math.max(
          ...segmentScan(
            T.map(each => (each < 0.4999 ? [0.8, 0.2] : [0.3, 0.7])),
            T,
            1,
          ).lin,
        );
      });
      const smooth = refinementSlope(
        STEPS,
        STEPS.map(dT => heightAt(100, dT)),
      );
      return [
        near("slope of a step", refinementSlope(STEPS, jump), 0, 0.05),
        near("slope of two levels", smooth, 2, 0.1),
        // At the finest step the limit is nearer.
        near(
          "the same from the two finest steps",
          refinementSlope(
            STEPS.slice(2),
            STEPS.slice(2).map(dT => heightAt(100, dT)),
          ),
          2,
          0.02,
        ),
      ];
    },
  }),

  claim("saturation-seen", "section 2.2", {
    statement:
      "A Curie-Weiss magnet of 4096 spins at steps of 0.02 saturates with L = 5: a plateau at 0.88 whose largest value, at 0.70, means nothing; with L = 1 it does not, and the largest is at 0.9609.",
    routes: {
      measured: "exact scans from 0.4 to 1.6, with the guard of the detector",
      predicted: "an earlier computation; T_c = 1",
      kind: "recomputed",
    },
    studies: [],
    measure: () => {
      const T = gridOf({ lo: 0.4, hi: 1.6, step: 0.02 });
      const P = T.map(magnetLaws(4096));
      const [short, long] = [1, 5].map(L => segmentScan(P, T, L));
      const largest = Math.max(...long.lin);
      return [
        near("plateaus found with L = 5", saturatedRange(long.lin) === null ? 0 : 1, 1),
        near("plateaus found with L = 1", saturatedRange(short.lin) === null ? 0 : 1, 0),
        ...known("recomputed", near("height of the plateau", largest, 0.88, 0.01)),
        ...known("recomputed", near("its largest value, T", long.splits[long.lin.indexOf(largest)], 0.7, 0.011)),
      ];
    },
  }),
];
