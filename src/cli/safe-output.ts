import { coloursOf, isLive, type Output, type Terminal } from "./terminal.ts";

/**
 * The same terminal, to which names and values of anybody's files can be printed: control characters and marks that turn the direction of text are written
 * as `\u001b`, which is right inside JSON too. The colours and moves of the cursor that the command line makes itself pass where it makes them.
 */
export const safeTerminal = (terminal: Terminal): Terminal => {
  const { stdout, stderr, env } = terminal;
  const hasColours = coloursOf(terminal).level > 0;
  return {
    stdout: safeOutput(stdout, hasColours),
    stderr: safeOutput(stderr, isLive(terminal)),
    env,
    // Whoever asks for it begins to listen to signals.
    get signal() {
      return terminal.signal;
    },
  };
};

const safeOutput = (output: Output, isOwnKept: boolean): Output => ({
  write: text =>
    output.write(text.replaceAll(OWN_OR_UNSAFE, found => (isOwnKept && OWN.test(found) ? found : escaped(found)))),
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

/** Text in which nothing acts on a terminal; lines and tabs stay. */
export const escaped = (text: string): string =>
  text.replaceAll(UNSAFE, found => `\\u${found.charCodeAt(0).toString(16).padStart(4, "0")}`);

/** The same on one line: in a message, a name with a line break in it would print lines of its own. */
export const escapedLine = (text: string): string =>
  escaped(text).replaceAll("\n", "\\u000a").replaceAll("\t", "\\u0009");

const ESCAPE = "\\u001b";
/** Colours, and what live rows need: the cursor up, the rest of a row or of the screen cleared, the cursor hidden and shown, the row's start. */
const OWN_SEQUENCE = `${ESCAPE}\\[(?:[0-9;]*m|[0-9]*A|[JK]|\\?25[lh])|\\r`;
const UNSAFE_CHARACTER =
  "[\\u0000-\\u0008\\u000b-\\u001f\\u007f-\\u009f\\u061c\\u200e\\u200f\\u2028\\u2029\\u202a-\\u202e\\u2066-\\u2069]";
const OWN = new RegExp(`^(?:${OWN_SEQUENCE})$`);
const OWN_OR_UNSAFE = new RegExp(`${OWN_SEQUENCE}|${UNSAFE_CHARACTER}`, "g");
const UNSAFE = new RegExp(UNSAFE_CHARACTER, "g");
