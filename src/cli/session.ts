import { Command } from "commander";
import { nearest } from "../lab/nearest.ts";
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
    .showSuggestionAfterError(false)
    .helpOption("-h, --help", "show this help")
    .configureOutput({
      writeOut: text => void stdout.write(text),
      writeErr: text => void stderr.write(text),
      outputError: (text, write) => write(`landau: ${oneLine(text)}${hint(text, command)}\n`),
      getOutHelpWidth: () => stdout.columns ?? 100,
      getErrHelpWidth: () => stderr.columns ?? 100,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    });
  return command;
};

const oneLine = (text: string): string => text.replace(/^error: /, "").trim();

/** The nearest word that is known, or where all of them are listed. */
const hint = (text: string, command: Command): string => {
  const [, kind, word] = /unknown (command|option) '(.*)'/.exec(text) ?? [];
  const known =
    kind === "option" ? command.options.map(({ long }) => long ?? "") : command.commands.map(each => each.name());
  const meant = kind && nearest(word, known);
  return meant ? `: did you mean ${meant}?` : ` (see ${pathOf(command)} --help)`;
};

const pathOf = (command: Command): string =>
  command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name();

export const examples = (...lines: readonly string[]): string =>
  `\nExamples:\n${lines.map(line => `  ${line}`).join("\n")}`;
