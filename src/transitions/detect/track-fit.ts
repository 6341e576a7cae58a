import type { Change } from "../change/describe-changes.ts";
import type { ChangesFound } from "../change/find-changes.ts";
import type { AxisName, View } from "./view.ts";

/** A change of one quantity, in steps. */
export interface TrackChange {
  readonly track: string;
  /** The axis along which the curve was looked at. */
  readonly axis: AxisName;
  readonly type: Change["type"];
  /** Step of the last point before it and of the first at which it is over. */
  readonly from: number;
  readonly to: number;
  /** 95 % interval of the step at which it begins, and its probability, which may be larger where points are few. */
  readonly begins: { readonly low: number; readonly high: number; readonly probability: number };
  readonly level: Change["level"];
  readonly ratio: Change["ratio"];
  readonly difference: Change["difference"];
  /** By how much the criterion is worse without it. */
  readonly evidence: number;
}

/** What was fitted to a quantity along an axis. */
export interface TrackFit {
  readonly track: string;
  readonly axis: AxisName;
  readonly view: View;
  readonly found: ChangesFound;
}
