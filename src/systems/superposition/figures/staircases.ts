import type { Figure } from "../../../charts/exhibits.ts";
import { lineChart } from "../../../charts/line-chart.ts";
import { stacked } from "../../../charts/stacked.ts";
import { colours } from "../../../charts/theme.ts";
import type { RecordOf } from "../../../contracts/protocol.ts";
import type { RunView } from "../../../contracts/run-view.ts";
import { mean } from "../../../numerics/statistics.ts";
import { transitionsIn } from "../../../protocols/label-transitions.ts";
import { byChain } from "../../../protocols/records.ts";
import { schemes } from "../claims/studies.ts";
import type { TrainRecords } from "../protocols/train.ts";
import { learningCoefficient } from "../theory/coefficients.ts";
import { levelsOf } from "./levels.ts";
import { IN_TRANSIT, phaseColour } from "./phase-colour.ts";
import { features, labelOf } from "./records.ts";

const study = schemes.A;

type Checkpoint = RecordOf<TrainRecords, "checkpoint">;
type Estimate = RecordOf<TrainRecords, "coefficient"> & { readonly lambda: number };

/** Estimates that did not diverge. */
const estimatesOf = (run: RunView): readonly Estimate[] =>
  study.of(run, "coefficient").filter((record): record is Estimate => record.lambda !== null);

/** The run with the most transitions; of several the one whose shortest stay is the longest. */
const chosenRun = (run: RunView): readonly [chain: number, checkpoints: readonly Checkpoint[]] => {
  const runs = [...byChain(study.of(run, "checkpoint"))].map(([chain, checkpoints]) => {
    const moves = transitionsIn(checkpoints);
    const stayed = (label: string) => checkpoints.filter(record => record.label === label).length;
    const shortest = Math.min(...moves.flatMap(({ from, to }) => [stayed(from), stayed(to)]), Infinity);
    return { chain, checkpoints, moves: moves.length, shortest };
  });
  const best = runs.reduce((a, b) => (b.moves > a.moves || (b.moves === a.moves && b.shortest > a.shortest) ? b : a));
  return [best.chain, best.checkpoints];
};

/** Both panels end at the same place. */
const MARGIN_RIGHT = 110;

/** The levels that the run's checkpoints lie on, in the order of time. */
const visited = (checkpoints: readonly Checkpoint[]): string[] => [
  ...new Set(checkpoints.map(labelOf).filter(label => label !== IN_TRANSIT)),
];

/** Loss and estimated lambda of one run. */
export const staircases: Figure = {
  name: "staircases",
  title: "Opposing staircases: loss and learning coefficient of one run",
  width: 860,
  height: 560,
  needs: [study.has("coefficient")],
  caption: run => {
    const [chain] = chosenRun(run);
    return (
      `Measured: run ${chain} of ${study.name}; above, its population loss at the checkpoints, below, the learning coefficient estimated at ` +
      "them by 500 Langevin steps on all samples (nBeta = n / ln n, gamma = 1), as circles, with the mean over each stay on a level as a " +
      "thick line. Single chains: the spread of the circles is their error. Theory: the energy levels that the run visits, and the " +
      "learning coefficients of their families as volume exponents, which estimates at this n lie below at the 4-gons."
    );
  },
  draw: (run, surface) => {
    const [chain, checkpoints] = chosenRun(run);
    const c = features(run, study);
    const levels = levelsOf(c).filter(({ label, phi }) => phi === 0 && visited(checkpoints).includes(label));
    const estimates = estimatesOf(run).filter(record => record.chain === chain);
    const title = `Opposing staircases, run ${chain}`;
    const description = `Stays on ${visited(checkpoints).join(", ")}.`;
    return stacked(
      { title, description },
      [
        {
          share: 1,
          draw: panel =>
            lineChart(
              {
                title: "Loss",
                description,
                x: { label: "epoch" },
                marginRight: MARGIN_RIGHT,
                y: { label: "population loss" },
                curves: [
                  {
                    points: checkpoints.map(each => [each.epoch, each.loss]),
                    colour: colours.grey,
                  },
                ],
                levels: levels.map(({ label, loss }) => ({
                  label: `${label}  ${loss.toFixed(4)}`,
                  value: loss,
                  colour: phaseColour(label),
                })),
              },
              panel,
            ),
        },
        {
          share: 1,
          draw: panel =>
            lineChart(
              {
                title: "Learning coefficient",
                description,
                x: { label: "epoch" },
                marginRight: MARGIN_RIGHT,
                y: { label: "estimated lambda" },
                curves: stays(estimates).map(({ from, to, label, lambda }) => ({
                  points: [
                    [from, lambda],
                    [to, lambda],
                  ],
                  colour: phaseColour(label),
                  strokeWidth: 3,
                })),
                scatters: [...new Set(estimates.map(labelOf))].map(label => ({
                  points: estimates
                    .filter(record => labelOf(record) === label)
                    .map(each => [each.epoch, each.lambda] as const),
                  colour: phaseColour(label),
                })),
                levels: levels.flatMap(({ label, k, sigma, phi }) => {
                  const value = learningCoefficient("volume", { c, k, sigma, phi });
                  return value === null
                    ? []
                    : [{ label: `${label}  lambda ${value}`, value, colour: phaseColour(label) }];
                }),
              },
              panel,
            ),
        },
      ],
      surface,
    );
  },
};

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
      from: records[0]!.epoch,
      to: records.at(-1)!.epoch,
      lambda: mean(records.map(({ lambda }) => lambda)),
    }));
};

/** Loss against estimated lambda over the checkpoints of all runs. */
export const lossAgainstCoefficient: Figure = {
  name: "loss-lambda",
  title: "Loss against estimated learning coefficient",
  width: 760,
  height: 480,
  needs: [study.has("coefficient")],
  caption: run => {
    const points = estimatesOf(run);
    const runs = new Set(points.map(({ chain }) => chain)).size;
    return (
      `Measured: population loss and learning coefficient, estimated by 500 Langevin steps on all samples, at ${points.length} checkpoints of ` +
      `${runs} runs of ${study.name}, coloured by the level they lie on, grey in transit; the line joins the means on the levels, and the spread of the circles is ` +
      "the error of a single estimate. Theory: the energy levels as dashed lines."
    );
  },
  draw: (run, surface) => {
    const points = estimatesOf(run);
    const labels = [...new Set(points.map(labelOf))];
    const c = features(run, study);
    const levels = levelsOf(c).filter(({ label, phi }) => phi === 0 && labels.includes(label));
    const means = levels.map(({ label, loss }) => {
      const here = points.filter(record => labelOf(record) === label).map(({ lambda }) => lambda);
      return { label, loss, lambda: mean(here) };
    });
    return lineChart(
      {
        title: "Loss against estimated learning coefficient",
        description: `Means: ${means.map(({ label, lambda }) => `${label} ${lambda.toFixed(2)}`).join(", ")}.`,
        x: { label: "estimated lambda" },
        y: { label: "population loss" },
        curves: [{ points: means.map(({ lambda, loss }) => [lambda, loss]), colour: colours.grey, strokeWidth: 2 }],
        scatters: labels.map(label => ({
          points: points.filter(record => labelOf(record) === label).map(each => [each.lambda, each.loss] as const),
          colour: phaseColour(label),
          opacity: 0.5,
        })),
        levels: levels.map(({ label, loss }) => ({
          label: `${label}  ${loss.toFixed(4)}`,
          value: loss,
          colour: phaseColour(label),
        })),
      },
      surface,
    );
  },
};
