import { type Claim, claim } from "../../../contracts/claim.ts";
import { jackknifeComparison, meanComparison, pooledComparison } from "../../../contracts/comparisons.ts";
import type { RunView } from "../../../contracts/run-view.ts";
import { mean } from "../../../numerics/statistics.ts";
import { transitionsIn } from "../../../protocols/label-transitions.ts";
import { byChain } from "../../../protocols/records.ts";
import { earlierPlateaus } from "../earlier-posteriors.ts";
import { schemes } from "./studies.ts";

/** Estimates of lambda at the checkpoints of each run that lie on a level, and the loss there. */
const onLevel = (run: RunView, label: string): ReadonlyMap<number, readonly (readonly [number, number])[]> =>
  new Map(
    [...byChain(schemes.A.of(run, "coefficient").filter(record => record.label === label))].flatMap(([chain, own]) => {
      const points = own.flatMap(({ lambda, loss }) => (lambda === null ? [] : [[lambda, loss] as const]));
      return points.length > 0 ? [[chain, points] as const] : [];
    }),
  );

const lambdasOnLevel = (run: RunView, label: string): number[][] =>
  [...onLevel(run, label).values()].map(own => own.map(([lambda]) => lambda));

/** The learning coefficient along training. */
export const trajectoryClaims: readonly Claim[] = [
  claim("lambda-on-plateaus", "Fig. 3: loss against estimated coefficient over checkpoints", {
    statement: "On the plateaus of training the mean estimate of lambda is ordered 4 < 4+ < 4++ < 5.",
    routes: {
      measured: "500 Langevin steps at checkpoints of training runs, nBeta = n / ln n",
      predicted: "an independent ensemble of 150 runs",
      kind: "simulated",
    },
    studies: [schemes.A],
    measure: run => {
      const lambdas = earlierPlateaus.map(([label]) => lambdasOnLevel(run, label));
      return [
        ...earlierPlateaus.map(([label, predicted], i) =>
          pooledComparison(`mean lambda on ${label}`, lambdas[i], { predicted, tolerance: 0.4 }),
        ),
        ...earlierPlateaus.slice(1).map(([label], i) => {
          const [before, after] = [lambdas[i], lambdas[i + 1]];
          const runs = [...before.map(own => [own, []]), ...after.map(own => [[], own])];
          return jackknifeComparison(
            `${label} above ${earlierPlateaus[i][0]}`,
            before.length > 1 && after.length > 1 ? runs : [],
            members => mean(members.flatMap(([, after]) => after)) - mean(members.flatMap(([first]) => first)),
            { predicted: { above: 0 }, kind: "bound" },
          );
        }),
      ];
    },
  }),
  claim("opposing-staircases", "Fig. 1: opposing staircases, both halves", {
    statement: "Where a training run goes from one level to the next, the loss falls and the estimate of lambda rises.",
    routes: {
      measured: "loss and 500 Langevin steps at checkpoints of training runs, paired within runs",
      predicted: "the sign that a trade of loss against complexity has",
      kind: "bound",
    },
    studies: [schemes.A],
    measure: run => {
      const steps = transitionsIn(schemes.A.of(run, "checkpoint")).flatMap(({ chain, from, to }) => {
        const before = onLevel(run, from).get(chain);
        const after = onLevel(run, to).get(chain);
        return before && after ? [{ before, after }] : [];
      });
      const change = (part: 0 | 1) =>
        steps.map(({ before, after }) => mean(after.map(each => each[part])) - mean(before.map(each => each[part])));
      return [
        meanComparison("change of lambda at a transition", change(0), { predicted: { above: 0 } }),
        meanComparison("change of the loss at a transition", change(1), { predicted: { below: 0 } }),
      ];
    },
  }),
];
