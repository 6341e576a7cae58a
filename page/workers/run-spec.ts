import type { Verdict } from "../../src/contracts/claim.ts";
import type { RunRecord, Study } from "../../src/contracts/protocol.ts";
import { LandauError } from "../../src/errors.ts";
import type { Spec } from "../../src/lab/spec.ts";
import { startWorker, workerAddress } from "./address.ts";
import type { KeyedRecords, MapReading, StudyReply, StudyRequest } from "./study-messages.ts";

/** A run in this page, as its records come in. */
export interface StudyRun {
  readonly seed: number;
  readonly studies: readonly Study[];
  study(name: string): Study | undefined;
  records(study: string, kind: string): readonly RunRecord[];
  /** Of a map of two controls. */
  readonly reading: MapReading | undefined;
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

/** Runs a spec on workers, the same tasks and the same bits as `landau run`. Rejects with a LandauError, of kind "cancelled" when the signal is aborted. */
export const runSpec = (spec: Spec, { signal, onRecords }: RunSpecOptions): Promise<FinishedRun> =>
  new Promise((done, fail) => {
    const worker = startWorker("study");
    const gathered = new Map<string, RunRecord[]>();
    const end = () => {
      worker.terminate();
      signal.removeEventListener("abort", cancel);
    };
    const cancel = () => {
      end();
      fail(new LandauError("cancelled", "stopped"));
    };
    signal.addEventListener("abort", cancel);
    worker.onerror = ({ message }) => {
      end();
      fail(new LandauError("engine", message || "the worker that runs studies was stopped"));
    };
    worker.onmessage = ({ data }: MessageEvent<StudyReply>) => {
      if (data.type === "records") {
        for (const [key, records] of data.records) gathered.set(key, [...(gathered.get(key) ?? []), ...records]);
        const frozen = [...gathered].map(([key, records]) => [key, [...records].sort(byChain)] as const);
        return onRecords?.(viewOf(spec.seed, data.studies, frozen, data.reading), data.done);
      }
      end();
      if (data.type === "failed") return fail(new LandauError(data.kind, data.message));
      const { studies, records, reading, contentHash, verdicts } = data;
      done({ ...viewOf(spec.seed, studies, records, reading), contentHash, verdicts });
    };
    const request: StudyRequest = { spec, address: workerAddress("task"), count: workers() };
    worker.postMessage(request);
  });

const viewOf = (
  seed: number,
  studies: readonly Study[],
  records: KeyedRecords,
  reading: MapReading | undefined,
): StudyRun => {
  const byKey = new Map(records);
  return {
    seed,
    studies,
    reading,
    study: name => studies.find(study => study.name === name),
    records: (study, kind) => byKey.get(`${study} ${kind}`) ?? NONE,
  };
};

const NONE: readonly RunRecord[] = [];
const byChain = (a: RunRecord, b: RunRecord): number => a.chain - b.chain;
