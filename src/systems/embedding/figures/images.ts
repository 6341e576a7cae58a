import type { Figure } from "../../../charts/exhibits.ts";
import { phaseMap } from "../../../charts/phase-map.ts";
import { colours } from "../../../charts/theme.ts";
import { chartFigure } from "../../../exhibits/chart-figure.ts";
import { groupBy } from "../../../numerics/group-by.ts";
import { collapse, imageMap, imageSizes, largeStart } from "../claims/image-studies.ts";
import { TEST_LEARNED } from "../images/follow.ts";
import { phases } from "../theory/phases.ts";
import { mapPhases } from "./map-phases.ts";

const quantities = [
  { field: "trainAccuracy", text: "training pictures", colour: colours.blue },
  { field: "testAccuracy", text: "other pictures", colour: colours.vermillion },
] as const;

/** Accuracies on training and other pictures from a large start. */
export const imageCurveFigure = chartFigure({
  name: "images-late",
  title: "Late generalisation on pictures of digits",
  needs: [largeStart.has("checkpoint")],
  caption(run) {
    const { trainImages, startScale } = largeStart.settings(run);
    return (
      `Measured: accuracies of a perceptron on ${trainImages} generated pictures of digits and on others, from ${startScale} times the common start, a line for each of ${largeStart.of(run, "final").length} runs until the phase is decided. ` +
      "The pictures are strokes of a pen drawn at random, not a data set of handwriting. Theory: none gives numbers; the source shows training accuracy saturating long before test accuracy rises."
    );
  },
  chart: run => ({
    description: "Training accuracy rises early, the other late.",
    x: { label: "step", scale: "log" },
    y: { label: "accuracy", domain: [-0.03, 1.05] },
    curves: quantities.flatMap(({ field, colour }) =>
      [...groupBy(largeStart.of(run, "checkpoint"), ({ chain }) => chain).values()].map(checkpoints => ({
        points: checkpoints.filter(({ step }) => step > 0).map(state => [state.step, state[field]] as const),
        colour,
      })),
    ),
    levels: [{ label: "learned", value: TEST_LEARNED }],
    key: quantities.map(({ text, colour }) => ({ sample: "line", text, colour }) as const),
  }),
});

/** Phases over weight decay and the last layer's rate: of each cell the one that most of its seeds are in. */
export const imageMapFigure: Figure = {
  name: "images-map",
  title: "Phases of image classification",
  width: 760,
  height: 420,
  needs: [imageMap.has("cell")],
  caption(run) {
    const { steps } = imageMap.settings(run);
    const { length } = imageMap.of(run, "cell");
    return `Measured: phases within ${steps} steps, thresholds 0.9 on training and 0.6 on other pictures, of ${length} runs on generated pictures of digits. Theory: none predicts where the phases meet; the source's map has the same four.`;
  },
  draw(run, surface) {
    const cells = imageMap.of(run, "cell");
    const axis = (field: "lastRate" | "weightDecay", label: string) => ({
      label,
      scale: "log" as const,
      values: [...new Set(cells.map(cell => cell[field]))].sort((a, b) => a - b),
    });
    return phaseMap(
      {
        title: "Phases of image classification",
        description: "From memorization over grokking and comprehension to confusion as decay grows.",
        x: axis("lastRate", "learning rate of the last layer"),
        y: axis("weightDecay", "weight decay"),
        phases: mapPhases,
        cells: [...groupBy(cells, ({ row, column }) => `${row} ${column}`).values()].map(seeds => {
          const counts = phases.map(phase => seeds.filter(({ label }) => label === phase).length);
          const most = Math.max(...counts);
          const [{ row, column }] = seeds;
          return { row, column, phase: counts.indexOf(most), agreement: most / seeds.length };
        }),
      },
      surface,
    );
  },
};

/** Steps to test accuracy 0.6 over the number of training pictures. */
export const imageSizeFigure = chartFigure({
  name: "images-size",
  title: "Few training pictures are learned late or never",
  height: 360,
  needs: imageSizes.map(({ study }) => study.has("final")),
  caption(run) {
    const { steps } = imageSizes[0].study.settings(run);
    const never = imageSizes.flatMap(({ study }) => study.of(run, "final")).filter(({ testStep }) => testStep === null);
    return `Measured: step at which accuracy on other pictures first reached 0.6, a ring for each run; ${never.length} that did not within ${steps} steps stand at the top (grey). Theory: none gives numbers; the source's time rises sharply below a critical number of pictures.`;
  },
  chart(run) {
    const all = imageSizes.flatMap(({ trainImages, study }) =>
      study.of(run, "final").map(({ testStep, step }) => ({ trainImages, testStep, step })),
    );
    const points = (reached: boolean) =>
      all
        .filter(({ testStep }) => (testStep !== null) === reached)
        .map(({ trainImages, testStep, step }) => [trainImages, testStep ?? step] as const);
    return {
      description: "The step falls with the number of pictures, steeply at first.",
      x: { label: "training pictures", scale: "log", domain: [40, 500] },
      y: { label: "step of test accuracy 0.6", scale: "log" },
      curves: [],
      scatters: [
        { points: points(true), colour: colours.vermillion },
        { points: points(false), colour: colours.grey },
      ],
    };
  },
});

const collapsed = [
  { field: "within", text: "variance within labels", colour: colours.blue },
  { field: "nearest", text: "nearest to the mean of the label", colour: colours.vermillion },
] as const;

/** Labels that come together in a plane, and apart from each other. */
export const collapseFigure = chartFigure({
  name: "images-collapse",
  title: "Labels collapse onto distinct places",
  height: 360,
  needs: [collapse.has("checkpoint")],
  caption: run =>
    `Measured: variance within labels as a share of all variance, and share of pictures that are nearest to the mean of their own label, in the plane of a network's two outputs; a line for each of ${collapse.of(run, "final").length} runs of Adam on l / Z, the squared distances of pictures of one label. Theory: Z, the squared lengths of all places, is conserved by the flow of l / Z, so that they cannot all shrink.`,
  chart: run => ({
    description: "The variance within labels falls while more pictures come nearest to their own mean.",
    x: { label: "step" },
    y: { label: "share", domain: [-0.03, 1.03] },
    curves: collapsed.flatMap(({ field, colour }) =>
      [...groupBy(collapse.of(run, "checkpoint"), ({ chain }) => chain).values()].map(checkpoints => ({
        points: checkpoints.map(seen => [seen.step, seen[field]] as const),
        colour,
      })),
    ),
    key: collapsed.map(({ text, colour }) => ({ sample: "line", text, colour }) as const),
  }),
});
