import type { EnsembleContext, NamedArrays, SavedState } from "../contracts/protocol.ts";
import type { System } from "../contracts/system.ts";
import { explained, invalid, isLandauError, LandauError } from "../errors.ts";
import { checkName, recordLine } from "./record-line.ts";
import { chainsText, pieceText, type Task } from "./tasks.ts";

/** Where a task can be taken up: before its line `lines`, in chain `chain`, from a saved state or that chain's start. */
export interface ResumePoint {
  readonly chain: number;
  /** How many lines of the task's log belong before this point. */
  readonly lines: number;
  readonly state?: SavedState;
}

/** Where the results of one task go, in the order in which they arise. */
export interface TaskOutput {
  /** One line of the log, without its end. */
  line(line: string): void;
  snapshot(chain: number, name: string, arrays: NamedArrays): void;
  /** A point from which the task can be resumed; a later one replaces it. */
  state(point: ResumePoint): void;
  /** How many of the task's chains are done; a part of a chain counts as a fraction. */
  progress(done: number): void;
}

export interface TaskOptions {
  readonly resume?: ResumePoint;
  /** Milliseconds on any steady clock. Decides what is kept and shown, never a result. */
  now(): number;
  /** At least so many milliseconds lie between two saved states; more behind a large one. */
  readonly saveEvery: number;
  /** Asked at every progress; true ends the task with a LandauError of kind "cancelled". */
  isCancelled?(): boolean;
}

const PROGRESS_EVERY = 100;

/** Bytes of saved states that may be written in a millisecond: a fraction of what a disk takes, so that saving stays cheap. */
const SAVE_RATE = 10_000;

/**
 * Runs the chains of a task: one after the other, or side by side when the protocol can. Throws what a protocol throws; a LandauError
 * keeps its kind and names the chains it came from.
 */
export const runTask = (task: Task, system: System, output: TaskOutput, options: TaskOptions): void => {
  const { settings, seed, from, to, piece } = task;
  const { resume, now, saveEvery, isCancelled = () => false } = options;
  const protocol = system.protocols[task.protocol];
  let lines = resume?.lines ?? 0;
  let lastSave = now();
  let pause = saveEvery;
  let lastProgress = Number.NEGATIVE_INFINITY;

  const showProgress = (done: number) => {
    if (isCancelled()) throw new LandauError("cancelled", "cancelled");
    if (now() - lastProgress < PROGRESS_EVERY) return;
    lastProgress = now();
    output.progress(done);
  };

  const contextFrom = (first: number, covered: number): EnsembleContext => {
    const snapshots = new Set<string>();
    return {
      record(chain, kind, fields) {
        output.line(recordLine(kind, chain, fields));
        lines++;
      },
      snapshot(chain, name, arrays) {
        checkName("a snapshot's name", name);
        const key = `${chain} ${name}`;
        if (snapshots.has(key)) throw invalid("a snapshot's name", name, "to be new: each is stored once");
        snapshots.add(key);
        checkShapes(name, arrays);
        output.snapshot(chain, name, arrays);
      },
      save(state) {
        if (now() - lastSave < pause) return;
        lastSave = now();
        const copy = copyState(state());
        pause = Math.max(saveEvery, sizeOf(copy) / SAVE_RATE);
        output.state({ chain: first, lines, state: copy });
      },
      saved: first === resume?.chain ? resume.state : undefined,
      progress(fraction) {
        showProgress(first - from + covered * Math.min(Math.max(fraction, 0), 1));
      },
    };
  };

  if (protocol.runTogether) {
    showProgress(0);
    const { runTogether } = protocol;
    named(task, chainsText(from, to), () =>
      runTogether({ settings, seed, from, to, piece }, contextFrom(from, to - from)),
    );
    return;
  }
  for (let chain = resume?.chain ?? from; chain < to; chain++) {
    showProgress(chain - from);
    const { record, snapshot, ...context } = contextFrom(chain, 1);
    named(task, `chain ${chain}`, () =>
      protocol.run(
        { settings, seed, chain, piece },
        {
          ...context,
          record: (kind, fields) => record(chain, kind, fields),
          snapshot: (name, arrays) => snapshot(chain, name, arrays),
        },
      ),
    );
  }
};

/** A LandauError of a protocol keeps its kind and names the chains it came from. */
const named = (task: Task, who: string, run: () => void): void => {
  try {
    run();
  } catch (thrown) {
    const error = explained(thrown);
    if (!isLandauError(error) || error.kind === "cancelled") throw error;
    const where = `study ${task.study}, ${who}${pieceText(task.piece)}`;
    throw new LandauError(error.kind, `${where}: ${error.message}`, { cause: error });
  }
};

/** Protocols offer their live buffers. */
const copyState = (state: SavedState): SavedState =>
  Object.fromEntries(
    Object.entries(state).map(([name, value]) => [name, typeof value === "number" ? value : value.slice()]),
  );

/** In bytes, numbers left out. */
const sizeOf = (state: SavedState): number =>
  Object.values(state).reduce((sum: number, value) => sum + (typeof value === "number" ? 0 : value.byteLength), 0);

const checkShapes = (snapshot: string, arrays: NamedArrays): void => {
  for (const [name, { shape, data }] of Object.entries(arrays)) {
    const size = shape.reduce((product, length) => product * length, 1);
    if (size !== data.length)
      throw invalid(`the shape of ${name} in snapshot ${snapshot}`, shape, `${data.length} entries in all`);
  }
};
