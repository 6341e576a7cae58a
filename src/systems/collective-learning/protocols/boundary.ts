import { integer } from "../../../contracts/field.ts";
import { protocol } from "../../../contracts/protocol.ts";
import { invalid } from "../../../errors.ts";
import { bracketOf } from "../../../protocols/bracket.ts";
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

type BoundaryRecords = {
  /** Labelled "ordered" where the ordered state lasts. */
  readonly trial: { readonly sigma: number; readonly order: number; readonly label: State["label"] };
  readonly final: Found & { readonly label: "boundary" | "no boundary in the range" };
};

/** The couplings between which order ends, and M^2 at the lower one; null where the range holds no boundary. */
type Found = { readonly lower: number | null; readonly upper: number | null; readonly square: number | null };

/** The coupling at which the ordered state is lost, by halving a bracket: first its ends, then a piece for each halving. */
export const boundary = protocol<BoundaryRecords, { readonly sigma: number } | Found>()({
  name: "boundary",
  summary: "halves a range of couplings down to the one at which the ordered state no longer lasts",
  settings: {
    ...networkControls,
    D: { ...networkControls.D, default: 2, min: 1 },
    sample: { ...networkControls.sample, default: "quantiles" },
    low: { ...networkControls.low, default: 1 },
    high: { ...networkControls.high, default: 1 },
    from: { ...networkControls.sigma, summary: "coupling at which it lasts", default: 110 },
    to: { ...networkControls.sigma, summary: "coupling at which it does not", default: 140 },
    halvings: integer("times the range is halved", { default: 10, min: 1, max: 40 }),
    time: { ...timeControl, summary: "time after which one looks, and once more", default: 5e4 },
    tolerance: { ...toleranceControl, default: 1e-6 },
  },
  small: { networks: 12, halvings: 2, from: 20, to: 1000 },
  check(settings) {
    checkStart(settings);
    const { from, to } = settings;
    if (!(from < to)) throw invalid("from", from, `a coupling below to, which is ${to}`);
  },
  plan({ settings: { from, to, halvings } }, records, round) {
    if (round === 0) return [{ sigma: from }, { sigma: to }];
    const trials = records.filter(record => record.kind === "trial");
    if (trials.length < records.length) return [];
    const bracket = bracketOf(trials, ({ label }) => label === "ordered");
    if (bracket === null) return [{ lower: null, upper: null, square: null }];
    const { lower, upper } = bracket;
    if (round <= halvings) return [{ sigma: (lower.sigma + upper.sigma) / 2 }];
    return [{ lower: lower.sigma, upper: upper.sigma, square: lower.order * lower.order }];
  },
  run({ settings, piece, ...address }, context) {
    if ("sigma" in piece) {
      const { sigma } = piece;
      const m = startState(settings, address);
      const { advance } = implicitFlow(collectiveAt({ ...settings, sigma }, address), settings.tolerance);
      advance(m, settings.time);
      const halfWay = Math.abs(collectiveState(m).M);
      context.progress(0.5);
      advance(m, settings.time);
      const { order } = collectiveState(m);
      // At a continuous boundary M falls as 1/sqrt(t), by 1/sqrt 2 in a doubling of time.
      const lasts = order > halfWay * Math.SQRT1_2 && order > 1e-6;
      context.record("trial", { sigma, order, label: lasts ? "ordered" : "disordered" });
    } else {
      context.record("final", { ...piece, label: piece.lower === null ? "no boundary in the range" : "boundary" });
    }
    context.progress(1);
  },
});
