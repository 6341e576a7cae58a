import type { Figure } from "../charts/exhibits.ts";
import { lineChart, type Point } from "../charts/line-chart.ts";
import { colours } from "../charts/theme.ts";
import type { Learner } from "../contracts/learner.ts";
import type { RunRecord } from "../contracts/protocol.ts";
import type { RunView } from "../contracts/run-view.ts";
import { mean } from "../numerics/statistics.ts";
import { counted, figureHead, numberIn, type SeenStudy } from "./seen-study.ts";

/** Learning coefficients that chains estimate at one nBeta, with their standard errors, their mean and the closed form. */
export const coefficientFigure = (study: SeenStudy<"final", RunRecord>, learner?: Learner): Figure => {
  const head = figureHead(study, "final", { name: "lambda", title: "Learning coefficient of each chain", height: 380 });
  const measured = (run: RunView) => study.of(run, "final").filter(({ lambda }) => typeof lambda === "number");
  const exact = (run: RunView) => {
    const [first] = study.of(run, "final");
    const phase = first?.label ?? first?.point;
    const at = study.settings(run);
    const isComplete = Object.keys(learner?.controls ?? {}).every(name => name in at);
    return isComplete && typeof phase === "string" ? (learner?.coefficient?.(phase, at) ?? null) : null;
  };
  return {
    ...head,
    caption(run) {
      const finals = measured(run);
      const closed = exact(run);
      return [
        `Measured: nBeta (mean L - L*) of ${counted(finals.length, "chain")} at nBeta = ${finals[0]?.nBeta}; whiskers are 95 % intervals from each chain's own autocorrelations, where it has them.`,
        closed && `Theory: ${closed.where}.`,
      ]
        .filter(Boolean)
        .join(" ");
    },
    draw(run, surface) {
      const finals = measured(run);
      const values = finals.map(record => numberIn(record, "lambda"));
      const errors = finals.map(record => (typeof record.standardError === "number" ? record.standardError : 0));
      const closed = exact(run);
      return lineChart(
        {
          title: head.title,
          description: `${counted(finals.length, "estimate")}, one for each chain.`,
          x: { label: "chain", whole: true },
          y: { label: "lambda" },
          curves: [],
          scatters: [
            {
              points: finals.map(({ chain }, i): Point => [chain, values[i]]),
              ranges: values.map((value, i) => [value - 1.96 * errors[i], value + 1.96 * errors[i]] as const),
              colour: colours.blue,
            },
          ],
          levels: [
            ...(values.length > 0 ? [{ label: "mean", value: mean(values), colour: colours.blue }] : []),
            ...(closed ? [{ label: "closed form", value: closed.lambda, colour: colours.vermillion }] : []),
          ],
        },
        surface,
      );
    },
  };
};
