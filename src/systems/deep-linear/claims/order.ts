import { type Claim, claim } from "../../../contracts/claim.ts";
import { above, near } from "../../../contracts/comparisons.ts";
import type { RunView } from "../../../contracts/run-view.ts";
import { lineThrough } from "../../../numerics/line-fit.ts";
import { sweepTable } from "../../../protocols/anneal.ts";
import { byChain } from "../../../protocols/records.ts";
import { orderOfTransition } from "../../../transitions/order/index.ts";
import { binderCumulant } from "../../../transitions/order/statistics.ts";
import { type allJudged, judgedCurved, judgedLinear, orderD0, temperatures } from "./studies.ts";

/** The verdict on each start of a study, without knowledge of the network. */
export const judgements = (run: RunView, { sweep }: (typeof allJudged)[number]) =>
  [...byChain(sweep.of(run, "sweep")).values()].map(own => orderOfTransition(sweepTable(own)));

/** Binder cumulant of p at each decay of a temperature. */
export const binderCurve = (run: RunView, { runs }: (typeof temperatures)[number]) =>
  runs.map(({ weightDecay, run: study }) => ({
    gamma: weightDecay,
    U4: binderCumulant(study.of(run, "samples")[0].samples) ?? Number.NaN,
  }));

/** Crossing of two lines fitted to the curves of two temperatures: over so short a range the cumulants hardly bend. */
const crossing = (run: RunView, small: number, large: number) => {
  const [a, b] = [small, large].map(n => {
    const points = binderCurve(run, temperatures.find(({ nBeta }) => nBeta === n)!);
    return lineThrough(points.map(({ gamma, U4 }) => [gamma, U4]));
  });
  const gamma = (b.intercept - a.intercept) / (a.slope - b.slope);
  return { gamma, U4: a.intercept + a.slope * gamma };
};

const others = [orderD0, ...judgedCurved];

export const orderClaims: readonly Claim[] = [
  claim("order-by-instrument", "section 7: telling the orders apart from data alone", {
    statement:
      "From sweeps alone the instrument tells linear networks of one hidden layer from those of two and three, at 14 of 15 starts at least.",
    routes: {
      measured: "verdicts on sweeps by gradient descent",
      predicted: "closed forms: continuous, jump, jump",
      kind: "formula",
    },
    studies: judgedLinear.map(({ sweep }) => sweep),
    measure(run) {
      const answers = judgedLinear.flatMap(judged =>
        judgements(run, judged).map(({ verdict }) => verdict === judged.order),
      );
      const right = answers.filter(Boolean).length;
      return [
        {
          ...above(`starts judged right, of ${answers.length}`, right, (14 / 15) * answers.length - 1),
          members: answers.length,
        },
      ];
    },
  }),
  claim("depth-is-not-all", "section 5: what fixes the order at D = 1 is a Landau expansion", {
    statement:
      "D = 0 has no transition; tanh is continuous at k3 = -0.5 and jumps at -1.5; swish with a skewed target jumps: all with one layer.",
    routes: {
      measured: "verdicts on sweeps by gradient descent",
      predicted: "signs of r3 and r4",
      kind: "formula",
    },
    studies: others.map(({ sweep }) => sweep),
    measure: run =>
      others.map(judged => {
        const { order, sweep } = judged;
        const answers = judgements(run, judged);
        const right = answers.filter(({ verdict }) => verdict === order).length;
        const quantity = `${sweep.name}: share judged ${order}`;
        return { ...near(quantity, right / answers.length, 1, 0), members: answers.length };
      }),
  }),
  claim("binder-crossing", "section 6: Binder cumulants of p at D = 1", {
    statement: "Binder cumulants of different n cross at gamma = N, at the mean-field value 0.2705.",
    routes: {
      measured: "Langevin dynamics at n = 100, 400, 1600",
      predicted: "1 - Gamma(1/4)^2 / (12 Gamma(3/4)^2)",
      kind: "formula",
    },
    studies: temperatures.flatMap(({ runs }) => runs.map(({ run }) => run)),
    measure(run) {
      const outer = crossing(run, 100, 1600);
      const inner = crossing(run, 400, 1600);
      return [
        near("crossing of n = 100 and 1600", outer.gamma, 1, 0.01),
        near("U4 there", outer.U4, 0.27, 0.02),
        near("crossing of n = 400 and 1600", inner.gamma, 1, 0.01),
      ];
    },
  }),
];
