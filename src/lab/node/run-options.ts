import type { RunRecord } from "../../contracts/protocol.ts";
import type { Systems } from "../complete-spec.ts";
import type { Executor } from "../executor.ts";
import type { TellProgress } from "../study-progress.ts";
import type { Engine } from "./cluster/engine.ts";
import type { Manifest } from "./manifest.ts";

export interface RunOptions {
  readonly systems: Systems;
  /** The folder of all runs; made when missing. */
  readonly folder: string;
  /** How tasks are run: on as many worker threads as there are cores when absent. */
  readonly executor?: Executor;
  /** Gets tasks done elsewhere, in place of the executor. */
  readonly engine?: Engine;
  /** Milliseconds between two looks for results of an engine; 1000 when absent. */
  readonly pollEvery?: number;
  /** Aborting it ends the run with a LandauError of kind "cancelled"; it can be resumed. */
  readonly signal?: AbortSignal;
  /** Milliseconds between the saved states of a task; 1000 when absent. */
  readonly saveEvery?: number;
  /** The run is there and about to begin. */
  onStart?(manifest: Manifest): void;
  readonly onProgress?: TellProgress;
  /** A record was stored, or was found in a run that is resumed. */
  onRecord?(study: string, record: RunRecord): void;
  /** All tasks are done, and a claim is about to be judged, at place `index` of `count`. */
  onJudge?(claim: string, index: number, count: number): void;
  /** Something was put right that one may want to know of, such as a torn line that was cut off. */
  onNotice?(message: string): void;
}
