import { integer } from "../../../contracts/field.ts";
import { protocol } from "../../../contracts/protocol.ts";
import {
  checkStart,
  collectiveAt,
  collectiveState,
  minority,
  networkControls,
  type State,
  startState,
  timeControl,
  toleranceControl,
} from "../networks.ts";
import { implicitFlow } from "../theory/implicit-flow.ts";
import { collectiveLoss, magnetisation } from "../theory/model.ts";

type FlowRecords = {
  readonly path: { readonly time: number; readonly M: number; readonly loss: number };
  readonly networks: { readonly delta: readonly number[]; readonly m: readonly number[] };
  readonly final: State & {
    /** Networks with the sign that M has not, and those of them that the freezing field does not explain; null without hidden layers. */
    readonly minority: number | null;
    readonly unexplained: number | null;
    readonly meanDelta: number;
    readonly loss: number;
  };
};

/** The flow at one coupling. */
export const flow = protocol<FlowRecords>()({
  name: "flow",
  summary: "the coupled flow at one coupling: the mean over time, and each network at the end",
  settings: {
    ...networkControls,
    time: timeControl,
    points: integer("records on the way, equally spaced", { default: 20, min: 1, max: 10_000 }),
    tolerance: toleranceControl,
  },
  small: { networks: 12, time: 2, points: 4 },
  check: checkStart,
  run({ settings, ...address }, context) {
    const { D, points, tolerance, time } = settings;
    const collective = collectiveAt(settings, address);
    const delta = [...Float64Array.from(collective.delta)];
    const saved = context.saved as
      | { readonly m: Float64Array; readonly length: number; readonly index: number }
      | undefined;
    const m = saved?.m.slice() ?? startState(settings, address);
    const { advance, length } = implicitFlow(collective, tolerance, saved?.length);
    const span = time / points;
    for (let index = saved?.index ?? 0; index <= points; index++) {
      if (index > 0) advance(m, span);
      context.record("path", { time: span * index, M: collectiveState(m).M, loss: collectiveLoss(D, delta, m) });
      context.save(() => ({ m, length: length(), index: index + 1 }));
      if (index > 0) context.progress(index / points);
    }
    context.record("networks", { delta, m: [...m] });
    context.record("final", {
      ...collectiveState(m),
      ...minority(collective, m),
      meanDelta: magnetisation(delta),
      loss: collectiveLoss(D, delta, m),
    });
  },
});
