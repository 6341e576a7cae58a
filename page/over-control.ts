import { type Curve, lineChart, marginsOf, type Point, type Scatter } from "../src/charts/line-chart.ts";
import { lineCharts } from "../src/charts/line-charts.ts";
import type { Surface } from "../src/charts/surface.ts";
import { element } from "../src/charts/svg.ts";
import { colours } from "../src/charts/theme.ts";
import { judgeComparison, type Outcome } from "../src/contracts/claim.ts";
import type { RunRecord } from "../src/contracts/protocol.ts";
import { isLandauError } from "../src/errors.ts";
import { groupBy } from "../src/numerics/group-by.ts";
import { mean, standardDeviation } from "../src/numerics/statistics.ts";
import { studentQuantile } from "../src/numerics/student.ts";
import { keepLatest } from "../src/protocols/keep-latest.ts";
import type { Frame } from "./frame.ts";
import type { Marks } from "./parts/plot.tsx";
import { type Picture, shortNumber } from "./picture.ts";
import { type Pointed, rangeOf, type Session } from "./session.ts";

/** The order parameter at a value of the knob, over seeds. */
export interface Measured {
  readonly control: number;
  readonly mean: number;
  /** Null for a single run. */
  readonly standardError: number | null;
  readonly count: number;
  readonly predicted: number | null;
}

/** Runs of a map of one control, by its value. Those that diverged have no order parameter. */
export const measuredOf = (session: Session, cells: readonly RunRecord[], knob: string): readonly Measured[] =>
  [
    ...groupBy(
      cells.filter(({ order }) => typeof order === "number"),
      ({ x }) => x as number,
    ),
  ]
    .map(([control, own]): Measured => {
      const orders = own.map(({ order }) => order as number);
      return {
        control,
        mean: mean(orders),
        standardError: orders.length > 1 ? standardDeviation(orders) / Math.sqrt(orders.length) : null,
        count: orders.length,
        predicted: predictedAt(session, knob, control),
      };
    })
    .sort((a, b) => a.control - b.control);

export const predictedAt = ({ learner, values }: Session, knob: string, control: number): number | null => {
  try {
    const order = learner.order.theory?.({ ...values.value, [knob]: control } as never, knob) ?? null;
    return order !== null && Number.isFinite(order) ? order : null;
  } catch (error) {
    if (isLandauError(error)) return null;
    throw error;
  }
};

const POINTS = 121;

/** What the predicted curve depends on: all values but that of the knob. */
const curveKey = ({ system, values }: Session, knob: string): string =>
  JSON.stringify([system.name, knob, { ...values.value, [knob]: null }]);

/** The predicted order parameter over the range of the knob, broken where theory has none; asked for at every look at a run. */
export const theoryCurves = keepLatest(curveKey, (session, knob): readonly Curve[] => {
  const { low, high, isLog } = rangeOf(session, knob);
  const parts: Point[][] = [[]];
  for (let i = 0; i < POINTS; i++) {
    const at = isLog ? low * (high / low) ** (i / (POINTS - 1)) : low + ((high - low) * i) / (POINTS - 1);
    const order = predictedAt(session, knob, at);
    if (order !== null) parts[parts.length - 1].push([at, order]);
    else if (parts[parts.length - 1].length > 0) parts.push([]);
  }
  return parts.filter(({ length }) => length > 1).map(points => ({ points, colour: colours.vermillion, dashed: true }));
});

export interface Judgement {
  readonly outcome: Outcome;
  readonly text: string;
}

/** How much of the largest predicted order parameter a difference may be where seeds all agree. */
const MARGIN = 0.02;

/** A verdict on what was measured beside the prediction, with the number of seeds; nothing where there is nothing to compare. */
export const judged = (measured: readonly Measured[]): Judgement | undefined => {
  const compared = measured.filter(({ predicted, standardError }) => predicted !== null && standardError !== null);
  if (compared.length === 0) return undefined;
  const scale = Math.max(...compared.map(({ predicted }) => Math.abs(predicted!)), 1e-12);
  const outcomes = compared.map(({ mean, standardError, count, predicted }) => {
    const half = studentQuantile(count - 1) * standardError!;
    return judgeComparison({
      quantity: "order",
      measured: mean,
      interval: [mean - half, mean + half],
      predicted: predicted!,
      tolerance: MARGIN * scale,
      members: count,
    });
  });
  const held = outcomes.filter(outcome => outcome === "holds").length;
  const failed = compared.filter((_, i) => outcomes[i] === "fails");
  const seeds = Math.min(...compared.map(({ count }) => count));
  const runs = `${seeds} seeds at each of ${compared.length} values`;
  if (failed.length > 0)
    return {
      outcome: "fails",
      text: `Differs from theory at ${failed.length} of ${compared.length} values (first at ${shortNumber(failed[0].control)}): ${runs}. Close to a transition runs may not have settled, or rest in another phase.`,
    };
  if (held < compared.length)
    return {
      outcome: "undecided",
      text: `Undecided at ${compared.length - held} of ${compared.length} values: so few seeds do not tell. ${runs}.`,
    };
  return { outcome: "holds", text: `Agrees with theory within ${100 * MARGIN} % of its largest value: ${runs}.` };
};

export interface Shown {
  readonly session: Session;
  readonly frame?: Frame | undefined;
  /** Records of a slow sweep. */
  readonly sweep?: readonly RunRecord[] | undefined;
  readonly measured?: readonly Measured[] | undefined;
  /** Theory waits until the visitor has said where they expect the transition. */
  readonly isHidden: boolean;
  readonly marked?: number | undefined;
}

/** A picture over the knob that can be pointed at. */
export interface OverControl extends Picture {
  /** The value of the knob at a place in pixels; undefined beside the frame. */
  controlAt(surface: Surface, x: number): number | undefined;
  /** A line where another picture is pointed at. */
  marksAt(pointed: Pointed | null): Marks;
}

/** The order parameter over the knob: theory as a line, sweeps and means with errors as points, what is left over below in standard errors. */
export const overControlPicture = ({
  session,
  frame,
  sweep = [],
  measured = [],
  isHidden,
  marked,
}: Shown): OverControl => {
  const { learner, knob } = session;
  const name = knob.value;
  const { low, high, isLog } = rangeOf(session, name);
  const curves = isHidden ? [] : theoryCurves(session, name);
  const directions = isHidden ? [] : (["up", "down"] as const);
  const sweeps = directions.map(
    (direction): Scatter => ({
      points: sweep
        .filter(each => each.direction === direction)
        .map(({ control, order }): Point => [control as number, order as number]),
      colour: direction === "up" ? colours.blue : colours.orange,
    }),
  );
  const here =
    frame && Number.isFinite(Number(frame.at[name])) && (!isLog || Number(frame.at[name]) > 0)
      ? [[Number(frame.at[name]), frame.order] as const]
      : [];
  const means: Scatter = {
    points: isHidden ? [] : measured.map(({ control, mean }): Point => [control, mean]),
    ranges: isHidden
      ? []
      : measured.map(({ mean, standardError }) => [mean - (standardError ?? 0), mean + (standardError ?? 0)] as const),
    colour: colours.purple,
  };
  const critical = isHidden ? [] : session.critical.value;
  const places = [
    ...critical.map(value => ({ label: shortNumber(value), value })),
    ...(marked === undefined ? [] : [{ label: "you", value: marked }]),
  ];
  const rows = measured.filter(
    ({ predicted, standardError }) => predicted !== null && standardError !== null && standardError > 0,
  );
  const residuals = isHidden
    ? []
    : rows.map(({ control, mean, predicted, standardError }): Point => [control, (mean - predicted!) / standardError!]);
  const title = `${learner.order.label} over ${name}`;
  // A knob that stands beyond the sweep's range is seen where it stands.
  const now = Number(session.values.value[name]);
  const isWider = Number.isFinite(now) && !(isLog && now <= 0);
  const domain: readonly [number, number] = isWider ? [Math.min(low, now), Math.max(high, now)] : [low, high];
  const x = { label: name, domain, ...(isLog && { scale: "log" as const }) };
  const top = {
    title,
    description: `${title}, with the state of the run${curves.length > 0 ? ", the prediction" : ""}${sweep.length > 0 ? ` and ${sweep.length} values of a slow sweep` : ""}.`,
    x: residuals.length > 0 ? { ...x, label: "" } : x,
    y: { label: learner.order.label },
    curves,
    scatters: [...sweeps, means, { points: here, colour: colours.green }],
    places,
    key: [
      ...(curves.length > 0 ? [{ sample: "dashed" as const, text: "theory", colour: colours.vermillion }] : []),
      { sample: "ring" as const, text: "this run", colour: colours.green },
      ...(!isHidden && sweep.length > 0
        ? [
            { sample: "ring" as const, text: "sweep up", colour: colours.blue },
            { sample: "ring" as const, text: "down", colour: colours.orange },
          ]
        : []),
      ...(means.points.length > 0
        ? [{ sample: "ring" as const, text: "mean over seeds", colour: colours.purple }]
        : []),
    ],
  };
  const far = Math.max(
    4,
    Math.min(12, Math.ceil(residuals.reduce((most, [, value]) => Math.max(most, Math.abs(value)), 0))),
  );
  const strip = {
    title: "Residuals",
    description: "Measured less predicted, in standard errors.",
    x,
    y: {
      label: `residual, standard errors${residuals.some(([, value]) => Math.abs(value) > far) ? `, cut at ${far}` : ""}`,
      domain: [-far, far] as const,
    },
    curves: [],
    scatters: [
      {
        points: residuals.map(([at, value]): Point => [at, Math.max(-far, Math.min(far, value))]),
        colour: colours.purple,
      },
    ],
    regions: [{ label: "2 standard errors", low: -2, high: 2 }],
    share: 0.7,
  };
  const charts = residuals.length > 0 ? [top, strip] : [top];
  const edgesOf = (surface: Surface): readonly [number, number] => {
    const margins = charts.map(chart => marginsOf(chart, surface));
    return [
      Math.max(...margins.map(({ left }) => left)),
      surface.width - Math.max(...margins.map(({ right }) => right)),
    ];
  };
  const [first, last] = domain.map(value => (isLog ? Math.log(value) : value));
  return {
    name: "order-over-control",
    controlAt(surface, at) {
      const [left, right] = edgesOf(surface);
      if (at < left || at > right) return undefined;
      const value = first + ((at - left) / (right - left)) * (last - first);
      return isLog ? Math.exp(value) : value;
    },
    marksAt: pointed => surface => {
      const value = pointed?.[name];
      if (value === undefined) return [];
      const [left, right] = edgesOf(surface);
      const at = left + (((isLog ? Math.log(value) : value) - first) / (last - first)) * (right - left);
      if (!(at >= left && at <= right)) return [];
      return [
        element("path", {
          "data-mark": "pointed",
          d: `M${at},24V${surface.height - 36}`,
          ...{ stroke: colours.green, "stroke-dasharray": "2,3", fill: "none" },
        }),
      ];
    },
    title,
    height: residuals.length > 0 ? 440 : 340,
    draw: surface => (residuals.length > 0 ? lineCharts(top, [top, strip], surface) : lineChart(top, surface)),
    table: () => ({
      columns: [name, "kind", learner.order.label, "standard error", "predicted", "runs"],
      rows: isHidden
        ? []
        : [
            ...sweep
              .filter(({ direction }) => direction)
              .map(each => [
                each.control as number,
                `sweep ${each.direction}`,
                each.order as number,
                "",
                predictedAt(session, name, each.control as number) ?? "",
                1,
              ]),
            ...measured.map(each => [
              each.control,
              "mean over seeds",
              each.mean,
              each.standardError ?? "",
              each.predicted ?? "",
              each.count,
            ]),
            ...curves.flatMap(({ points }) => points.map(([at, order]) => [at, "theory", "", "", order, ""])),
          ],
    }),
  };
};

/** Where a sweep jumped, each way: between which values of the control the order parameter changed most. */
export const largestChange = (
  sweep: readonly RunRecord[],
  direction: "up" | "down",
): readonly [number, number] | undefined => {
  const own = sweep
    .filter(each => each.direction === direction)
    .map(({ control, order }) => [control as number, order as number] as const);
  let best: readonly [number, number] | undefined;
  let most = 0;
  for (let i = 1; i < own.length; i++) {
    const change = Math.abs(own[i][1] - own[i - 1][1]);
    if (change > most) [most, best] = [change, [own[i - 1][0], own[i][0]]];
  }
  return best;
};
