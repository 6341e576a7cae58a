import type { Claim, Evidence } from "../../../contracts/claim.ts";
import { mean } from "../../../numerics/statistics.ts";
import { earlierPlateaus } from "../earlier-posteriors.ts";
import { transitionsIn } from "../transitions.ts";
import { jackknifeComparison, meanComparison, pooledComparison } from "./estimates.ts";

const STUDY = "scheme-A";
const LABELS = Object.keys(earlierPlateaus);

/** Estimates of lambda at the checkpoints of each run that lie on a level, and the loss there. */
const onLevel = (evidence: Evidence, label: string): ReadonlyMap<number, readonly (readonly [number, number])[]> => {
  const runs = new Map<number, (readonly [number, number])[]>();
  for (const record of evidence.records(STUDY, "checkpoint"))
    if (record.label === label && typeof record.lambda === "number") {
      const run = runs.get(record.chain) ?? [];
      run.push([record.lambda, record.loss as number]);
      runs.set(record.chain, run);
    }
  return runs;
};

const lambdasOnLevel = (evidence: Evidence, label: string): number[][] =>
  [...onLevel(evidence, label).values()].map(run => run.map(([lambda]) => lambda));

/** The learning coefficient along training. */
export const trajectoryClaims: readonly Claim[] = [
  {
    id: "lambda-on-plateaus",
    where: "Fig. 3: loss against estimated coefficient over checkpoints",
    statement: "On the plateaus of training the mean estimate of lambda is ordered 4 < 4+ < 4++ < 5.",
    routes: {
      measured: "500 Langevin steps at checkpoints of training runs, nBeta = n / ln n",
      predicted: "an independent ensemble of 150 runs",
    },
    studies: [STUDY],
    measure: evidence => {
      const lambdas = Object.fromEntries(LABELS.map(label => [label, lambdasOnLevel(evidence, label)]));
      return [
        ...LABELS.map(label =>
          pooledComparison(`mean lambda on ${label}`, lambdas[label], {
            predicted: earlierPlateaus[label],
            tolerance: 0.9,
          }),
        ),
        ...LABELS.slice(1).map((label, i) => {
          const before = LABELS[i];
          const runs = [...lambdas[before].map(run => [run, []]), ...lambdas[label].map(run => [[], run])];
          return jackknifeComparison(
            `${label} above ${before}`,
            lambdas[before].length > 0 && lambdas[label].length > 0 ? runs : [],
            members => mean(members.flatMap(([, after]) => after)) - mean(members.flatMap(([first]) => first)),
            { predicted: [0, 10] },
          );
        }),
      ];
    },
  },
  {
    id: "opposing-staircases",
    where: "Fig. 1: opposing staircases, both halves",
    statement: "Where a training run goes from one level to the next, the loss falls and the estimate of lambda rises.",
    routes: {
      measured: "loss and 500 Langevin steps at checkpoints of training runs, paired within runs",
      predicted: "the sign that a trade of loss against complexity has",
    },
    studies: [STUDY],
    measure: evidence => {
      const steps = transitionsIn(evidence.records(STUDY, "checkpoint")).flatMap(({ chain, from, to }) => {
        const before = onLevel(evidence, from).get(chain);
        const after = onLevel(evidence, to).get(chain);
        return before && after ? [{ before, after }] : [];
      });
      const change = (part: 0 | 1) =>
        steps.map(({ before, after }) => mean(after.map(each => each[part])) - mean(before.map(each => each[part])));
      return [
        meanComparison("change of lambda at a transition", change(0), { predicted: [0, 10] }),
        meanComparison("change of the loss at a transition", change(1), { predicted: [-1, 0] }),
      ];
    },
  },
];
