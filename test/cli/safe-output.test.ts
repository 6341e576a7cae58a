import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { expect, test } from "vitest";
import { escapedMessage, safeTerminal } from "../../src/cli/safe-output.ts";
import { coloursOf, type Output } from "../../src/cli/terminal.ts";
import { quoted } from "../../src/errors.ts";
import { emptyFolder } from "../support/scratch.ts";
import { call } from "./call.ts";

const terminalOf = (env: { readonly [name: string]: string }, isTTY: boolean) => {
  const written = { stdout: "", stderr: "" };
  const output = (name: "stdout" | "stderr"): Output => ({ isTTY, write: text => (written[name] += text) });
  const signal = new AbortController().signal;
  return { written, terminal: safeTerminal({ stdout: output("stdout"), stderr: output("stderr"), env, signal }) };
};

/** What acts on a terminal, but for the ends of lines and tabs. */
const ACTS = /[\p{Cc}\p{Bidi_Control}]/u;
const acts = (text: string): boolean => ACTS.test(text.replaceAll(/[\n\t]/g, ""));

test("whatever is written where there are no colours, nothing in it acts on a terminal, and JSON means the same", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", maxLength: 40 }), text => {
      const { written, terminal } = terminalOf({}, false);
      terminal.stdout.write(text);
      terminal.stderr.write(JSON.stringify(text));
      expect(acts(written.stdout)).toBe(false);
      expect(JSON.parse(written.stderr)).toBe(text);
    }),
  );
});

test("moves of live rows pass where they are drawn on a terminal; other sequences do not, and none in what is written", () => {
  const { written, terminal } = terminalOf({ TERM: "xterm", FORCE_COLOR: "1" }, true);
  const own = "\r\u001b[3A\u001b[K\u001b[J\u001b[?25l\u001b[?25h";
  terminal.stderr.draw?.(own);
  expect(written.stderr).toBe(own);
  terminal.stderr.draw?.("\u001b]0;title\u0007\u001b[2J\u001bc\u009b31m\u001b[31m");
  const shown = "\\u001b]0;title\\u0007\\u001b[2J\\u001bc\\u009b31m\\u001b[31m";
  expect(written.stderr.slice(own.length)).toBe(shown);
  terminal.stdout.draw?.("\u001b[3A");
  terminal.stdout.write("\u001b[3A\r\u001b[J\u001b[31m");
  expect(written.stdout).toBe("\\u001b[3A\\u001b[3A\\u000d\\u001b[J\\u001b[31m");
});

test("colours that the command line sets pass, and those of a name within them do not", () => {
  const { written, terminal } = terminalOf({ TERM: "xterm", FORCE_COLOR: "1" }, true);
  const { bold, hex } = coloursOf(terminal);
  terminal.stdout.write(`${bold("a\u001b[8mb")} ${hex("#ff0000")("c")}`);
  expect(written.stdout).toMatch(/^.\[1ma\\u001b\[8mb.\[22m .\[[\d;]+mc.\[39m$/);
  expect(written.stdout.split("\u001b")).toHaveLength(5);
});

const OWN_COLOURS = new RegExp(`${String.fromCharCode(27)}\\[(1|2|32|33|22|39)m`, "g");
const WORD = "a\u001b[31m\u202eb\u0007";
const SHOWN = "a\\u001b[31m\\u202eb\\u0007";

test.each([
  ["a name that is not known", ["systems", WORD]],
  ["a value", ["train", "superposition", "--seed", WORD]],
  ["a path", ["verify", WORD]],
  ["an option", [`--${WORD}`]],
  ["a run", ["show", WORD, "--runs", WORD]],
])("%s is shown without acting on the terminal", async (_, words) => {
  for (const env of [{}, { FORCE_COLOR: "1" }]) {
    const { code, stdout, stderr } = await call(words, { env: env as { [name: string]: string } });
    expect(code).toBe(2);
    expect(stdout + stderr).toContain(SHOWN.slice(0, 7));
    expect(acts(stdout + stderr)).toBe(false);
  }
});

test("names in a table are shown without acting on the terminal", async () => {
  const path = join(emptyFolder(), "draws.csv");
  const rows = Array.from({ length: 50 }, (_, i) => `${1 + (i >= 25 ? 1 : 0)},${Math.sin(i * i)}`);
  writeFileSync(path, `chain,"x${WORD}"\n${rows.join("\n")}\n`);
  for (const env of [{}, { FORCE_COLOR: "1" }]) {
    const { stdout, stderr } = await call(["diagnose", path], { env: env as { [name: string]: string } });
    expect(stdout).toContain("\\u001b[31m\\u202eb");
    // The colours of the command line itself.
    expect(acts((stdout + stderr).replaceAll(OWN_COLOURS, ""))).toBe(false);
  }
});

test("a message of an error is one line, but for what it quotes, whose lines all stand behind a bar", () => {
  expect(escapedMessage(`a\nname: ended${quoted("one\n\ttwo\u001b[2J\nlandau: three")}`)).toBe(
    "a\\u000aname: ended\n  | one\n  | \\u0009two\\u001b[2J\n  | landau: three",
  );
});
