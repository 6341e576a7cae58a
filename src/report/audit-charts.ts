import type { LineChart } from "../charts/line-chart.ts";
import { colours } from "../charts/theme.ts";
import { exp, log } from "../numerics/elementary.ts";
import { wilson } from "../numerics/statistics.ts";
import { sweepValues } from "../numerics/sweep-values.ts";
import type { TaskAudit } from "../transitions/emergence/audit-task.ts";
import { extrapolate } from "../transitions/emergence/extrapolate.ts";
import { exactMatch } from "../transitions/emergence/token-metrics.ts";

const axis = { label: "scale", scale: "log" } as const;
const POINTS = 60;

/** The line through ln(-ln p) of the first scales, over all of them, with its 95 % interval. */
const forecast = ({ scale, p }: TaskAudit, m: number) => {
  const grid = [...sweepValues(scale[0], scale[scale.length - 1], POINTS, "log")];
  const x = [...scale.slice(0, m).map(log), ...grid.map(log)];
  const y = [...p!.slice(0, m).map(value => log(-log(value))), ...grid.map(() => 0)];
  const { mean, lo, hi } = extrapolate(x, y, { m });
  return { grid, mean, lo, hi };
};

/** Exact match with its counting errors, what independent tokens make of it, and what the small models foretell. */
export const exactChart = (audit: TaskAudit): LineChart | undefined => {
  const { scale, exact, n, p, length } = audit;
  if (!exact || !n) return undefined;
  const intervals = exact.map((share, i) => wilson(Math.round(share * n[i]), n[i]));
  const m = Math.floor(scale.length / 2);
  const ahead = p && length !== null ? forecast(audit, m) : undefined;
  const back = (value: number): number => exp(-length! * exp(value));
  return {
    title: "Exact match over scale",
    description: "Counts with 95 % intervals; where there are scores per token, what independent tokens make of them.",
    x: axis,
    y: { label: "exact match", domain: [0, 1] },
    curves: [
      ...(p && length !== null
        ? [{ points: scale.map((N, i) => [N, exactMatch(p[i], length)] as const), colour: colours.vermillion }]
        : []),
      ...(ahead
        ? [ahead.mean, ahead.lo, ahead.hi].map((values, i) => ({
            points: ahead.grid.map((N, j) => [N, back(values[j])] as const),
            colour: colours.green,
            dashed: true,
            opacity: i === 0 ? 1 : 0.6,
            strokeWidth: i === 0 ? 1.5 : 1,
          }))
        : []),
    ],
    scatters: [
      {
        points: scale.map((N, i) => [N, exact[i]]),
        ranges: intervals.map(({ low, high }) => [low, high]),
        colour: colours.blue,
      },
    ],
    key: [
      { sample: "ring", text: "exact match, 95 %", colour: colours.blue },
      ...(ahead
        ? [
            { sample: "line", text: "independent tokens", colour: colours.vermillion } as const,
            { sample: "dashed", text: `foreseen from the first ${m}, 95 %`, colour: colours.green } as const,
          ]
        : []),
    ],
  };
};

/** The loss of the accuracy per token, on which a power law is a line and a jump a jump. */
export const lossChart = (audit: TaskAudit): LineChart | undefined => {
  const { scale, p } = audit;
  if (!p) return undefined;
  const m = Math.floor(scale.length / 2);
  const { grid, mean, lo, hi } = forecast(audit, m);
  return {
    title: "Loss per token over scale",
    description: "A power law is a line; a jump in what was learned is a jump here too.",
    x: axis,
    y: { label: "-ln p, nats per token", scale: "log" },
    curves: [mean, lo, hi].map((values, i) => ({
      points: grid.map((N, j) => [N, exp(values[j])] as const),
      colour: colours.green,
      dashed: true,
      opacity: i === 0 ? 1 : 0.6,
      strokeWidth: i === 0 ? 1.5 : 1,
    })),
    scatters: [{ points: scale.map((N, i) => [N, -log(p[i])]), colour: colours.blue }],
    key: [
      { sample: "ring", text: "measured", colour: colours.blue },
      { sample: "dashed", text: `line through the first ${m}, 95 %`, colour: colours.green },
    ],
  };
};

/** The largest model as foreseen from more and more of the smaller ones. */
export const foreseenChart = ({ foreseen }: TaskAudit): LineChart => ({
  title: "Could the largest have been foreseen?",
  description: "Forecasts of the largest model from the smallest 3, 4 and so on, with 95 % intervals.",
  x: { label: "models that the forecast sees, the smallest first", whole: true },
  y: { label: "score of the largest", domain: [0, 1] },
  curves: [],
  scatters: [
    {
      points: foreseen.map(({ m, mean }) => [m, mean]),
      ranges: foreseen.map(({ low, high }) => [low, high]),
      colour: colours.green,
    },
  ],
  levels: [{ label: "seen", value: foreseen[0].seen, colour: colours.blue }],
  key: [{ sample: "ring", text: "forecast, 95 %", colour: colours.green }],
});
