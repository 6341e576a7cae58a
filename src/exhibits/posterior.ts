import { categoryHistogram } from "../charts/category-histogram.ts";
import type { Figure } from "../charts/exhibits.ts";
import { lineChart, type Point } from "../charts/line-chart.ts";
import { stacked } from "../charts/stacked.ts";
import { series } from "../charts/theme.ts";
import type { Learner } from "../contracts/learner.ts";
import type { RecordOf, RunRecord } from "../contracts/protocol.ts";
import type { RunView } from "../contracts/run-view.ts";
import { mean, standardDeviation } from "../numerics/statistics.ts";
import { studentQuantile } from "../numerics/student.ts";
import type { PosteriorRecords } from "../protocols/posterior.ts";
import { byChain } from "../protocols/records.ts";
import { counted, figureHead, numberIn, type SeenStudy } from "./seen-study.ts";

type Draws = RecordOf<PosteriorRecords, "draws">;

/** Any final record of a posterior: shares of its draws by the name of a class, or in a list by its number. */
export type WithOccupancy = RunRecord & {
  readonly occupancy: readonly number[] | { readonly [phase: string]: number };
};

/** At most this many points of a trace are drawn. */
const DRAWN = 400;

/** Shares of the phases in the draws of a posterior, mean over chains with 95 % intervals from what chains differ by. */
export const occupancyFigure = (study: SeenStudy<"final", WithOccupancy>): Figure => {
  const head = figureHead(study, "final", { name: "occupancy", title: "Phases of the posterior", height: 380 });
  return {
    ...head,
    caption(run) {
      const finals = study.of(run, "final");
      return (
        `Measured: the share of the draws of ${counted(finals.length, "chain")} in each phase, nBeta = ${finals[0].nBeta}; whiskers are 95 % intervals ` +
        "of the mean over chains, from what they differ by (none for a single chain)."
      );
    },
    draw(run, surface) {
      const finals = study.of(run, "final");
      const phases = [...new Set(finals.flatMap(({ occupancy }) => Object.keys(occupancy)))]
        .filter(phase => sharesOf(finals, phase).some(share => share > 0))
        .sort();
      return categoryHistogram(
        {
          title: head.title,
          description: phases.map(phase => `${phase}: ${mean(sharesOf(finals, phase)).toFixed(3)}`).join(", "),
          xLabel: "phase",
          yLabel: "share of draws",
          total: 1,
          measured: "mean over chains, 95 %",
          categories: phases.map((label, i) => {
            const shares = sharesOf(finals, label);
            const share = mean(shares);
            return {
              label,
              count: share,
              text: share.toFixed(3),
              colour: series[i % series.length],
              ...(shares.length > 1 && { interval: intervalOf(shares) }),
            };
          }),
        },
        surface,
      );
    },
  };
};

const sharesOf = (finals: readonly WithOccupancy[], phase: string): number[] =>
  finals.map(({ occupancy }) => Object.entries(occupancy).find(([name]) => name === phase)?.[1] ?? 0);

/** 95 % Student interval of the mean, within [0, 1]. */
const intervalOf = (shares: readonly number[]): readonly [number, number] => {
  const half = (studentQuantile(shares.length - 1) * standardDeviation(shares)) / Math.sqrt(shares.length);
  return [Math.max(0, mean(shares) - half), Math.min(1, mean(shares) + half)];
};

/** Loss and order parameter along the chains: those that have converged cover the same range. */
export const tracesFigure = (study: SeenStudy<"draws", Draws>, learner: Learner): Figure => {
  const head = figureHead(study, "draws", { name: "traces", title: "Traces of the posterior", height: 560 });
  const traces = (run: RunView, field: "loss" | "order") =>
    [...byChain(study.of(run, "draws")).values()].map(own => {
      const values = own.flatMap(record => record[field]);
      const every = Math.max(1, Math.ceil(values.length / DRAWN));
      return values.filter((_, i) => i % every === 0).map((value, i): Point => [i * every, value]);
    });
  return {
    ...head,
    caption: run =>
      `Measured: loss and ${learner.order.label} along ${counted(traces(run, "loss").length, "chain")}, a colour for each; at most ${DRAWN} draws of each are shown. ` +
      "Chains that have converged cover the same range.",
    draw: (run, surface) =>
      stacked(
        { title: head.title, description: "Loss and order parameter of each chain over its draws." },
        (["loss", "order"] as const).map(field => ({
          share: 1,
          draw: own =>
            lineChart(
              {
                title: field,
                description: `${field} of each chain.`,
                x: { label: "draw" },
                y: { label: field === "loss" ? "loss" : learner.order.label },
                curves: traces(run, field).map((points, chain) => ({
                  points,
                  colour: series[chain % series.length],
                  opacity: 0.6,
                  strokeWidth: 1,
                })),
              },
              own,
            ),
        })),
        surface,
      ),
  };
};

/** Mean losses of the batches of each chain, where records hold no more. */
export const batchTracesFigure = (study: SeenStudy<"draws", RunRecord>): Figure => {
  const head = figureHead(study, "draws", { name: "traces", title: "Traces of the posterior", height: 340 });
  return {
    ...head,
    caption: run =>
      `Measured: mean loss over each batch of draws, of ${counted(byChain(study.of(run, "draws")).size, "chain")}, a colour for each. Chains that have converged cover the same range.`,
    draw: (run, surface) =>
      lineChart(
        {
          title: head.title,
          description: "Mean loss of each batch of draws, along each chain.",
          x: { label: "draw" },
          y: { label: "mean loss of a batch" },
          curves: [...byChain(study.of(run, "draws")).values()].map((own, chain) => ({
            points: own.map((record): Point => [numberIn(record, "to"), numberIn(record, "meanLoss")]),
            colour: series[chain % series.length],
            opacity: 0.7,
          })),
        },
        surface,
      ),
  };
};
