import { clockOf, isLive, printLine, type Terminal } from "../terminal.ts";
import { barText, timeText } from "./bar.ts";
import { liveRows } from "./live-rows.ts";

/** Shows how far a computation on this very thread is, which nothing else can interrupt. */
export interface WorkProgress {
  /** So much of the whole is done; cheap enough to be called at every step. */
  update(done: number): void;
  /** Takes the row away. */
  stop(): void;
}

/** What is done, and how much of it there is; `atMost` when it may end before. */
export interface Work {
  /** "verifying vectors.json" */
  readonly what: string;
  /** What is counted: "cases". */
  readonly unit: string;
  readonly total: number;
  readonly atMost?: boolean;
}

/** Seconds before a first row or line: what is done by then needs none. */
const PATIENCE = 0.5;
/** Seconds between two drawings on a terminal, and between two lines elsewhere. */
const FRAME = 0.1;
const QUIET = 60;

/**
 * One row on a terminal, else a line after half a second and then every minute. The cursor stays visible: Ctrl-C ends the process at once, and
 * nothing could bring it back.
 */
export const showWork = (
  terminal: Pick<Terminal, "stderr" | "env" | "seconds">,
  { what, unit, total, atMost = false }: Work,
  now: () => number = clockOf(terminal),
): WorkProgress => {
  const { stderr } = terminal;
  const live = isLive(terminal) ? liveRows(stderr, { hideCursor: false }) : undefined;
  const begun = now();
  let next = begun + PATIENCE;
  return {
    update(done) {
      const time = now();
      if (time < next) return;
      next = time + (live ? FRAME : QUIET);
      const share = total > 0 ? Math.min(1, done / total) : 1;
      const left =
        share > 0
          ? `${atMost ? "at most" : "about"} ${timeText(((time - begun) * (1 - share)) / share)} left`
          : "time left not known yet";
      const count = `${Math.floor(done)} of ${atMost ? "at most " : ""}${Math.round(total)} ${unit}`;
      if (live) live.draw([`${barText(share)} ${left}  ${what}: ${count}`]);
      else printLine(stderr, `${what}: ${count}, ${left}`);
    },
    stop: () => live?.clear(),
  };
};
