import { randomBytes } from "node:crypto";
import { Ansis } from "ansis";

/** Where a command writes. `process.stdout` is one; a test gives its own. */
export interface Output {
  write(text: string): unknown;
  /** Writes rows over earlier ones: moves of the cursor pass, which `write` shows as text. `write` where it is absent. */
  draw?(text: string): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
}

/** All of the outer world that the commands see. */
export interface Terminal {
  /** Results. With `--json` nothing but JSON. */
  readonly stdout: Output;
  /** Progress and errors. */
  readonly stderr: Output;
  readonly env: { readonly [name: string]: string | undefined };
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal;
  /** Seconds of a clock that never goes back, by which progress is shown; that of the process when absent. */
  readonly seconds?: () => number;
}

export const clockOf = ({ seconds = () => performance.now() / 1000 }: Pick<Terminal, "seconds">): (() => number) =>
  seconds;

/** Whether rows on the standard error can be written over: it is a terminal, and one that can move its cursor. */
export const isLive = ({ stderr, env }: Pick<Terminal, "stderr" | "env">): boolean =>
  stderr.isTTY === true && env.TERM !== "dumb";

/** Width of text that goes to no terminal. */
const PLAIN_WIDTH = 100;

export const widthOf = ({ isTTY, columns }: Output): number =>
  isTTY && columns ? Math.max(40, Math.min(columns, 120)) : PLAIN_WIDTH;

export type Paint = (text: string) => string;

export interface Colours {
  /** 0 for none. */
  readonly level: number;
  readonly bold: Paint;
  readonly dim: Paint;
  readonly green: Paint;
  readonly red: Paint;
  readonly yellow: Paint;
  /** "#rrggbb" */
  hex(colour: string): Paint;
}

/** Begins a colour of our own, until it is written: no file can know it, and what begins one in a name is shown as text. */
export const OWN_ESCAPE = `\ue000${randomBytes(8).toString("hex")}`;

/** Colours for the standard output: none when it is no terminal or NO_COLOR is set; FORCE_COLOR turns them on. */
export const coloursOf = ({ stdout, env: { TERM, COLORTERM, NO_COLOR, FORCE_COLOR } }: Terminal): Colours => {
  const given = { TERM, COLORTERM, NO_COLOR, FORCE_COLOR };
  const env = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  const ansis = new Ansis({ process: { env, stdout, argv: [] } });
  const own = (paint: Paint): Paint => {
    const [before, after] = paint("|").replaceAll("\u001b", OWN_ESCAPE).split("|");
    return text => `${before}${text}${after}`;
  };
  const { level, bold, dim, green, red, yellow } = ansis;
  return {
    level,
    ...{ bold: own(bold), dim: own(dim), green: own(green), red: own(red), yellow: own(yellow) },
    hex: colour => own(ansis.hex(colour)),
  };
};

export const printLine = (output: Output, text = ""): void => void output.write(`${text}\n`);

/** One value as JSON on the standard output. */
export const printJson = ({ stdout }: Terminal, value: unknown): void =>
  printLine(stdout, JSON.stringify(value, null, 2));
