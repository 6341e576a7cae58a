import { number } from "../../../contracts/field.ts";
import { protocol } from "../../../contracts/protocol.ts";
import { invalid } from "../../../errors.ts";
import { stream } from "../../../numerics/stream.ts";
import { collectiveState, networkControls, timeControl, toleranceControl } from "../networks.ts";
import { implicitFlow } from "../theory/implicit-flow.ts";
import { exactThreshold } from "../theory/laws.ts";

const NEAR_ZERO = 1e-4;

type ThresholdRecords = {
  /** Root mean square m at the end, below and above the threshold. */
  readonly final: {
    readonly threshold: number;
    readonly below: number;
    readonly above: number;
    readonly label: "as predicted" | "otherwise";
  };
};

/** Does zero repel just below the exact threshold of one hidden layer, and attract just above it? */
export const threshold = protocol<ThresholdRecords>()({
  name: "threshold",
  summary: "random networks with one hidden layer, one set a chain: growth from near zero around the exact threshold",
  settings: {
    weightDecay: networkControls.weightDecay,
    networks: { ...networkControls.networks, default: 12, max: 1000 },
    deltaMean: { ...networkControls.deltaMean, default: -0.2 },
    deltaSd: networkControls.deltaSd,
    margin: number("distance from the threshold on both sides, relative", { default: 0.02, min: 1e-4, max: 0.5 }),
    time: { ...timeControl, default: 1e6 },
    tolerance: { ...toleranceControl, default: 1e-6 },
  },
  small: { time: 1e4 },
  run({ settings, seed, chain }, context) {
    const { weightDecay: gamma, margin, tolerance, networks, deltaMean, deltaSd, time } = settings;
    let found: { readonly delta: Float64Array; readonly at: number } | null = null;
    const random = stream({ seed, chain, purpose: "delta" });
    for (let draw = 0; found === null && draw < 1000; draw++) {
      random.at(draw);
      const delta = Float64Array.from({ length: networks }, () => deltaMean + deltaSd * random.normal());
      const at = exactThreshold(delta, gamma);
      if (at !== null) found = { delta, at };
    }
    if (found === null)
      throw invalid(
        "deltaMean",
        deltaMean,
        "networks whose mean strength is below weightDecay and whose greatest is above",
      );
    const { delta, at } = found;
    const end = (sigma: number): number => {
      const m = new Float64Array(networks).fill(NEAR_ZERO);
      implicitFlow({ D: 1, gamma, sigma, delta }, tolerance).advance(m, time);
      return collectiveState(m).rms;
    };
    const [below, above] = [end(at * (1 - margin)), end(at * (1 + margin))];
    context.record("final", {
      threshold: at,
      below,
      above,
      label: below > NEAR_ZERO && above < NEAR_ZERO ? "as predicted" : "otherwise",
    });
    context.progress(1);
  },
});
