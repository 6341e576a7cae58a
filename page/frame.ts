import type { JsonObject } from "../src/contracts/json.ts";
import type { ParameterArray } from "../src/contracts/objective.ts";

/** A look at a live run, as the worker sends it. */
export interface Frame {
  readonly step: number;
  readonly loss: number;
  readonly order: number;
  readonly label: string;
  /** All that the learner observed. */
  readonly seen: JsonObject;
  readonly w: Float64Array;
  /** What the parameters are. */
  readonly parameters: readonly ParameterArray[];
  /** The loss on the line from zero through the parameters, at multiples `rayAt` of them. */
  readonly ray: Float64Array;
  /** Values of the controls under which it was made. */
  readonly at: { readonly [name: string]: number | string };
}

/** Multiples of the parameters at which the loss is looked at: the state is at 1. */
export const rayAt: readonly number[] = Array.from({ length: 41 }, (_, i) => -0.4 + (i * 2.1) / 40);
