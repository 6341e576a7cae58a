import type { RunRecord, Study } from "../../src/contracts/protocol.ts";
import { isLandauError } from "../../src/errors.ts";
import { runInMemory } from "../../src/lab/run-in-memory.ts";
import { webExecutor } from "../../src/lab/web/workers.ts";
import { LIVE_MAP } from "../../src/protocols/sweep.ts";
import { type AxisSettings, axesOf } from "../../src/protocols/sweep-axes.ts";
import { sweepMap } from "../../src/protocols/sweep-cells.ts";
import { loadSystem } from "../../src/systems/index.ts";
import type { MapReading, StudyReply, StudyRequest } from "./study-messages.ts";

/** Milliseconds between two reports. */
const PAUSE = 250;

const post = (reply: StudyReply): void => self.postMessage(reply);

/** The map of a spec that is one, as far as its cells were run; none of one control, and none while no cell lies on it. */
const readingOf = (
  [{ protocol, settings }]: readonly Study[],
  cells: readonly RunRecord[] = [],
): MapReading | undefined => {
  if (protocol !== LIVE_MAP || cells.length === 0) return undefined;
  const axes = axesOf(settings as unknown as AxisSettings);
  if (axes.y === null) return undefined;
  try {
    const { cells: summaries, reading } = sweepMap(cells, axes);
    return { cells: summaries, reading };
  } catch (error) {
    if (isLandauError(error)) return undefined;
    throw error;
  }
};

/** Plans a run and hands out its tasks, apart from the page: choosing the next cells of a map, and reading those that were run, takes its time. */
self.onmessage = async ({ data: { spec, address, count } }: MessageEvent<StudyRequest>) => {
  const all = new Map<string, RunRecord[]>();
  let fresh = new Map<string, RunRecord[]>();
  let shown = performance.now();
  let done = 0;
  try {
    const run = await runInMemory(spec, {
      systems: { [spec.system]: await loadSystem(spec.system) },
      executor: webExecutor(address, count),
      onRecord(study, record, { studies }) {
        const key = `${study} ${record.kind}`;
        append(all, key, record);
        append(fresh, key, record);
        const now = performance.now();
        if (now - shown < PAUSE) return;
        shown = now;
        const reading = readingOf(studies, [...(all.get(`${LIVE_MAP} cell`) ?? [])]);
        post({ type: "records", studies, records: [...fresh], done, reading });
        fresh = new Map();
      },
      onProgress(_study, share, planned) {
        done = planned ? planned.done / Math.max(1, planned.known) : share;
      },
    });
    const { studies } = run.spec;
    const records = [...all.keys()].map(key => {
      const at = key.lastIndexOf(" ");
      return [key, run.records(key.slice(0, at), key.slice(at + 1))] as const;
    });
    const { contentHash, verdicts } = run;
    const reading = readingOf(studies, run.records(LIVE_MAP, "cell"));
    post({ type: "done", studies, records, contentHash, verdicts, reading });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    post({ type: "failed", kind: isLandauError(error) ? error.kind : "engine", message });
  }
};

const append = (map: Map<string, RunRecord[]>, key: string, record: RunRecord): void => {
  const own = map.get(key);
  if (own) own.push(record);
  else map.set(key, [record]);
};
