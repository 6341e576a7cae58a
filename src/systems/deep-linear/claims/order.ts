import type { Claim, Evidence } from "../../../contracts/claim.ts";
import { orderOfTransition } from "../../../transitions/order/index.ts";
import { binderCumulant } from "../../../transitions/order/statistics.ts";
import { sweepTable } from "../../anneal.ts";
import { near } from "../../compare.ts";
import { DECAYS, judged, langevinStudy, TEMPERATURES } from "./studies.ts";

const linear = ["order-D1", "order-D2", "order-D3"] as const;
const others = Object.keys(judged).filter(name => !linear.some(each => each === name));

/** The verdict on each start of a study, without knowledge of the network. */
const verdicts = (evidence: Evidence, study: string): string[] => {
  const records = evidence.records(study, "sweep");
  return [...new Set(records.map(({ chain }) => chain))].map(
    chain => orderOfTransition(sweepTable(records.filter(record => record.chain === chain))).verdict,
  );
};

/** Binder cumulant of p at each decay of a temperature. */
export const binderCurve = (evidence: Pick<Evidence, "records">, n: number) =>
  DECAYS.map(gamma => {
    const [record] = evidence.records(langevinStudy(n, gamma), "samples");
    return { gamma, U4: binderCumulant(record.samples as readonly number[]) as number };
  });

/** Crossing of two lines fitted to the curves of two temperatures. */
const crossing = (evidence: Evidence, small: number, large: number) => {
  const [a, b] = [small, large].map(n => straight(binderCurve(evidence, n)));
  let best = { gamma: 1, gap: Infinity, U4: 0 };
  for (let i = 0; i <= 1000; i++) {
    const gamma = 0.97 + (0.06 * i) / 1000;
    const gap = Math.abs(a(gamma) - b(gamma));
    if (gap < best.gap) best = { gamma, gap, U4: (a(gamma) + b(gamma)) / 2 };
  }
  return best;
};

/** Least squares of a straight line: over so short a range the cumulants hardly bend. */
const straight = (points: readonly { readonly gamma: number; readonly U4: number }[]) => {
  const n = points.length;
  const mx = points.reduce((sum, { gamma }) => sum + gamma, 0) / n;
  const my = points.reduce((sum, { U4 }) => sum + U4, 0) / n;
  const slope =
    points.reduce((sum, { gamma, U4 }) => sum + (gamma - mx) * (U4 - my), 0) /
    points.reduce((sum, { gamma }) => sum + (gamma - mx) * (gamma - mx), 0);
  return (gamma: number): number => my + slope * (gamma - mx);
};

export const orderClaims: readonly Claim[] = [
  {
    id: "order-by-instrument",
    where: "section 7: telling the orders apart from data alone",
    statement:
      "From sweeps alone the instrument tells linear networks of one hidden layer from those of two and three, at 14 of 15 starts at least.",
    routes: { measured: "verdicts on sweeps by gradient descent", predicted: "closed forms: continuous, jump, jump" },
    studies: linear,
    measure: evidence => {
      const answers = linear.flatMap(study =>
        verdicts(evidence, study).map(verdict => verdict === judged[study].order),
      );
      const right = answers.filter(Boolean).length;
      return [
        {
          quantity: `share right of ${answers.length}`,
          measured: right / answers.length,
          predicted: [14 / 15 - 1e-9, 1],
          members: answers.length,
        },
      ];
    },
  },
  {
    id: "depth-is-not-all",
    where: "section 5: what fixes the order at D = 1 is a Landau expansion",
    statement:
      "D = 0 has no transition; tanh is continuous at k3 = -0.5 and jumps at -1.5; swish with a skewed target jumps: all with one layer.",
    routes: { measured: "verdicts on sweeps by gradient descent", predicted: "signs of r3 and r4" },
    studies: others,
    measure: evidence =>
      others.map(study => {
        const expected = judged[study as keyof typeof judged].order;
        const answers = verdicts(evidence, study);
        const right = answers.filter(verdict => verdict === expected).length;
        return { ...near(`${study}: share judged ${expected}`, right / answers.length, 1, 0), members: answers.length };
      }),
  },
  {
    id: "binder-crossing",
    where: "section 6: Binder cumulants of p at D = 1",
    statement: "Binder cumulants of different n cross at gamma = N, at the mean-field value 0.2705.",
    routes: { measured: "Langevin dynamics at n = 100, 400, 1600", predicted: "1 - Gamma(1/4)^2 / (12 Gamma(3/4)^2)" },
    studies: TEMPERATURES.flatMap(n => DECAYS.map(gamma => langevinStudy(n, gamma))),
    measure: evidence => {
      const outer = crossing(evidence, 100, 1600);
      const inner = crossing(evidence, 400, 1600);
      return [
        near("crossing of n = 100 and 1600", outer.gamma, 1, 0.01),
        near("U4 there", outer.U4, 0.27, 0.02),
        near("crossing of n = 400 and 1600", inner.gamma, 1, 0.01),
      ];
    },
  },
];
