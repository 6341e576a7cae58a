import type { Verdict } from "../../src/contracts/claim.ts";
import type { RunRecord, Study } from "../../src/contracts/protocol.ts";
import type { ErrorKind } from "../../src/errors.ts";
import type { Spec } from "../../src/lab/spec.ts";
import type { SweepMap } from "../../src/protocols/sweep-cells.ts";

export interface StudyRequest {
  readonly spec: Spec;
  /** Address of the worker that runs tasks, and how many of them may run at once. */
  readonly address: string;
  readonly count: number;
}

/** Records by study and kind, as "study kind". */
export type KeyedRecords = readonly (readonly [key: string, records: readonly RunRecord[]])[];

/** What the runs of a map of two controls say of its cells. */
export type MapReading = Pick<SweepMap, "cells" | "reading">;

export type StudyReply =
  /** Records that are new, and the share of the run that is done. */
  | {
      readonly type: "records";
      readonly studies: readonly Study[];
      readonly records: KeyedRecords;
      readonly done: number;
      readonly reading: MapReading | undefined;
    }
  /** All records in the order of a stored run. */
  | {
      readonly type: "done";
      readonly studies: readonly Study[];
      readonly records: KeyedRecords;
      readonly contentHash: string;
      readonly verdicts: readonly Verdict[];
      readonly reading: MapReading | undefined;
    }
  | { readonly type: "failed"; readonly kind: ErrorKind; readonly message: string };
