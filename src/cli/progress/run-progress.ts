import type { RunRecord, Study } from "../../contracts/protocol.ts";
import type { PlannedTasks } from "../../lab/study-progress.ts";
import { countText } from "../count-text.ts";
import { clockOf, isLive, type Output, printLine, type Terminal } from "../terminal.ts";
import { barText, timeText } from "./bar.ts";
import { liveRows } from "./live-rows.ts";
import { isDone, type StudyState, secondsLeft, startState, sum } from "./study-state.ts";

/** Shows how far a run is. */
export interface RunProgress {
  /** `done` of the chains of a study are done; a part of a chain counts as a fraction. */
  update(study: string, done: number, planned?: PlannedTasks): void;
  /** A chain of a study ended in a phase; null when in none, undefined when its system has no phases. */
  ended(study: string, phase: string | null | undefined): void;
  /** A cell of a sweep has its record. */
  cell?(record: RunRecord): void;
  /** All studies are done, and this comes after them. */
  after(what: string, part?: Part): void;
  /** Prints a line that stays. */
  note(text: string): void;
  /** Leaves a line that says how far the run came. */
  stop(): void;
}

/** What is done of something that comes after the studies. */
export interface Part {
  readonly done: number;
  readonly total: number;
  /** What is done now. */
  readonly name: string;
}

interface View extends Pick<RunProgress, "after" | "note" | "stop"> {
  /** A study changed. */
  changed(state: StudyState): void;
}

/** Three rows on a terminal, else a line for each study that is done. The first output comes at once. */
export const showRunProgress = (
  studies: readonly Study[],
  terminal: Pick<Terminal, "stderr" | "env" | "seconds">,
  now: () => number = clockOf(terminal),
): RunProgress => {
  const states = new Map(studies.map(study => [study.name, startState(study)]));
  const all = [...states.values()];
  const view = (isLive(terminal) ? rows : lines)(all, terminal.stderr, now);
  // What is reported at the very start was done before: the run is being resumed.
  let isBeginning = true;
  queueMicrotask(() => {
    isBeginning = false;
  });
  let last = now();
  const change = (name: string, apply: (state: StudyState) => void) => {
    const state = states.get(name);
    if (!state) return;
    apply(state);
    view.changed(state);
  };
  return {
    update: (name, done, planned) =>
      change(name, state => {
        state.planned = planned;
        if (isBeginning) state.before = done;
        else {
          state.spent += now() - last;
          last = now();
          state.isBegun = true;
        }
        // Fractions of chains that were summed may miss a whole number by a rounding.
        const whole = Math.round(done);
        state.done = Math.max(state.done, Math.abs(done - whole) < 1e-6 ? whole : done);
      }),
    ended: (name, phase) =>
      change(name, state => {
        state.ended++;
        if (phase !== undefined) state.outcomes.set(phase ?? "none", (state.outcomes.get(phase ?? "none") ?? 0) + 1);
      }),
    after: view.after,
    note: view.note,
    stop: view.stop,
  };
};

/** Seconds between two drawings. */
export const FRAME = 0.1;

const rows = (states: readonly StudyState[], output: Output, now: () => number): View => {
  const live = liveRows(output);
  const begun = now();
  let stage: Stage | undefined;
  let drawn = Number.NEGATIVE_INFINITY;

  const draw = () => {
    drawn = now();
    const left = stage ? stageLeftText(stage, now()) : leftText(states);
    const whole = `${barText(shareOf(states))} ${left}  ${doneText(states)}`.trimEnd();
    live.draw([whole, ...(stage ? [stageText(stage)] : underWay(states))]);
  };
  const drawSometimes = () => {
    if (now() - drawn >= FRAME) draw();
  };
  draw();
  // Time goes by while nothing is reported, and a terminal may change its size.
  const clock = setInterval(drawSometimes, 1000 * FRAME);
  clock.unref();

  let isStopped = false;
  return {
    changed: drawSometimes,
    after(what, part) {
      stage = { what, part, begun: stage?.what === what ? stage.begun : now() };
      draw();
    },
    note(text) {
      live.clear();
      printLine(output, text);
      draw();
    },
    stop() {
      if (isStopped) return;
      isStopped = true;
      clearInterval(clock);
      live.clear();
      if (states.length > 0) printLine(output, `${doneText(states)} in ${timeText(now() - begun)}`);
    },
  };
};

interface Stage {
  readonly what: string;
  readonly part?: Part;
  readonly begun: number;
}

export const stageText = ({ what, part }: Stage): string =>
  part ? `${what}: ${part.done + 1} of ${part.total}, ${part.name}` : what;

const stageLeftText = ({ part, begun }: Stage, now: number): string =>
  part && part.done > 0
    ? `about ${timeText(((now - begun) / part.done) * (part.total - part.done))} left`
    : "little time left";

/** Seconds after which a line says how far a run is that finished no study since. */
export const QUIET = 60;

const lines = (states: readonly StudyState[], output: Output, now: () => number): View => {
  const print = (text: string) => printLine(output, text);
  const chains = sum(states, ({ total }) => total);
  if (states.length > 0) print(`${countText(chains, "chain")} in ${countText(states.length, "study", "studies")}`);
  const begun = now();
  let last = now();
  const printed = new Set<StudyState>();
  let stage: string | undefined;
  const printDone = (state: StudyState) => {
    if (!isDone(state) || printed.has(state)) return;
    printed.add(state);
    last = now();
    const { name, total, spent } = state;
    print([`${name} ${total}/${total}`, timeText(spent), outcomeText(state)].filter(Boolean).join("  "));
  };
  return {
    changed: state => {
      // The line of a finished study waits until all its phases are counted.
      if (state.ended >= state.total) printDone(state);
      if (now() - last < QUIET) return;
      last = now();
      print(`${doneText(states)}  ${leftText(states)}`);
    },
    after(what) {
      for (const state of states) printDone(state);
      if (what !== stage) print(what);
      stage = what;
    },
    note: print,
    stop: () => {
      if (!states.every(isDone)) print(`${doneText(states)} in ${timeText(now() - begun)}`);
    },
  };
};

/** A run of claims alone has no studies. */
const shareOf = (states: readonly StudyState[]): number =>
  states.length === 0 ? 1 : sum(states, ({ done }) => done) / sum(states, ({ total }) => total);

/** "about 12 s left" */
const leftText = (states: readonly StudyState[]): string => {
  const left = secondsLeft(states);
  if (left === undefined) return "time left not known yet";
  // A plan that is still open may ask for more.
  const isOpen = states.some(state => state.planned?.isOpen && !isDone(state));
  return `${isOpen ? "at least" : "about"} ${timeText(left)} left`;
};

/** "45 of 98 chains, 30 of 67 studies" */
const doneText = (states: readonly StudyState[]): string => {
  if (states.length === 0) return "";
  const chains = sum(states, ({ total }) => total);
  const done = Math.floor(sum(states, state => state.done));
  const studies = states.length === 1 ? "" : `, ${states.filter(isDone).length} of ${states.length} studies`;
  return `${done} of ${countText(chains, "chain")}${studies}`;
};

/** The study under way, and in which phases its chains ended. */
const underWay = (states: readonly StudyState[]): readonly string[] => {
  const open = states.filter(state => !isDone(state));
  const state = open.find(({ isBegun }) => isBegun) ?? open[0] ?? states[states.length - 1];
  if (!state) return [];
  const { name, done, total, planned } = state;
  const place = states.length === 1 ? "study" : `study ${states.indexOf(state) + 1} of ${states.length}:`;
  const round = planned
    ? `  round ${planned.round + 1}, ${planned.done} of ${planned.known} tasks${planned.isOpen ? " so far" : ""}`
    : "";
  const outcomes = outcomeText(state);
  return [
    `${place} ${name}  ${Math.floor(done)} of ${countText(total, "chain")}${round}`,
    ...(outcomes ? [`ended in  ${outcomes}`] : []),
  ];
};

/** "4: 9  4+: 8" */
const outcomeText = ({ outcomes }: StudyState): string =>
  [...outcomes]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([phase, count]) => `${phase}: ${count}`)
    .join("  ");
