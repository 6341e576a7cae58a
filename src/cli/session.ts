import { Command } from "commander";
import type { Terminal } from "./terminal.ts";

/** One call of the command line. */
export interface Session {
  readonly terminal: Terminal;
  /** The whole call as one would type it. */
  readonly call: string;
  /** What the call returns. A command that ran but found something wrong sets it to 1. */
  exitCode: number;
}

/** A command whose help and errors go to the session's terminal; it throws instead of ending the process. */
export const makeCommand = ({ terminal: { stdout, stderr } }: Session, name: string, summary: string): Command => {
  const command = new Command(name)
    .description(summary)
    .exitOverride()
    .helpOption("-h, --help", "show this help")
    .configureOutput({
      writeOut: text => void stdout.write(text),
      writeErr: text => void stderr.write(text),
      outputError: (text, write) => {
        const line = oneLine(text);
        write(`landau: ${line}${line.endsWith("?") ? "" : ` (see ${pathOf(command)} --help)`}\n`);
      },
      getOutHelpWidth: () => stdout.columns ?? 100,
      getErrHelpWidth: () => stderr.columns ?? 100,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    });
  return command;
};

/** "error: unknown command 'x'\n(Did you mean y?)" -> "unknown command 'x': did you mean y?" */
const oneLine = (text: string): string =>
  text
    .replace(/^error: /, "")
    .trim()
    .replace(/\s*\n\s*/g, " ")
    .replace(/ \(Did you mean (.*)\)$/, ": did you mean $1");

const pathOf = (command: Command): string =>
  command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name();

export const examples = (...lines: readonly string[]): string =>
  `\nExamples:\n${lines.map(line => `  ${line}`).join("\n")}`;
