import type { JsonObject } from "../contracts/json.ts";
import { type ChainPoint, type ErrorSource, type Follower, follower } from "./point.ts";
import type { ChainContext, Kernel, Sampler } from "./sampler.ts";
import type { Target } from "./target.ts";

/** What tells a sampler that accepts every step from the others. */
interface UnadjustedRule<State extends ChainPoint> {
  readonly name: string;
  readonly settings: JsonObject;
  /** Samples per gradient; all when absent. */
  readonly batch?: number;
  /** Its parts on a target. `advance` counts the step that moved `w` and evaluates there. */
  on(target: Target, context: ChainContext, advance: Follower["advance"]): UnadjustedMoves<State>;
}

interface UnadjustedMoves<State extends ChainPoint> extends Pick<ErrorSource, "hint"> {
  /** The state at the start, around the point there. */
  init(point: ChainPoint): State;
  /** One step with the standard normal numbers `xi`, one for each parameter; it calls `advance` once. */
  step(state: State, xi: Float64Array): void;
  /** Nothing when absent. */
  readonly report?: Kernel<State>["report"];
}

/** A sampler whose every step is accepted, and takes one gradient, of all samples or of a batch, and one set of normal numbers. */
export const unadjusted = <State extends ChainPoint>({
  name,
  settings,
  batch,
  on,
}: UnadjustedRule<State>): Sampler<State> => ({
  name,
  settings,
  adjusted: false,
  hamiltonian: false,
  on(target, context) {
    const xi = new Float64Array(target.size);
    const noises = context.random("noise");
    const source: ErrorSource = { name, settings, hint: () => moves.hint() };
    const { last, place, begin, advance } = follower(target, source, { batch, context });
    const moves = on(target, context, advance);
    return {
      last,
      place,
      init: w => moves.init(begin(w)),
      step(state) {
        noises.at(state.step).normals(xi);
        moves.step(state, xi);
      },
      report: moves.report ?? (() => ({})),
    };
  },
});
