import { type Command, Option } from "commander";
import { callText } from "../../call-text.ts";
import { type Json, readFields, type System, type TheoryEntry } from "../../contracts/index.ts";
import { plain } from "../../lab/plain.ts";
import { findSystem, listSystems } from "../find.ts";
import { fieldText, fieldValue } from "../option-values.ts";
import { readableJson } from "../readable-json.ts";
import { examples, makeCommand, type Session } from "../session.ts";
import { printJson, printLine, widthOf } from "../terminal.ts";
import { textTable } from "../text-table.ts";

/** The words after the system's name are parsed by a command of the system's own: its closed forms and their inputs. */
export const theoryCommand = (session: Session): Command =>
  makeCommand(session, "theory", "closed forms of a system, for people and for scripts in any language")
    .argument("[system]", "a system's name")
    .argument("[name...]", "a closed form and its inputs; without one, all of the system are listed")
    .passThroughOptions()
    .allowUnknownOption()
    .addHelpText(
      "after",
      examples(
        "theory superposition                       list the closed forms",
        "theory superposition kgon --help           the inputs of one, their ranges and defaults",
        "theory superposition kgon --k 5 --c 6 --json",
      ),
    )
    .action(async (name: string | undefined, _words: string[], _options: unknown, command: Command) => {
      if (name === undefined) return listCards(session);
      const system = await findSystem(name);
      const words = command.args.slice(1);
      if (words.length === 0) return list(session, system);
      await systemTheory(session, system).parseAsync(words, { from: "user" });
    });

/** Systems by their cards: to load all of them takes as long as a short run. */
const listCards = async ({ terminal: { stdout } }: Session): Promise<void> => {
  printLine(stdout, `${callText("theory <system>")} lists the closed forms of a system, where <system> is`);
  const rows = Object.values(await listSystems()).map(({ card }) => [card.name, card.title]);
  for (const line of textTable(rows, { width: widthOf(stdout) - 2 })) printLine(stdout, `  ${line}`);
};

const list = ({ terminal: { stdout } }: Session, { name, theory }: System): void => {
  printLine(stdout, `${callText(`theory ${name} <name> [inputs]`)}, where <name> is`);
  const rows = Object.entries(theory).map(([entry, { summary, where, inputs }]) => {
    const flags = Object.keys(inputs).map(input => `--${input}`);
    return [entry, `${summary} (${where})\n${flags.join(" ")}`];
  });
  for (const line of textTable(rows, { width: widthOf(stdout) - 2 })) printLine(stdout, `  ${line}`);
};

const systemTheory = (session: Session, { name, title, theory }: System): Command => {
  const [first] = Object.keys(theory);
  const command = makeCommand(session, `landau theory ${name}`, `closed forms: ${title}`)
    .helpCommand(false)
    .addHelpText(
      "after",
      examples(`theory ${name} ${first} --help`, `theory ${name} ${first} ${defaultsOf(theory[first])} --json`),
    );
  for (const [entry, closedForm] of Object.entries(theory))
    command.addCommand(entryCommand(session, name, entry, closedForm));
  return command;
};

const entryCommand = (session: Session, system: string, name: string, closedForm: TheoryEntry): Command => {
  const { summary, where, inputs, evaluate } = closedForm;
  const names = Object.keys(inputs);
  const shown = defaultsOf(closedForm);
  const command = makeCommand(session, name, `${summary} (${where})`).addHelpText(
    "after",
    examples(`theory ${system} ${name} ${shown}`, `theory ${system} ${name} ${shown} --json`),
  );
  for (const input of names)
    command.addOption(
      new Option(`--${input} <value>`, fieldText(inputs[input])).argParser(text =>
        fieldValue(input, text, inputs[input]),
      ),
    );
  command.option("--json", "print JSON");
  return command.action((given: { json?: true } & { [input: string]: Json }) => {
    const result = plain(evaluate(readFields(inputs, given)));
    if (given.json) printJson(session.terminal, result);
    else for (const line of readableJson(result)) printLine(session.terminal.stdout, line);
  });
};

/** The inputs as one would type them; what may be left out and has no default is. */
const defaultsOf = ({ inputs }: TheoryEntry): string =>
  Object.entries(inputs)
    .filter(([, field]) => "default" in field || !field.optional)
    .map(([input, field]) => `--${input} ${"default" in field ? field.default : "..."}`)
    .join(" ");
