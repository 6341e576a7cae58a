import { Command } from "commander";
import { callText } from "../call-text.ts";
import type { System } from "../contracts/system.ts";
import { nearest } from "../lab/nearest.ts";
import type { Terminal } from "./terminal.ts";

/** One call of the command line. */
export interface Session {
  readonly terminal: Terminal;
  /** The whole call as one would type it. */
  readonly call: string;
  /** The system that the call names, for commands that have options for its settings. */
  readonly system?: System;
  /** What the call returns. A command that ran but found something wrong sets it to 1. */
  exitCode: number;
}

/** A command whose help and errors go to the session's terminal; it throws instead of ending the process. */
export const makeCommand = (session: Session, name: string, summary: string): Command => {
  const { stdout, stderr } = session.terminal;
  const command = new Command(name)
    .description(summary)
    .exitOverride()
    .showSuggestionAfterError(false)
    .helpOption("-h, --help", "show this help")
    .configureOutput({
      writeOut: text => void stdout.write(text),
      writeErr: text => void stderr.write(text),
      outputError: (text, write) => write(`landau: ${oneLine(text)}${hint(text, command, session)}\n`),
      getOutHelpWidth: () => stdout.columns ?? 100,
      getErrHelpWidth: () => stderr.columns ?? 100,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    });
  return command;
};

const oneLine = (text: string): string => text.replace(/^error: /, "").trim();

/** The nearest word that is known, or where all of them are listed. */
const hint = (text: string, command: Command, { system }: Session): string => {
  const [, kind, word] = /unknown (command|option) '(.*)'/.exec(text) ?? [];
  const known =
    kind === "option"
      ? command.options.filter(({ hidden }) => !hidden).map(({ long }) => long ?? "")
      : command.commands.map(each => each.name());
  const meant = kind && nearest(word, known);
  const help = [pathOf(command), ...(system ? [system.name] : []), "--help"].join(" ").trim();
  return meant ? `: did you mean ${meant}?` : ` (see ${help})`;
};

const pathOf = (command: Command): string =>
  command.parent ? `${pathOf(command.parent)} ${command.name()}` : command.name();

/** Calls as one types them, without the program's name. */
export const examples = (...lines: readonly string[]): string =>
  `\nExamples:\n${lines.map(line => `  ${callText(line)}`).join("\n")}`;
