import type { Figure } from "../charts/exhibits.ts";
import { lineCharts } from "../charts/line-charts.ts";
import { colours } from "../charts/theme.ts";
import type { RunView } from "../contracts/run-view.ts";
import { mean } from "../numerics/statistics.ts";
import { transitionsIn } from "../protocols/label-transitions.ts";
import { byChain } from "../protocols/records.ts";
import type { EpochStudy } from "../protocols/train-epochs.ts";
import { chartFigure } from "./chart-figure.ts";
import { type ColourOf, IN_TRANSIT, type LabelledLevel, labelOf, levelLines } from "./labels.ts";

interface Staircases {
  readonly colourOf: ColourOf;
  /** Losses of the levels, with the learning coefficients of their phases where theory has them. */
  levels(run: RunView): readonly (LabelledLevel & { readonly lambda: number | null })[];
  /** What theory says of the coefficients, for the caption. */
  readonly lambdaText: string;
}

const ESTIMATED = "500 Langevin steps on all samples";

/** Estimates that did not diverge. */
const estimatesOf = (study: EpochStudy, run: RunView) =>
  study.of(run, "coefficient").flatMap(({ lambda, ...rest }) => (lambda === null ? [] : [{ ...rest, lambda }]));

type Estimate = ReturnType<typeof estimatesOf>[number];

/** The run with the most transitions; of several the one whose shortest stay is the longest. */
const chosenRun = (study: EpochStudy, run: RunView) => {
  const runs = [...byChain(study.of(run, "checkpoint"))].map(([chain, checkpoints]) => {
    const moves = transitionsIn(checkpoints);
    const stayed = (label: string) => checkpoints.filter(record => record.label === label).length;
    const shortest = Math.min(...moves.flatMap(({ from, to }) => [stayed(from), stayed(to)]), Infinity);
    return { chain, checkpoints, moves: moves.length, shortest };
  });
  return runs.reduce((a, b) => (b.moves > a.moves || (b.moves === a.moves && b.shortest > a.shortest) ? b : a));
};

/** Loss and estimated learning coefficient of one run of training, one above the other. */
export const staircasesFigure = (study: EpochStudy, { colourOf, levels, lambdaText }: Staircases): Figure => ({
  name: "staircases",
  title: "Opposing staircases: loss and learning coefficient of one run",
  width: 860,
  height: 560,
  needs: [study.has("coefficient")],
  caption: run =>
    `Measured: run ${chosenRun(study, run).chain} of ${study.name}; above, its population loss at the checkpoints, below, the learning coefficient estimated at ` +
    `them by ${ESTIMATED} (nBeta = n / ln n, gamma = 1), as circles, with the mean over each stay on a level as a ` +
    `thick line. Single chains: the spread of the circles is their error. Theory: the energy levels that the run visits, and ${lambdaText}.`,
  draw: (run, surface) => {
    const { chain, checkpoints } = chosenRun(study, run);
    const visited = [...new Set(checkpoints.map(labelOf).filter(label => label !== IN_TRANSIT))];
    const met = levels(run).filter(({ label }) => visited.includes(label));
    const estimates = estimatesOf(study, run).filter(record => record.chain === chain);
    const description = `Stays on ${visited.join(", ")}.`;
    const common = { description, x: { label: "epoch" } };
    return lineCharts(
      { title: `Opposing staircases, run ${chain}`, description },
      [
        {
          ...common,
          title: "Loss",
          y: { label: "population loss" },
          curves: [{ points: checkpoints.map(each => [each.epoch, each.loss] as const), colour: colours.grey }],
          levels: levelLines(met, colourOf),
        },
        {
          ...common,
          title: "Learning coefficient",
          y: { label: "estimated lambda" },
          curves: stays(estimates).map(({ from, to, label, lambda }) => ({
            points: [[from, lambda] as const, [to, lambda] as const],
            colour: colourOf(label),
            strokeWidth: 3,
          })),
          scatters: byLabel(estimates).map(([label, own]) => ({
            points: own.map(each => [each.epoch, each.lambda] as const),
            colour: colourOf(label),
          })),
          levels: met.flatMap(({ label, lambda }) =>
            lambda === null ? [] : [{ label: `${label}  lambda ${lambda}`, value: lambda, colour: colourOf(label) }],
          ),
        },
      ],
      surface,
    );
  },
});

const byLabel = (estimates: readonly Estimate[]) =>
  [...new Set(estimates.map(labelOf))].map(
    label => [label, estimates.filter(record => labelOf(record) === label)] as const,
  );

/** Stretches of estimates on one level, and their mean. */
const stays = (estimates: readonly Estimate[]) => {
  const found: { label: string; records: Estimate[] }[] = [];
  for (const record of estimates) {
    const last = found.at(-1);
    if (last?.label === labelOf(record)) last.records.push(record);
    else found.push({ label: labelOf(record), records: [record] });
  }
  return found
    .filter(({ label, records }) => label !== IN_TRANSIT && records.length > 1)
    .map(({ label, records }) => ({
      label,
      from: records[0].epoch,
      to: records[records.length - 1].epoch,
      lambda: mean(records.map(({ lambda }) => lambda)),
    }));
};

/** Loss against estimated learning coefficient over the checkpoints of all runs. */
export const lossAgainstCoefficient = (
  study: EpochStudy,
  { colourOf, levels }: Omit<Staircases, "lambdaText">,
): Figure =>
  chartFigure({
    name: "loss-lambda",
    title: "Loss against estimated learning coefficient",
    height: 480,
    needs: [study.has("coefficient")],
    caption: run => {
      const points = estimatesOf(study, run);
      return (
        `Measured: population loss and learning coefficient, estimated by ${ESTIMATED}, at ${points.length} checkpoints of ` +
        `${byChain(points).size} runs of ${study.name}, coloured by the level they lie on, grey in transit; the line joins the means on the levels, and the spread of the circles is ` +
        "the error of a single estimate. Theory: the energy levels as dashed lines."
      );
    },
    chart: run => {
      const seen = byLabel(estimatesOf(study, run));
      const means = levels(run).flatMap(level => {
        const here = seen.find(([label]) => label === level.label)?.[1];
        return here ? [{ ...level, lambda: mean(here.map(({ lambda }) => lambda)) }] : [];
      });
      return {
        description: `Means: ${means.map(({ label, lambda }) => `${label} ${lambda.toFixed(2)}`).join(", ")}.`,
        x: { label: "estimated lambda" },
        y: { label: "population loss" },
        curves: [{ points: means.map(({ lambda, loss }) => [lambda, loss]), colour: colours.grey, strokeWidth: 2 }],
        scatters: seen.map(([label, own]) => ({
          points: own.map(each => [each.lambda, each.loss] as const),
          colour: colourOf(label),
          opacity: 0.5,
        })),
        levels: levelLines(means, colourOf),
      };
    },
  });
