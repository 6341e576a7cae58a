import type { Protocol } from "../../contracts/protocol.ts";
import { invalid } from "../../errors.ts";
import { stream } from "../../numerics/stream.ts";
import { implicitFlow } from "./implicit-flow.ts";
import {
  checkStart,
  collectiveAt,
  collectiveState,
  networkControls,
  startState,
  strengths,
  timeControl,
  toleranceControl,
} from "./networks.ts";
import { exactThreshold } from "./theory.ts";

/** The coupling at which the ordered state is lost, by halving a bracket. */
export const boundary: Protocol = {
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
    halvings: { kind: "integer", summary: "times the range is halved", default: 10, min: 1, max: 40 },
    time: { ...timeControl, summary: "time after which one looks, and once more", default: 5e4 },
    tolerance: { ...toleranceControl, default: 1e-6 },
  },
  check(settings) {
    checkStart(settings);
    if (!((settings.from as number) < (settings.to as number)))
      throw invalid("from", settings.from, `a coupling below to, which is ${settings.to}`);
  },
  run(member, context) {
    const { settings } = member;
    const { halvings, tolerance } = settings as { [name: string]: number };
    const delta = strengths(settings, member);
    const lasts = (sigma: number) => {
      const m = startState(settings, member);
      const { advance } = implicitFlow({ ...collectiveAt(settings, delta), sigma }, tolerance);
      advance(m, settings.time as number);
      const halfWay = Math.abs(collectiveState(m).M);
      advance(m, settings.time as number);
      const { order } = collectiveState(m);
      // At a continuous boundary M falls as 1/sqrt(t), by 1/sqrt 2 in a doubling of time.
      const alive = order > halfWay * Math.SQRT1_2 && order > 1e-6;
      context.record("trial", { sigma, order, label: alive ? "ordered" : "disordered" });
      return { alive, order };
    };
    const ends = { from: lasts(settings.from as number), to: lasts(settings.to as number) };
    let [lower, upper, order] = [settings.from as number, settings.to as number, ends.from.order];
    const bracketed = ends.from.alive && !ends.to.alive;
    for (let i = 0; bracketed && i < halvings; i++) {
      const middle = (lower + upper) / 2;
      const trial = lasts(middle);
      if (trial.alive) [lower, order] = [middle, trial.order];
      else upper = middle;
      context.progress((i + 1) / halvings);
    }
    context.record("final", {
      lower: bracketed ? lower : null,
      upper: bracketed ? upper : null,
      square: bracketed ? order * order : null,
      label: bracketed ? "boundary" : "no boundary in the range",
    });
    context.progress(1);
  },
};

const NEAR_ZERO = 1e-4;

/** Does zero repel just below the exact threshold of one hidden layer, and attract just above it? */
export const threshold: Protocol = {
  name: "threshold",
  summary: "random networks with one hidden layer, one set a chain: growth from near zero around the exact threshold",
  settings: {
    gamma: networkControls.gamma,
    networks: { ...networkControls.networks, default: 12, max: 1000 },
    deltaMean: { ...networkControls.deltaMean, default: -0.2 },
    deltaSd: networkControls.deltaSd,
    margin: {
      kind: "number",
      summary: "distance from the threshold on both sides, relative",
      default: 0.02,
      min: 1e-4,
      max: 0.5,
    },
    time: { ...timeControl, default: 1e6 },
    tolerance: { ...toleranceControl, default: 1e-6 },
  },
  run(member, context) {
    const { settings, seed, chain } = member;
    const { gamma, margin, tolerance, networks } = settings as { [name: string]: number };
    let found: { readonly delta: Float64Array; readonly at: number } | null = null;
    const random = stream({ seed, chain, purpose: "delta" });
    for (let draw = 0; found === null && draw < 1000; draw++) {
      random.at(draw);
      const delta = Float64Array.from(
        { length: networks },
        () => (settings.deltaMean as number) + (settings.deltaSd as number) * random.normal(),
      );
      const at = exactThreshold(delta, gamma);
      if (at !== null) found = { delta, at };
    }
    if (found === null)
      throw invalid(
        "deltaMean",
        settings.deltaMean,
        "networks whose mean strength is below gamma and whose greatest is above",
      );
    const { delta, at } = found;
    const end = (sigma: number): number => {
      const m = new Float64Array(networks).fill(NEAR_ZERO);
      implicitFlow({ D: 1, gamma, sigma, delta }, tolerance).advance(m, settings.time as number);
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
};
