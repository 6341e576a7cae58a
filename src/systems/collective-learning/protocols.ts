import type { Protocol } from "../../contracts/protocol.ts";
import { sweepValues } from "../../numerics/sweep-values.ts";
import { sweepProtocol } from "../anneal.ts";
import { boundary, threshold } from "./boundaries.ts";
import { implicitFlow } from "./implicit-flow.ts";
import {
  checkStart,
  collectiveAt,
  collectiveState,
  minority,
  networkControls,
  startState,
  strengths,
  timeControl,
  toleranceControl,
} from "./networks.ts";
import { collectiveLoss } from "./theory.ts";

/** The flow at one coupling. */
const flow: Protocol = {
  name: "flow",
  summary: "the coupled flow at one coupling: the mean over time, and each network at the end",
  settings: {
    ...networkControls,
    time: timeControl,
    points: { kind: "integer", summary: "records on the way, equally spaced", default: 20, min: 1, max: 10_000 },
    tolerance: toleranceControl,
  },
  check: checkStart,
  run(member, context) {
    const { settings } = member;
    const { D, points, tolerance } = settings as { [name: string]: number };
    const delta = strengths(settings, member);
    const collective = collectiveAt(settings, delta);
    const m = startState(settings, member);
    const { advance } = implicitFlow(collective, tolerance);
    const span = (settings.time as number) / points;
    const look = (index: number) =>
      context.record("path", { time: span * index, M: collectiveState(m).M, loss: collectiveLoss(D, delta, m) });
    look(0);
    for (let index = 1; index <= points; index++) {
      advance(m, span);
      look(index);
      context.progress(index / points);
    }
    context.record("networks", { delta: [...delta], m: [...m] });
    context.record("final", {
      ...collectiveState(m),
      ...minority(collective, m),
      meanDelta: delta.reduce((a, b) => a + b, 0) / delta.length,
      loss: collectiveLoss(D, delta, m),
    });
  },
};

/** Ends of the couplings of the source, 10^-2.2 and 10^2.2. */
const [WEAKEST, STRONGEST] = [0.006309573444801933, 158.48931924611134];

/** The same networks at many couplings, each time from the start anew: one piece for each coupling, and one for the count of phases. */
const couplings: Protocol = {
  name: "couplings",
  summary: "the flow of the same networks at couplings on a log grid, each from the same start",
  settings: {
    ...networkControls,
    from: { ...networkControls.sigma, summary: "first coupling", default: WEAKEST, min: 1e-6 },
    to: { ...networkControls.sigma, summary: "last coupling", default: STRONGEST, min: 1e-6 },
    values: { kind: "integer", summary: "couplings, ends included", default: 23, min: 2, max: 10_000 },
    time: { ...timeControl, summary: "time of the flow at each coupling" },
    tolerance: { ...toleranceControl, default: 1e-4 },
  },
  check: checkStart,
  plan({ settings }, records, round) {
    const { from, to, values } = settings as { [name: string]: number };
    if (round === 0) return [...sweepValues(from, to, values, "log")].map(sigma => ({ sigma }));
    if (round > 1) return [];
    const ordered = records.filter(({ label }) => label === "ordered").length;
    return [{ ordered, disordered: values - ordered }];
  },
  run(member, context) {
    const { settings } = member;
    const { D, time, tolerance } = settings as { [name: string]: number };
    const { sigma, ...phases } = member.piece as { [name: string]: number };
    if (sigma === undefined) {
      context.record("final", { ...phases, label: phases.ordered > 0 ? "ordered" : "disordered" });
    } else {
      const delta = strengths(settings, member);
      const m = startState(settings, member);
      implicitFlow({ ...collectiveAt(settings, delta), sigma }, tolerance).advance(m, time);
      context.record("coupling", { sigma, ...collectiveState(m), loss: collectiveLoss(D, delta, m) });
    }
    context.progress(1);
  },
};

/** The coupling or the decay swept slowly up and down, the networks carried along. */
const anneal = sweepProtocol({
  summary: "sweep the coupling or the decay slowly up and down, carrying the networks along by their flow",
  settings: {
    ...networkControls,
    stepTime: { ...timeControl, summary: "time of the flow in one step", default: 0.1 },
    tolerance: { ...toleranceControl, default: 1e-6 },
  },
  controls: ["sigma", "gamma"],
  defaults: { from: WEAKEST, to: STRONGEST, values: 23, steps: 100, settle: 0, spacing: "log" },
  check: checkStart,
  start: startState,
  move(settings, member, m, steps) {
    const collective = collectiveAt(settings, strengths(settings, member));
    implicitFlow(collective, settings.tolerance as number).advance(m, steps * (settings.stepTime as number));
    return collectiveLoss(collective.D, collective.delta, m);
  },
  observe: (_, m) => collectiveState(m),
});

export const collectiveLearningProtocols: { readonly [name: string]: Protocol } = {
  flow,
  couplings,
  anneal,
  boundary,
  threshold,
};
