#!/usr/bin/env node
/**
 * Runs the commands that the docs print and compares their output, or writes it anew.
 *
 *     node scripts/printed.mjs [--write] [--slow] FILE.md ...
 *
 * A command is a line `$ landau ...` or `$ npx landau ...` in a block marked `console`; what it prints stands below it, up to the next command.
 * A line `...` stands for any number of lines. Numbers are masked: they may differ from machine to machine, and widths with them. All blocks of a
 * file run one behind the other in one empty folder, beside which `examples` lies. Blocks marked `console slow` only run with --slow.
 * Needs a build.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "..");
const words = process.argv.slice(2);
const isWriting = words.includes("--write");
const isSlow = words.includes("--slow");
const files = words.filter(word => !word.startsWith("--"));

const BLOCK = /^```console( slow)?\n([\s\S]*?)^```$/gm;
const COMMAND = /^\$ (?:npx )?landau( .*)?$/;
const LEFT_OUT = "...";

/** What a command prints; of the standard error, where progress goes, only what is said about bad input. */
const runIn = (folder, command) => {
  const [, rest = ""] = COMMAND.exec(command);
  const line = `exec "$NODE" "$CLI"${rest}`;
  const { stdout, stderr, status } = spawnSync("sh", ["-c", line], {
    cwd: folder,
    encoding: "utf8",
    env: {
      ...process.env,
      NODE: process.execPath,
      CLI: join(root, "dist/cli.mjs"),
      NO_COLOR: "1",
      COLUMNS: "100",
      npm_command: "exec",
    },
  });
  return (status === 2 ? stderr : stdout)
    .trimEnd()
    .split("\n")
    .map(text => text.trimEnd());
};

/** Commands of a block, each with the lines under it. */
const commandsIn = body => {
  const commands = [];
  for (const line of body.trimEnd().split("\n"))
    if (COMMAND.test(line)) commands.push({ command: line, expected: [] });
    else if (commands.length > 0) commands[commands.length - 1].expected.push(line.trimEnd());
    else throw new Error(`a console block begins with "${line}" instead of a command "$ landau ..."`);
  return commands;
};

const masked = line =>
  line
    .replaceAll(/\b[0-9a-f]{12,}\b/g, "#")
    .replaceAll(/\d+(\.\d+)?(e[-+]?\d+)?/g, "#")
    .replaceAll(/(# ?(?:ms|s|min|h)\b ?)+/g, "# s ")
    .replaceAll(/[-─]{3,}/g, "---")
    .replaceAll(/[█▏▎▍▌▋▊▉░]+/g, "█")
    .replaceAll(/\s+/g, " ")
    .trim();

/** Whether lines match those expected, in which `...` stands for any number of lines. */
const matches = (expected, actual) => {
  const cut = expected.indexOf(LEFT_OUT);
  if (cut < 0)
    return expected.length === actual.length && expected.every((line, i) => masked(line) === masked(actual[i]));
  const tail = expected.slice(cut + 1);
  return (
    expected.slice(0, cut).every((line, i) => i < actual.length && masked(line) === masked(actual[i])) &&
    Array.from({ length: actual.length - cut + 1 }, (_, skipped) => actual.slice(cut + skipped)).some(rest =>
      matches(tail, rest),
    )
  );
};

/** Output as it is to be printed: as many lines at both ends as stood there, where some were left out. */
const shortened = (expected, actual) => {
  const cut = expected.indexOf(LEFT_OUT);
  const tail = expected.length - cut - 1;
  if (cut < 0 || actual.length <= cut + tail) return actual;
  return [...actual.slice(0, cut), LEFT_OUT, ...actual.slice(actual.length - tail)];
};

let failed = 0;
for (const file of files) {
  const folder = mkdtempSync(join(tmpdir(), "landau-printed-"));
  symlinkSync(join(root, "examples"), join(folder, "examples"));
  try {
    const text = readFileSync(file, "utf8");
    const remade = text.replace(BLOCK, (block, slow, body) => {
      if (slow && !isSlow) return block;
      const lines = commandsIn(body).flatMap(({ command, expected }) => {
        const actual = runIn(folder, command);
        if (!isWriting && !matches(expected, actual)) {
          failed++;
          console.error(
            `${file}: ${command}\nprinted in the docs:\n${expected.join("\n")}\nprinted now:\n${actual.join("\n")}\n`,
          );
        }
        return [command, ...shortened(expected, actual)];
      });
      return `\`\`\`console${slow ?? ""}\n${lines.join("\n")}\n\`\`\``;
    });
    if (isWriting) writeFileSync(file, remade);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
process.exit(failed === 0 ? 0 : 1);
