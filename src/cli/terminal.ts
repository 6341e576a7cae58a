import { Ansis } from "ansis";

/** Where a command writes. `process.stdout` is one; a test gives its own. */
export interface Output {
  write(text: string): unknown;
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
}

/** Whether rows on the standard error can be written over: it is a terminal, and one that can move its cursor. */
export const isLive = ({ stderr, env }: Pick<Terminal, "stderr" | "env">): boolean =>
  stderr.isTTY === true && env.TERM !== "dumb";

/** Width of text that goes to no terminal. */
const PLAIN_WIDTH = 100;

export const widthOf = ({ isTTY, columns }: Output): number =>
  isTTY && columns ? Math.max(40, Math.min(columns, 120)) : PLAIN_WIDTH;

/** Colours for the standard output: none when it is no terminal or NO_COLOR is set; FORCE_COLOR turns them on. */
export const coloursOf = ({ stdout, env: { TERM, COLORTERM, NO_COLOR, FORCE_COLOR } }: Terminal): Ansis => {
  const given = { TERM, COLORTERM, NO_COLOR, FORCE_COLOR };
  const env = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  return new Ansis({ process: { env, stdout, argv: [] } });
};

export const printLine = (output: Output, text = ""): void => void output.write(`${text}\n`);

/** One value as JSON on the standard output. */
export const printJson = ({ stdout }: Terminal, value: unknown): void =>
  printLine(stdout, JSON.stringify(value, null, 2));
