import { MultiBar, type SingleBar } from "cli-progress";
import type { Study } from "../contracts/protocol.ts";
import type { Output } from "./terminal.ts";

/** Shows how far the studies of a run are. */
export interface Progress {
  /** `done` of the chains of a study are done; a part of a chain counts as a fraction. */
  update(study: string, done: number): void;
  /** A chain of a study ended in a phase; null when in none, undefined when its system has no phases. */
  ended(study: string, phase: string | null | undefined): void;
  /** Leaves the last state on the screen. */
  stop(): void;
}

/** Seconds between two lines where there is no terminal. */
const PLAIN_PERIOD = 5;

/** Bars on a terminal, else a line now and then. The first output comes at once. */
export const showProgress = (
  studies: readonly Study[],
  output: Output,
  now: () => number = () => performance.now() / 1000,
): Progress => {
  const states = new Map(studies.map(study => [study.name, startState(study)]));
  const view = output.isTTY ? bars([...states.values()], output, now) : lines([...states.values()], output, now);
  // What is reported at the very start was done before: the run is being resumed.
  let isBeginning = true;
  queueMicrotask(() => {
    isBeginning = false;
  });
  const change = (name: string, apply: (state: StudyState) => void) => {
    const state = states.get(name);
    if (!state) return;
    apply(state);
    view.changed(state);
  };
  return {
    update: (name, done) =>
      change(name, state => {
        if (isBeginning) state.before = done;
        // A study may wait for others before it begins.
        if (done <= state.before) state.started = now();
        // Fractions of chains that were summed may miss a whole number by a rounding.
        const whole = Math.round(done);
        state.done = Math.max(state.done, Math.abs(done - whole) < 1e-6 ? whole : done);
        if (state.done >= state.total) state.finished ??= now();
      }),
    ended: (name, phase) =>
      change(name, state => {
        state.ended++;
        if (phase !== undefined) state.phases.set(phase ?? "none", (state.phases.get(phase ?? "none") ?? 0) + 1);
      }),
    stop: view.stop,
  };
};

interface StudyState {
  readonly name: string;
  readonly total: number;
  readonly phases: Map<string, number>;
  /** Chains of which the last record is there. */
  ended: number;
  done: number;
  /** How much was done before this call: a resumed study starts with more than nothing. */
  before: number;
  /** When the first chain was taken up. */
  started?: number;
  finished?: number;
}

interface View {
  changed(state: StudyState): void;
  stop(): void;
}

const startState = ({ name, chains }: Study): StudyState => ({
  name,
  total: chains,
  phases: new Map(),
  ended: 0,
  done: 0,
  before: 0,
});

const bars = (states: readonly StudyState[], output: Output, now: () => number): View => {
  const nameWidth = Math.max(...states.map(({ name }) => name.length));
  const display = new MultiBar({
    stream: output as NodeJS.WriteStream,
    format: (_options, { progress }, { state }) =>
      `${state.name.padEnd(nameWidth)} ${barText(progress)} ${stateText(state, now())}`,
    hideCursor: true,
    linewrap: false,
    // Ctrl-C is the command line's affair.
    gracefulExit: false,
    fps: 10,
  });
  const shown = new Map<StudyState, SingleBar>(
    states.map(state => [state, display.create(state.total, 0, { state })] as const),
  );
  display.update();
  return {
    changed: state => shown.get(state)?.update(state.done, { state }),
    stop: () => display.stop(),
  };
};

const lines = (states: readonly StudyState[], output: Output, now: () => number): View => {
  const print = (state: StudyState) => output.write(`${state.name} ${stateText(state, now())}\n`);
  const chains = states.reduce((sum, { total }) => sum + total, 0);
  const [members, studies] = [chains === 1 ? "chain" : "chains", states.length === 1 ? "study" : "studies"];
  output.write(`${chains} ${members} in ${states.length} ${studies}\n`);
  let last = now();
  const ended = new Set<StudyState>();
  return {
    changed: state => {
      if (state.finished === undefined && now() - last < PLAIN_PERIOD) return;
      // The line of a finished study waits until all its phases are counted.
      if (state.finished !== undefined && (ended.has(state) || state.ended < state.total)) return;
      if (state.finished !== undefined) ended.add(state);
      last = now();
      print(state);
    },
    stop: () => {
      for (const state of states) if (state.done > 0 && !ended.has(state)) print(state);
    },
  };
};

const WIDTH = 16;

const barText = (progress: number): string => {
  const full = Math.max(0, Math.min(WIDTH, Math.floor(progress * WIDTH)));
  return "█".repeat(full) + "░".repeat(WIDTH - full);
};

/** "12/60  1.9/s  25 s left  4: 9  4+: 8" */
const stateText = ({ total, done, before, started, finished, phases }: StudyState, now: number): string => {
  const seconds = (finished ?? now) - (started ?? now);
  const rate = done > before && seconds > 0 ? (done - before) / seconds : 0;
  const parts = [`${Math.floor(done)}/${total}`];
  if (rate > 0) parts.push(`${rate >= 10 ? rate.toFixed(0) : rate.toPrecision(2)}/s`);
  if (finished !== undefined) parts.push(timeText(seconds));
  else if (rate > 0) parts.push(`${timeText((total - done) / rate)} left`);
  const tally = [...phases].sort(([a], [b]) => (a < b ? -1 : 1)).map(([phase, count]) => `${phase}: ${count}`);
  return [...parts, ...tally].join("  ");
};

const timeText = (seconds: number): string => {
  if (seconds < 90) return `${Math.ceil(seconds)} s`;
  return seconds < 5400 ? `${Math.round(seconds / 60)} min` : `${(seconds / 3600).toFixed(1)} h`;
};
