import type { Verdict } from "../../src/contracts/claim.ts";
import type { RunRecord, Study } from "../../src/contracts/protocol.ts";
import type { System } from "../../src/contracts/system.ts";
import { runInMemory } from "../../src/lab/run-in-memory.ts";
import type { Spec } from "../../src/lab/spec.ts";
import { webExecutor } from "../../src/lab/web/workers.ts";
import { workerAddress } from "./address.ts";

/** A run in this page, as its records come in. */
export interface StudyRun {
  readonly seed: number;
  readonly studies: readonly Study[];
  study(name: string): Study | undefined;
  records(study: string, kind: string): readonly RunRecord[];
}

export interface FinishedRun extends StudyRun {
  readonly contentHash: string;
  readonly verdicts: readonly Verdict[];
}

export interface RunSpecOptions {
  readonly signal: AbortSignal;
  /** Called with all records so far, at most a few times a second, and with the share that is done. */
  onRecords?(run: StudyRun, done: number): void;
}

/** Leaves a core to the page and to the run that plays. */
const workers = (): number => Math.max(1, Math.min(8, (navigator.hardwareConcurrency || 2) - 1));

const PAUSE = 250;

/** Runs a spec on workers of its own, the same tasks and the same bits as `landau run`. Rejects with a LandauError, of kind "cancelled" when the signal is aborted. */
export const runSpec = async (
  spec: Spec,
  system: System,
  { signal, onRecords }: RunSpecOptions,
): Promise<FinishedRun> => {
  const gathered = new Map<string, RunRecord[]>();
  let shown = performance.now();
  let share = 0;
  const viewOf = (complete: { readonly studies: readonly Study[] }): StudyRun => {
    const frozen = new Map([...gathered].map(([key, records]) => [key, [...records].sort(byChain)]));
    return {
      seed: spec.seed,
      studies: complete.studies,
      study: name => complete.studies.find(study => study.name === name),
      records: (study, kind) => frozen.get(`${study} ${kind}`) ?? NONE,
    };
  };
  const finished = await runInMemory(spec, {
    systems: { [system.name]: system },
    executor: webExecutor(workerAddress("task"), workers()),
    signal,
    onRecord(study, record, complete) {
      const key = `${study} ${record.kind}`;
      const own = gathered.get(key);
      if (own) own.push(record);
      else gathered.set(key, [record]);
      const now = performance.now();
      if (!onRecords || now - shown < PAUSE) return;
      shown = now;
      onRecords(viewOf(complete), share);
    },
    onProgress(_study, done, planned) {
      share = planned ? planned.done / Math.max(1, planned.known) : done;
    },
  });
  const { contentHash, verdicts, records } = finished;
  return {
    seed: spec.seed,
    studies: finished.spec.studies,
    study: name => finished.spec.studies.find(study => study.name === name),
    records,
    contentHash,
    verdicts,
  };
};

const NONE: readonly RunRecord[] = [];
const byChain = (a: RunRecord, b: RunRecord): number => a.chain - b.chain;
