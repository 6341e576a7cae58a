import { type Claim, claim } from "../../../contracts/claim.ts";
import { below, fraction, meanComparison, near } from "../../../contracts/comparisons.ts";
import type { RunView } from "../../../contracts/run-view.ts";
import { log } from "../../../numerics/elementary.ts";
import { integrate } from "../../../numerics/ode/integrate.ts";
import type { ImageOutcome } from "../images/follow.ts";
import { collapseSlope, sizeOfAll } from "../theory/collapse.ts";
import { LATE, phases } from "../theory/phases.ts";
import { collapse, commonStart, imageMap, imageSizes, largeStart, moreDecay } from "./image-studies.ts";

type Study = typeof largeStart;

const isLate = ({ trainStep, testStep }: ImageOutcome): boolean =>
  trainStep !== null && (testStep === null || testStep - trainStep >= LATE);

/** Logarithm of the step at which test accuracy passed 0.6, of the budget where it did not. */
const logTime = ({ testStep, step }: ImageOutcome & { readonly step: number }): number =>
  log(Math.max(1, testStep ?? step));

const logTimes = (run: RunView, study: Study): number[] => study.of(run, "final").map(logTime);

/** Differences of members with the same number, of two studies. */
const differences = (one: readonly number[], other: readonly number[]): number[] =>
  one.slice(0, other.length).map((value, i) => value - other[i]);

export const imageClaims: readonly Claim[] = [
  claim("images-late", "figure 8a", {
    statement:
      "A classifier of pictures of digits that starts with large weights learns the training pictures a thousand steps and more before the others; from the common start it does not.",
    routes: {
      measured: "training on generated pictures",
      predicted: "most runs from the large start, a minority from the common one; stated after a first look",
      kind: "bound",
    },
    studies: [largeStart, commonStart],
    measure: run => [
      fraction("share of late generalisation, start 4 times the common one", largeStart.of(run, "final"), isLate, {
        above: 0.5,
      }),
      fraction("share of late generalisation, common start", commonStart.of(run, "final"), isLate, { below: 0.5 }),
    ],
  }),

  claim("images-phases", "figure 8b", {
    statement:
      "Over weight decay and the last layer's rate there are all four phases; at the smallest decay networks memorise or learn late, at the largest and the fastest last layer nothing is learned.",
    routes: {
      measured: "phases by the exact rule, thresholds 0.9 and 0.6, of runs on generated pictures",
      predicted: "the phases of the source's map",
      kind: "published",
    },
    studies: [imageMap],
    measure: run => {
      const cells = imageMap.of(run, "cell");
      const seen = phases.filter(phase => cells.some(({ label }) => label === phase));
      const slow = cells.filter(({ row }) => row === 0);
      const last = cells.filter(
        ({ row, column }) =>
          row === Math.max(...cells.map(cell => cell.row)) && column === Math.max(...cells.map(cell => cell.column)),
      );
      return [
        near("phases among the cells", seen.length, phases.length),
        fraction("cells of the smallest decay that learn late or never", slow, isLate, [0.2, 1]),
        near(
          "confused cells at the largest decay and rate",
          last.filter(({ label }) => label === "confusion").length,
          last.length,
        ),
      ];
    },
  }),

  claim("images-decay", "section 4.3", {
    statement: "Weight decay brings the accuracy on other pictures forward.",
    routes: {
      measured: "training from the same starts on the same pictures at decay 0.1 and 1, the budget where it never came",
      predicted: "an earlier step, by a factor of 2 and more; stated after a first look",
      kind: "bound",
    },
    studies: [largeStart, moreDecay],
    measure: run => [
      meanComparison(
        "log of the step of test accuracy 0.6 at decay 0.1 over that at decay 1",
        differences(logTimes(run, largeStart), logTimes(run, moreDecay)),
        { predicted: { above: log(2) } },
      ),
    ],
  }),

  claim("images-size", "appendix J, figure 20", {
    statement:
      "The step at which test accuracy reaches 0.6 rises sharply where training pictures are few: more from 100 to 50 pictures than from 400 to 200.",
    routes: {
      measured: "training on 50, 100, 200 and 400 generated pictures, the budget where it never came",
      predicted: "a steeper rise at the smaller sizes",
      kind: "published",
    },
    studies: imageSizes.map(({ study }) => study),
    measure: run => {
      const [of50, of100, of200, of400] = imageSizes.map(({ study }) => logTimes(run, study));
      const [few, many] = [differences(of50, of100), differences(of200, of400)];
      return [
        meanComparison("log of the step with 50 over that with 100", few, { predicted: { above: 0 } }),
        meanComparison("the same less that of 200 over 400", differences(few, many), { predicted: { above: 0 } }),
      ];
    },
  }),

  claim("class-collapse", "appendix I, figure 19", {
    statement:
      "Within 100 steps of Adam on l / Z, pictures of one label collapse in the plane, onto places that differ from label to label.",
    routes: {
      measured: "variance within labels and nearest means, in training on generated pictures",
      predicted:
        "less than a tenth of the variance within labels, more than half of the pictures nearest to their own mean; stated after a first look",
      kind: "bound",
    },
    studies: [collapse],
    measure: run => {
      const finals = collapse.of(run, "final");
      const starts = collapse.of(run, "checkpoint").filter(({ step }) => step === 0);
      return [
        meanComparison(
          "variance within labels, as a share, at the end",
          finals.map(({ within }) => within),
          { predicted: { below: 0.1 } },
        ),
        meanComparison(
          "share of pictures nearest to the mean of their label at the end",
          finals.map(({ nearest }) => nearest),
          { predicted: { above: 0.5 } },
        ),
        meanComparison(
          "the same less that at the start",
          finals.map(({ nearest }, i) => nearest - starts[i].nearest),
          { predicted: { above: 0 } },
        ),
      ];
    },
  }),

  claim("collapse-conserves", "appendix I", {
    statement: "The flow of l / Z conserves Z, while the places of one label come together.",
    routes: {
      measured: "the flow integrated to time 20 with a step control of 1e-11",
      predicted: "Z of the start, as l / Z has no scale",
      kind: "formula",
    },
    studies: [],
    measure: () => {
      const start = [0.7, -0.2, -0.4, 0.9, 1.3, 0.5, -0.8, -1.1, 0.2, 0.4, 0.1, -0.9];
      const labels = [0, 0, 1, 1, 1, 2];
      const slope = (_: number, places: Float64Array, out: Float64Array) => collapseSlope({ places, labels }, out);
      const [, end] = integrate(slope, start, [0, 20], { tolerance: 1e-11 });
      const apart = (places: ArrayLike<number>) => Math.abs(places[0] - places[2]) + Math.abs(places[1] - places[3]);
      return [
        near("Z at the end over Z at the start", sizeOfAll(end) / sizeOfAll(start), 1, 1e-8),
        below("distance of two places of one label, as a share of that at the start", apart(end) / apart(start), 0.01),
      ];
    },
  }),
];
