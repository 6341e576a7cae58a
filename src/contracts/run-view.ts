import type { RunRecord, Study } from "./protocol.ts";

/** What claims, figures and tables may read of a run. */
export interface RunView {
  readonly seed: number;
  /** The study as it was run; undefined when the run had none of this name. */
  study(name: string): Study | undefined;
  /** Its records of one kind, in chain order; empty when there are none. */
  records(study: string, kind: string): readonly RunRecord[];
}
