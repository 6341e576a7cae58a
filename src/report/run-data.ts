import type { RunRecord, Study, Verdict } from "../contracts/index.ts";
import type { RunView } from "../contracts/run-view.ts";
import type { FastModeName } from "../lab/fast-modes.ts";

/** All that a report reads of a finished run. */
export interface RunData {
  readonly id: string;
  /** When the run was started, in ISO 8601. */
  readonly created: string;
  /** The exact command that made it. */
  readonly command: string;
  /** Versions by name: landau, node, ... */
  readonly versions: { readonly [name: string]: string };
  readonly seed: number;
  /** Hash of the run's content. */
  readonly contentHash: string;
  readonly spec: { readonly studies: readonly Study[]; readonly fast?: readonly FastModeName[] };
  readonly verdicts: readonly Verdict[];
  /** Records of one kind of one study, in chain order; empty when there are none. */
  records(study: string, kind: string): readonly RunRecord[];
}

export const viewOf = ({ seed, spec, records }: RunData): RunView => ({
  seed,
  study: name => spec.studies.find(study => study.name === name),
  records,
});
