import type { Settings } from "../../contracts/field.ts";
import type { RunRecord } from "../../contracts/protocol.ts";
import type { System } from "../../contracts/system.ts";
import { groupBy } from "../../numerics/group-by.ts";
import { mean } from "../../numerics/statistics.ts";
import { textChart } from "./text-chart.ts";

interface SweepPoint {
  readonly control: number;
  readonly order: number;
}

/** What a sweep up and down came to: where the order parameter changed most on either way, what theory says, and both ways in a chart. */
export const sweepLines = (
  records: readonly RunRecord[],
  settings: Settings,
  { learner }: Pick<System, "learner">,
  width: number,
): readonly string[] => {
  const usable = records.filter(({ control, order, pace }) =>
    [control, order, pace].every(value => typeof value === "number"),
  );
  if (usable.length === 0) return [];
  const slowest = Math.max(...usable.map(({ pace }) => pace as number));
  const branch = (direction: string) =>
    averaged(usable.filter(record => record.pace === slowest && record.direction === direction));
  const [up, down] = [branch("up"), branch("down")];
  const name = String(settings.control ?? "control");
  const critical = learner?.critical?.(settings as never)[name] ?? [];
  const chart = textChart(
    [
      { mark: "o", x: down.map(({ control }) => control), y: down.map(({ order }) => order) },
      { mark: "+", x: up.map(({ control }) => control), y: up.map(({ order }) => order) },
    ],
    { width, xLabel: name },
  );
  return [
    ...changeLine("up", up, name),
    ...changeLine("down", down, name),
    ...(critical.length > 0 ? [`theory: critical ${name} ${critical.map(digits).join(", ")}`] : []),
    ...(chart
      ? [
          "",
          `${learner?.order.label ?? "order parameter"}: + up, o down, * both${chart.note ? ` (${chart.note})` : ""}`,
          ...chart.lines,
        ]
      : []),
  ];
};

/** Means over chains, ascending in the control. */
const averaged = (records: readonly RunRecord[]): readonly SweepPoint[] =>
  [...groupBy(records, ({ control }) => control as number)]
    .map(([control, same]) => ({ control, order: mean(same.map(({ order }) => order as number)) }))
    .sort((a, b) => a.control - b.control);

/** Between which two values of the control the order parameter changed most. */
const changeLine = (way: string, points: readonly SweepPoint[], name: string): readonly string[] => {
  if (points.length < 2) return [];
  let best = 1;
  const change = (i: number) => Math.abs(points[i].order - points[i - 1].order);
  for (let i = 2; i < points.length; i++) if (change(i) > change(best)) best = i;
  const [a, b] = [points[best - 1], points[best]];
  return [
    `largest change on the way ${way}: ${digits(a.order)} at ${name} ${digits(a.control)}, ${digits(b.order)} at ${digits(b.control)}`,
  ];
};

const digits = (value: number): string => String(Number(value.toPrecision(4)));
