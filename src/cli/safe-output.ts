import { QUOTES } from "../errors.ts";
import { isLive, type Output, OWN_ESCAPE, type Terminal } from "./terminal.ts";

/**
 * The same terminal, to which names and values of anybody's files can be printed: control characters and marks that turn the direction of text are written
 * as `\u001b`, which is right inside JSON too. What the command line makes itself passes: its colours, and on a live terminal the moves of the cursor in drawn rows.
 */
export const safeTerminal = (terminal: Terminal): Terminal => {
  const { stdout, stderr, env } = terminal;
  return {
    stdout: safeOutput(stdout, false),
    stderr: safeOutput(stderr, isLive(terminal)),
    env,
    seconds: terminal.seconds,
    // Whoever asks for it begins to listen to signals.
    get signal() {
      return terminal.signal;
    },
  };
};

const safeOutput = (output: Output, isLive: boolean): Output => ({
  write: text => output.write(coloured(escaped(text))),
  draw: text =>
    output.write(
      coloured(text.replaceAll(MOVE_OR_UNSAFE, found => (isLive && MOVE.test(found) ? found : escaped(found)))),
    ),
  get isTTY() {
    return output.isTTY;
  },
  get columns() {
    return output.columns;
  },
  get rows() {
    return output.rows;
  },
});

const OWN_COLOUR = new RegExp(`${OWN_ESCAPE}(\\[[0-9;]*m)`, "g");
const coloured = (text: string): string => text.replaceAll(OWN_COLOUR, "\u001b$1");

/** Text in which nothing acts on a terminal; lines and tabs stay. */
export const escaped = (text: string): string =>
  text.replaceAll(UNSAFE, found => `\\u${found.charCodeAt(0).toString(16).padStart(4, "0")}`);

/** The same on one line: in a message, a name with a line break in it would print lines of its own. */
export const escapedLine = (text: string): string =>
  escaped(text).replaceAll("\n", "\\u000a").replaceAll("\t", "\\u0009");

/** A message of an error: on one line, but for what it quotes of another program. */
export const escapedMessage = (text: string): string => text.split(QUOTES).map(escapedLine).join(QUOTES);

/** What live rows need: the cursor up, the rest of a row or of the screen cleared, the cursor hidden and shown, the row's start. */
const MOVES = "\\u001b\\[(?:[0-9]*A|[JK]|\\?25[lh])|\\r";
const UNSAFE_CHARACTER =
  "[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u061c\\u200e\\u200f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]";
const MOVE = new RegExp(`^(?:${MOVES})$`);
const MOVE_OR_UNSAFE = new RegExp(`${MOVES}|${UNSAFE_CHARACTER}`, "g");
const UNSAFE = new RegExp(UNSAFE_CHARACTER, "g");
