import { lineChart, type Point } from "../src/charts/line-chart.ts";
import type { Drawing } from "../src/charts/svg.ts";
import { colours } from "../src/charts/theme.ts";
import { defaultsOf } from "../src/contracts/field.ts";
import type { System } from "../src/contracts/system.ts";
import { anneal } from "../src/protocols/anneal.ts";
import { LIVE } from "../src/protocols/live.ts";
import { theoryCurves } from "./over-control.ts";
import { createSession, rangeOf } from "./session.ts";

const SIZE = { width: 300, height: 170 };
/** Of the sweep: few enough that it takes a moment. */
const SWEEP = { values: 31, steps: 60, settle: 200 };

export type Sweep = readonly { readonly direction: string; readonly control: number; readonly order: number }[];

/** The order parameter over the knob of a system, a sweep as far as it is known over the predicted curve. */
export const thumbnail = (system: System, sweep: Sweep): Drawing => {
  const session = createSession(system);
  const knob = session.knob.peek();
  const { low, high, isLog } = rangeOf(session, knob);
  const title = `${session.learner.order.label} over ${knob}`;
  const of = (direction: "up" | "down"): Point[] =>
    sweep.filter(each => each.direction === direction).map(({ control, order }) => [control, order] as const);
  return lineChart(
    {
      title,
      description: title,
      x: { label: knob, domain: [low, high], ...(isLog && { scale: "log" as const }) },
      y: { label: "order parameter" },
      curves: theoryCurves(session, knob),
      scatters: [
        { points: of("up"), colour: colours.blue },
        { points: of("down"), colour: colours.orange },
      ],
    },
    SIZE,
  );
};

/** A quick sweep of the knob, told value by value. */
export const quickSweep = (system: System, see: (sweep: Sweep) => void): void => {
  const session = createSession(system);
  const { learner } = session;
  const knob = session.knob.peek();
  const { from, to } = learner.sweeps[knob]!;
  const { isLog } = rangeOf(session, knob);
  const protocol = anneal(learner);
  const seen: { direction: string; control: number; order: number }[] = [];
  const settings = {
    ...defaultsOf(protocol.settings),
    ...Object.fromEntries(
      Object.entries(session.values.peek()).filter(
        ([name]) => Object.hasOwn(learner.controls, name) && Object.hasOwn(system.protocols[LIVE].settings, name),
      ),
    ),
    ...{ control: knob, from, to, spacing: isLog ? "log" : "linear", ...SWEEP, paces: 1 },
  };
  protocol.run(
    { settings: settings as never, seed: 0, chain: 0, piece: undefined },
    {
      record(kind, fields) {
        if (kind !== "sweep") return;
        const { direction, control, order } = fields as never as (typeof seen)[number];
        seen.push({ direction, control, order });
        see(seen);
      },
      snapshot: () => {},
      save: () => {},
      saved: undefined,
      progress: () => {},
    },
  );
};
