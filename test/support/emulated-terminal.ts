import headless from "@xterm/headless";
import type { Output } from "../../src/cli/terminal.ts";

export interface EmulatedTerminal {
  /** What a program writes to; lines may end in a line feed alone, as on a terminal. */
  readonly output: Output;
  /** The visible rows, without the spaces at their ends, once all that was written is on the screen. */
  screen(): Promise<string[]>;
  /** All rows, those that scrolled away first, the empty ones at the end left out. */
  all(): Promise<string[]>;
  /** How many rows have scrolled away above. */
  scrolled(): number;
  isCursorVisible(): boolean;
  resize(columns: number, rows: number): void;
}

const CURSOR = new RegExp(`${String.fromCharCode(27)}\\[\\?25([hl])`, "g");

/** A terminal that exists in memory only. */
export const emulatedTerminal = (columns: number, rows: number): EmulatedTerminal => {
  const emulator = new headless.Terminal({
    cols: columns,
    rows,
    scrollback: 10_000,
    convertEol: true,
    allowProposedApi: true,
  });
  let isCursorVisible = true;
  const settled = () => new Promise<void>(done => emulator.write("", done));
  const line = (index: number): string => emulator.buffer.active.getLine(index)?.translateToString(true) ?? "";
  return {
    output: {
      isTTY: true,
      get columns() {
        return emulator.cols;
      },
      get rows() {
        return emulator.rows;
      },
      write(text) {
        for (const [, state] of text.matchAll(CURSOR)) isCursorVisible = state === "h";
        emulator.write(text);
      },
    },
    async screen() {
      await settled();
      return Array.from({ length: emulator.rows }, (_, i) => line(emulator.buffer.active.baseY + i));
    },
    async all() {
      await settled();
      const lines = Array.from({ length: emulator.buffer.active.length }, (_, i) => line(i));
      return lines.slice(0, lines.findLastIndex(text => text !== "") + 1);
    },
    scrolled: () => emulator.buffer.active.baseY,
    isCursorVisible: () => isCursorVisible,
    resize: (columns, rows) => emulator.resize(columns, rows),
  };
};
