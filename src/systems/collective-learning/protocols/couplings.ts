import { integer } from "../../../contracts/field.ts";
import { protocol } from "../../../contracts/protocol.ts";
import { sweepValues } from "../../../numerics/sweep-values.ts";
import { STRONGEST, WEAKEST } from "../learner.ts";
import {
  checkStart,
  collectiveAt,
  collectiveState,
  networkControls,
  type State,
  startState,
  timeControl,
  toleranceControl,
} from "../networks.ts";
import { implicitFlow } from "../theory/implicit-flow.ts";
import { collectiveLoss } from "../theory/model.ts";

type CouplingRecords = {
  readonly coupling: { readonly sigma: number } & State & { readonly loss: number };
  readonly final: Phases & { readonly label: State["label"] };
};

/** Couplings at which the networks end in each phase. */
type Phases = { readonly [phase in State["label"]]: number };

/** The same networks at many couplings, each time from the start anew: one piece for each coupling, and one for the count of phases. */
export const couplings = protocol<CouplingRecords, { readonly sigma: number } | Phases>()({
  name: "couplings",
  summary: "the flow of the same networks at couplings on a log grid, each from the same start",
  settings: {
    ...networkControls,
    from: { ...networkControls.sigma, summary: "first coupling", default: WEAKEST, min: 1e-6 },
    to: { ...networkControls.sigma, summary: "last coupling", default: STRONGEST, min: 1e-6 },
    values: integer("couplings, ends included", { default: 23, min: 2, max: 10_000 }),
    time: { ...timeControl, summary: "time of the flow at each coupling" },
    tolerance: { ...toleranceControl, default: 1e-4 },
  },
  small: { networks: 12, values: 3, time: 2 },
  check: checkStart,
  plan({ settings: { from, to, values } }, records, round) {
    if (round === 0) return [...sweepValues(from, to, values, "log")].map(sigma => ({ sigma }));
    if (round > 1) return [];
    const ordered = records.filter(({ label }) => label === "ordered").length;
    return [{ ordered, disordered: values - ordered }];
  },
  run({ settings, piece, ...address }, context) {
    if ("sigma" in piece) {
      const { sigma } = piece;
      const collective = collectiveAt({ ...settings, sigma }, address);
      const m = startState(settings, address);
      implicitFlow(collective, settings.tolerance).advance(m, settings.time);
      context.record("coupling", {
        sigma,
        ...collectiveState(m),
        loss: collectiveLoss(settings.D, collective.delta, m),
      });
    } else {
      context.record("final", { ...piece, label: piece.ordered > 0 ? "ordered" : "disordered" });
    }
    context.progress(1);
  },
});
