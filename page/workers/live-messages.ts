import type { Settings } from "../../src/contracts/field.ts";
import type { Frame } from "../frame.ts";

/** What the page asks of the worker that plays a run. `id` tells one start from the next. */
export type LiveRequest =
  | {
      readonly type: "start";
      readonly id: number;
      readonly system: string;
      readonly settings: Settings;
      readonly seed: number;
    }
  /** Goes on at other values, the state carried along. */
  | { readonly type: "carry"; readonly settings: Settings }
  | { readonly type: "play" }
  | { readonly type: "pause" }
  | { readonly type: "step" };

export type LiveReply =
  | { readonly type: "frame"; readonly id: number; readonly frame: Frame }
  | { readonly type: "ended"; readonly id: number }
  | { readonly type: "failed"; readonly id: number; readonly message: string };
