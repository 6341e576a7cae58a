import type { Curve, Scatter } from "../../../charts/line-chart.ts";
import { colours, series } from "../../../charts/theme.ts";
import { meanComparison } from "../../../contracts/comparisons.ts";
import type { RunView } from "../../../contracts/run-view.ts";
import { chartFigure } from "../../../exhibits/chart-figure.ts";
import { mean } from "../../../numerics/statistics.ts";
import {
  type CurveRelation,
  curveRelations,
  curves,
  modeStudies,
  powerStudies,
  type TrainStudy,
  unitOfClasses,
} from "../claims/studies.ts";
import { bucketBound } from "../claims/training.ts";

type Quantity = "accuracy" | "testAccuracy";

/** Mean over the members of a study, with the 95 % interval. */
const meanOf = (run: RunView, study: TrainStudy, quantity: Quantity) => {
  const values = study.of(run, "final").map(final => final[quantity]);
  const { interval = [mean(values), mean(values)] } = meanComparison("", values, { predicted: 0 });
  return { mean: mean(values), interval, members: values.length };
};

/** Means over seeds at places on the x axis, and faint beside them the members themselves. */
const scattersOf = (
  run: RunView,
  points: readonly { readonly x: number; readonly study: TrainStudy }[],
  colour: string,
  quantity: Quantity = "accuracy",
): readonly Scatter[] => {
  const own = points.filter(({ study }) => study.isIn(run));
  const means = own.map(({ x, study }) => ({ x, ...meanOf(run, study, quantity) }));
  return [
    {
      points: own.flatMap(({ x, study }) => study.of(run, "final").map(final => [x, final[quantity]] as const)),
      colour,
      opacity: 0.3,
    },
    {
      points: means.map(({ x, mean }) => [x, mean] as const),
      ranges: means.map(({ interval: [low, high] }) => [Math.max(0, low), Math.min(1, high)] as const),
      colour,
    },
  ];
};

const membersText = (run: RunView, studies: readonly TrainStudy[]): string => {
  const counts = studies.filter(study => study.isIn(run)).map(study => study.of(run, "final").length);
  const [least, most] = [Math.min(...counts), Math.max(...counts)];
  return least === most ? String(most) : `${least} to ${most}`;
};

const boundCurve = (name: CurveRelation, colour: string, most: number): Curve => ({
  points: Array.from({ length: 81 }, (_, i) => [(most * i) / 80, bucketBound(name, (most * i) / 80)] as const),
  colour,
  dashed: true,
});

const names = Object.keys(curveRelations) as CurveRelation[];
const isSeen = (run: RunView, name: CurveRelation): boolean =>
  curves.some(each => each.name === name && each.study.isIn(run));

const share = { label: "share of the pairs that is trained on" } as const;

/** Needed by the pictures of short reproductions. */
const quickOf = (studies: readonly { readonly study: TrainStudy }[]) =>
  studies.filter(({ study }) => study.quick).map(({ study }) => study.has("final"));

export const curvesFigure = chartFigure({
  name: "accuracy-curves",
  title: "How many pairs a relation needs: networks and the estimate",
  height: 480,
  needs: quickOf(curves),
  caption: run =>
    `Measured: accuracy on all 900 pairs after 3000 steps at the source's defaults, single seeds (faint) and means over ${membersText(
      run,
      curves.map(({ study }) => study),
    )} seeds with 95 % intervals. Theory, broken: balls in buckets, f + max(p, 1 - p)(1 - f), with the bits of the source's table. The distance between them is what networks pay for learning the kind of relation.`,
  chart: run => ({
    description: "Networks rise later than the estimate, two sides first.",
    x: { ...share, domain: [0, 0.8] },
    y: { label: "accuracy on all pairs", domain: [0.45, 1.02] },
    curves: names.flatMap((name, i) => (isSeen(run, name) ? [boundCurve(name, series[i], 0.8)] : [])),
    scatters: names.flatMap((name, i) =>
      scattersOf(
        run,
        curves
          .filter(each => each.name === name)
          // Side by side, where they would hide each other.
          .map(({ fraction, study }) => ({ x: fraction + (i - 1.5) * 0.006, study })),
        series[i],
      ),
    ),
    key: names
      .filter(name => isSeen(run, name))
      .map(name => ({ sample: "ring" as const, text: name, colour: series[names.indexOf(name)] })),
  }),
});

const modeColours = { concat: colours.blue, diff: colours.orange, sqdiff: colours.green } as const;
const modeTexts = { concat: "both embeddings", diff: "difference", sqdiff: "squared difference" } as const;
const modeNames = ["concat", "diff", "sqdiff"] as const;

export const modesFigure = chartFigure({
  name: "architectures",
  title: "What a decoder is given: mod 3",
  needs: quickOf([...modeStudies, ...unitOfClasses]),
  caption: run =>
    `Measured: accuracy on all pairs after 3000 steps, single seeds (faint) and means over ${membersText(
      run,
      modeStudies.map(({ study }) => study),
    )} seeds with 95 % intervals; the unit is minus the squared distance beyond 0.1, scaled and shifted. Some of its runs are caught before they learn their training pairs, the others reach whole accuracy. Theory, broken: balls in buckets.`,
  chart: run => ({
    description: "The more the decoder knows of the relation, the fewer pairs it needs.",
    x: { ...share, domain: [0, 0.4] },
    y: { label: "accuracy on all pairs", domain: [0.5, 1.02] },
    curves: [boundCurve("mod 3", colours.grey, 0.4)],
    scatters: [
      ...modeNames.flatMap((mode, i) =>
        scattersOf(
          run,
          modeStudies
            .filter(each => each.mode === mode)
            .map(({ fraction, study }) => ({ x: fraction + (i - 1) * 0.004, study })),
          modeColours[mode],
        ),
      ),
      ...scattersOf(
        run,
        unitOfClasses.map(({ fraction, study }) => ({ x: fraction + 0.008, study })),
        colours.purple,
      ),
    ],
    key: [
      ...modeNames.map(mode => ({ sample: "ring" as const, text: modeTexts[mode], colour: modeColours[mode] })),
      { sample: "ring", text: "one unit", colour: colours.purple },
    ],
  }),
});

export const powerFigure = chartFigure({
  name: "decoder-power",
  title: "Neither too weak nor too powerful: hidden layers of the decoder",
  needs: quickOf(powerStudies),
  caption: run =>
    `Measured: test accuracy after 4000 steps on 0.3 of the pairs, mod 3, width 10, single seeds (faint) and means over ${membersText(
      run,
      powerStudies.map(({ study }) => study),
    )} seeds with 95 % intervals. Theory: none in numbers; without hidden layers the decoder cannot express the relation, with many it memorises.`,
  chart: run => ({
    description: "Highest with one or two hidden layers.",
    x: { label: "hidden layers", domain: [-0.5, 6.5], whole: true },
    y: { label: "test accuracy", domain: [0.45, 1] },
    curves: [],
    scatters: [
      ...scattersOf(
        run,
        powerStudies.map(({ depth, study }) => ({ x: depth, study })),
        colours.blue,
        "testAccuracy",
      ),
    ],
  }),
});
