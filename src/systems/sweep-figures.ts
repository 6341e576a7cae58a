import type { Figure, RunView } from "../charts/exhibits.ts";
import { type Curve, lineChart, type Place, type Point } from "../charts/line-chart.ts";
import { colours } from "../charts/theme.ts";
import type { RunRecord } from "../contracts/protocol.ts";

export interface SweepFigure {
  readonly name: string;
  readonly title: string;
  readonly study: string;
  /** What the control and the order parameter are called. */
  readonly x: string;
  readonly y: string;
  /** Field of the records that is drawn, or what is made of one. */
  readonly value: (record: RunRecord) => number;
  /** Theory over the control, drawn broken. */
  readonly theory: readonly Curve[];
  readonly places?: readonly Place[];
  /** Sentences behind those that every such caption has. */
  readonly remark: string;
}

/** Records of one direction of the slowest sweep of the first chain, by ascending control. */
const branchOf = (run: RunView, study: string, direction: string): readonly RunRecord[] => {
  const records = run.records(study, "sweep").filter(({ chain }) => chain === 0);
  const slowest = Math.max(...records.map(({ pace }) => pace as number));
  return records
    .filter(record => record.direction === direction && record.pace === slowest)
    .sort((a, b) => (a.control as number) - (b.control as number));
};

/** An order parameter over its control: sweeps up and down as points, the theory beside them. */
export const sweepFigure = (figure: SweepFigure): Figure => {
  const { name, title, study, x, y, value, theory, places = [], remark } = figure;
  const points = (run: RunView, direction: string): Point[] =>
    branchOf(run, study, direction).map(record => [record.control as number, value(record)]);
  return {
    name,
    title,
    width: 760,
    height: 420,
    needs: [{ study, kind: "sweep" }],
    caption: run =>
      `Measured: gradient descent in a slow sweep up (blue) and down (orange) of one network, ${points(run, "up").length} values each, ` +
      `without smoothing. Theory: broken lines. ${remark}`,
    draw: (run, surface) =>
      lineChart(
        {
          title,
          description: `${y} over ${x}: ${points(run, "up").length} values up and as many down.`,
          x: { label: x },
          y: { label: y },
          curves: theory,
          scatters: [
            { points: points(run, "up"), colour: colours.blue },
            { points: points(run, "down"), colour: colours.orange },
          ],
          places,
          key: [
            { sample: "ring", text: "up", colour: colours.blue },
            { sample: "ring", text: "down", colour: colours.orange },
            { sample: "dashed", text: "theory" },
          ],
        },
        surface,
      ),
  };
};
