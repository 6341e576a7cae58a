import { execFileSync, spawn } from "node:child_process";
import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import headless from "@xterm/headless";
import { emptyFolder } from "./scratch.ts";

/** Whether this system has what opens a pseudo-terminal: `script` of util-linux, which every Debian has. */
export const hasPseudoTerminals = process.platform === "linux";

export interface PseudoTerminal {
  /** The visible rows, without the spaces at their ends. */
  screen(): string[];
  /** How many rows have scrolled away above. */
  scrolled(): number;
  /** All rows, those that scrolled away first, the empty ones at the end left out. */
  all(): string[];
  isCursorVisible(): boolean;
  type(text: string): void;
  /** Tells the program of another size, which it hears of when it can. */
  announceSize(columns: number, rows: number): void;
  /** Changes the size of what is shown. */
  resize(columns: number, rows: number): void;
  /** Everything that was written. */
  raw(): string;
  /** Resolves to the exit code when the program has ended and its output is on the screen. */
  readonly ended: Promise<number>;
}

export interface PseudoTerminalOptions {
  readonly columns: number;
  readonly rows: number;
  readonly cwd?: string;
  readonly env?: { readonly [name: string]: string };
  /** Called whenever something was written, once it is on the screen. */
  onChange?(terminal: PseudoTerminal): void;
}

/** Runs a program in a real pseudo-terminal, and shows what a terminal would show. */
export const openPseudoTerminal = (
  words: readonly string[],
  { columns, rows, cwd, env = {}, onChange }: PseudoTerminalOptions,
): PseudoTerminal => {
  const emulator = new headless.Terminal({ cols: columns, rows, scrollback: 10_000, allowProposedApi: true });
  const folder = emptyFolder();
  const device = join(folder, "device");
  const command = `tty > ${quoted(device)}; stty rows ${rows} cols ${columns}; exec ${words.map(quoted).join(" ")}`;
  const { NO_COLOR: _, FORCE_COLOR: __, CI: ___, ...inherited } = process.env;
  const child = spawn("script", ["-qefc", command, "/dev/null"], {
    cwd,
    env: { ...inherited, SHELL: "/bin/sh", TERM: "xterm-256color", ...env },
  });
  let [raw, isCursorVisible, pending] = ["", true, 0];
  let settle = () => {};
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    raw += text;
    pending++;
    emulator.write(text, () => {
      for (const [, state] of text.matchAll(CURSOR)) isCursorVisible = state === "h";
      pending--;
      onChange?.(terminal);
      if (pending === 0) settle();
    });
  });
  const line = (index: number): string => emulator.buffer.active.getLine(index)?.translateToString(true) ?? "";
  const terminal: PseudoTerminal = {
    screen: () => Array.from({ length: emulator.rows }, (_, i) => line(emulator.buffer.active.baseY + i)),
    scrolled: () => emulator.buffer.active.baseY,
    all() {
      const lines = Array.from({ length: emulator.buffer.active.length }, (_, i) => line(i));
      return lines.slice(0, lines.findLastIndex(text => text !== "") + 1);
    },
    isCursorVisible: () => isCursorVisible,
    type: text => void child.stdin.write(text),
    resize: (columns, rows) => emulator.resize(columns, rows),
    announceSize(columns, rows) {
      const path = readFileSync(device, "utf8").trim();
      execFileSync("stty", ["-F", path, "cols", String(columns), "rows", String(rows)]);
    },
    raw: () => raw,
    ended: new Promise((done, fail) => {
      child.on("error", fail);
      child.on("close", code => {
        settle = () => {
          rmSync(folder, { recursive: true });
          done(code ?? -1);
        };
        if (pending === 0) settle();
      });
    }),
  };
  return terminal;
};

const CURSOR = new RegExp(`${String.fromCharCode(27)}\\[\\?25([hl])`, "g");

const quoted = (word: string): string => `'${word.replaceAll("'", "'\\''")}'`;
