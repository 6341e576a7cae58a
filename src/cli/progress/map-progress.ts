import type { RunRecord, Study } from "../../contracts/protocol.ts";
import type { PlannedTasks } from "../../lab/study-progress.ts";
import { axesOf, gridOf, placedCells } from "../../protocols/sweep-axes.ts";
import { type SweepSettings, sweepSettings } from "../../protocols/sweep-settings.ts";
import { countText } from "../count-text.ts";
import { cellTally, characterMap, keyLine, mapRow, phaseSymbols } from "../map-text.ts";
import { clockOf, coloursOf, isLive, printLine, type Terminal } from "../terminal.ts";
import { barText, timeText } from "./bar.ts";
import { liveRows } from "./live-rows.ts";
import { FRAME, type Part, QUIET, type RunProgress, stageText } from "./run-progress.ts";

/** Sizes of a terminal that does not say its own. */
const [COLUMNS, ROWS] = [80, 24];

/** Rows that a live map takes at most, and those of a terminal that it leaves to what stands above. */
const [HIGHEST, ABOVE] = [16, 6];

/**
 * Shows how far a sweep is: a row with what is done and the time left, and the map so far below it. Without a terminal a line now and then. The
 * first output comes at once.
 */
export const showMapProgress = (
  { settings }: Study,
  terminal: Terminal,
  now: () => number = clockOf(terminal),
): RunProgress => {
  const { stderr } = terminal;
  const layout = sweepSettings(settings);
  const axes = axesOf(layout);
  const grid = gridOf(axes);
  const tally = cellTally(grid);
  const standing = standingOf(layout, grid.columns * grid.rows, now);
  const begun = now();
  const live = isLive(terminal) ? liveRows(stderr) : undefined;
  const colours = coloursOf({ ...terminal, stdout: stderr });
  const paint = (colour: string) => colours.hex(colour);
  let stage: { readonly what: string; readonly part?: Part } | undefined;
  let drawn = begun;

  const doneText = () => `${standing.runsText()}, ${tally.seen()} of ${countText(grid.columns * grid.rows, "cell")}`;
  const draw = () => {
    drawn = now();
    const left = stage ? "little time left" : standing.leftText();
    const symbols = phaseSymbols(tally.labels());
    const { columns = COLUMNS, rows = ROWS } = stderr;
    const most = { columns: Math.max(1, columns - 1), rows: Math.max(1, Math.min(HIGHEST, rows - ABOVE)) };
    const map = characterMap(grid, tally.labelAt, symbols, most);
    live!.draw([
      `${barText(stage ? 1 : standing.share())} ${left}  ${doneText()}`,
      ...[...map].reverse().map(row => mapRow(row, paint)),
      stage ? stageText({ ...stage, begun }) : keyLine(symbols, tally.shares(), paint),
    ]);
  };
  const show = () => {
    if (live && now() - drawn >= FRAME) draw();
    if (live || now() - drawn < QUIET) return;
    drawn = now();
    printLine(stderr, `${doneText()}  ${standing.leftText()}`);
  };
  if (live) draw();
  else printLine(stderr, `a map of ${countText(grid.columns * grid.rows, "cell")}`);
  const clock = live && setInterval(show, 1000 * FRAME);
  clock?.unref();

  const note = (text: string) => {
    live?.clear();
    printLine(stderr, text);
    if (live) draw();
  };
  // What is reported at the very start was done before: the run is being resumed or extended.
  queueMicrotask(() => {
    const before = standing.begin();
    if (before > 0) note(`${standing.runsText()} already done`);
  });

  let isStopped = false;
  return {
    update(_, __, planned) {
      if (planned) standing.update(planned);
      show();
    },
    cell(record: RunRecord) {
      for (const { column, row } of placedCells([record], axes)) tally.add(column, row, record.label as string);
    },
    ended: () => {},
    after(what, part) {
      const isNew = what !== stage?.what;
      stage = { what, part };
      if (live) draw();
      else if (isNew) printLine(stderr, what);
    },
    note,
    stop() {
      if (isStopped) return;
      isStopped = true;
      if (clock) clearInterval(clock);
      live?.clear();
      printLine(stderr, `${doneText()} in ${timeText(now() - begun)}`);
    },
  };
};

/** How many runs are done, and how many there are to be. */
const standingOf = ({ design, budget }: SweepSettings, cells: number, now: () => number) => {
  let planned: PlannedTasks = { round: 0, known: 0, done: 0, isOpen: true };
  let before = 0;
  let begun = now();
  /** Rounds of an adaptive map ask for more and more; it is never asked for more than its budget. */
  const expected = (): number => {
    const { known, isOpen } = planned;
    return isOpen && design === "adaptive" ? Math.max(known, budget > 0 ? budget : Math.ceil(cells / 4)) : known;
  };
  return {
    update(now: PlannedTasks) {
      planned = now;
    },
    /** Runs that were done before. */
    begin(): number {
      before = planned.done;
      begun = now();
      return before;
    },
    share: () => (expected() > 0 ? planned.done / expected() : 0),
    /** "312 of 528 runs" */
    runsText: (): string => {
      const { done, known, isOpen } = planned;
      return `${done} of ${countText(known, "run")}${isOpen && design === "adaptive" ? " so far" : ""}`;
    },
    leftText: (): string => {
      const made = planned.done - before;
      if (made <= 0) return "time left not known yet";
      const left = ((now() - begun) / made) * (expected() - planned.done);
      return `${planned.isOpen && design === "adaptive" ? "at least" : "about"} ${timeText(left)} left`;
    },
  };
};
