import type { JsonObject } from "../contracts/json.ts";
import { invalid, LandauError } from "../errors.ts";
import { batchSource } from "./batches.ts";
import { type ChainContext, freshReport, type StepReport } from "./sampler.ts";
import type { Target } from "./target.ts";

/** Where a chain stands and what is known of the target there: the part of the state that samplers with a gradient share. */
export type ChainPoint = {
  step: number;
  w: Float64Array;
  loss: number;
  /** U(w) and its gradient; of the next step's batch when there are batches. */
  energy: number;
  gradient: Float64Array;
};

export const freshPoint = (w: Float64Array): ChainPoint => ({
  step: 0,
  w: w.slice(),
  loss: 0,
  energy: 0,
  gradient: new Float64Array(w.length),
});

/** What an error says of the sampler it stopped. */
export interface ErrorSource {
  readonly name: string;
  readonly settings: JsonObject;
  /** What to change, as a sentence without a capital; asked for only when there is an error to report. */
  hint(): string;
}

export const diverged = (
  what: string,
  value: number,
  step: number,
  { name, settings, hint }: ErrorSource,
): LandauError =>
  new LandauError("diverged", `${what} is ${value} at step ${step} of ${name} ${JSON.stringify(settings)}: ${hint()}`);

/** The error for a start at which the target has no finite value. */
export const badStart = (what: string, value: number, { name }: ErrorSource): LandauError =>
  invalid(
    `${what} at the start of ${name}`,
    value,
    "a finite number: start inside the support of the prior, where loss and gradient are defined",
  );

export const checkLength = (w: Float64Array, size: number, name: string): void => {
  if (w.length !== size) throw invalid(`the length of the start of ${name}`, w.length, String(size));
};

export const checkStart = ({ energy, gradient }: ChainPoint, source: ErrorSource): void => {
  if (!Number.isFinite(energy)) throw badStart("the loss", energy, source);
  const bad = gradient.findIndex(slope => !Number.isFinite(slope));
  if (bad >= 0) throw badStart(`entry ${bad} of the gradient`, gradient[bad], source);
};

/** How samplers that accept every step go from point to point. */
export interface Follower {
  readonly last: StepReport;
  /** The point at the start. Throws a LandauError of kind "input" when it is of another length, or nothing is defined there. */
  begin(w: Float64Array): ChainPoint;
  place(point: ChainPoint, w: Float64Array): void;
  /** Counts a step that moved `point.w`, evaluates there and reports. */
  advance(point: ChainPoint): void;
}

export const follower = (
  target: Target,
  source: ErrorSource,
  { batch, context }: { readonly batch?: number; readonly context: ChainContext },
): Follower => {
  const loss = new Float64Array(1);
  const batches = batch === undefined ? undefined : batchSource(target, batch, context);
  const last = freshReport();
  const evaluate = (point: ChainPoint): void => {
    const { w, gradient, step } = point;
    point.energy = batches ? batches(w, gradient, loss, step) : target.valueAndGradient(w, gradient, loss);
    point.loss = loss[0];
  };
  return {
    last,
    begin(w) {
      checkLength(w, target.size, source.name);
      const point = freshPoint(w);
      evaluate(point);
      checkStart(point, source);
      return point;
    },
    place(point, w) {
      point.w.set(w);
      evaluate(point);
      checkStart(point, source);
    },
    advance(point) {
      point.step++;
      evaluate(point);
      // One comparison catches NaN and both infinities.
      if (!(Math.abs(point.energy) < Infinity)) throw diverged("the loss", point.energy, point.step, source);
      last.energy = point.energy;
      last.evaluations = 1;
    },
  };
};
