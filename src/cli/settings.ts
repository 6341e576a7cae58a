import { type Command, Option } from "commander";
import { type Controls, defaultsOf, type Settings } from "../contracts/field.ts";
import { invalid, LandauError } from "../errors.ts";
import { unknownSetting } from "../lab/nearest.ts";
import { fieldText, fieldValue } from "./option-values.ts";

/** The settings that `key=value` words name. Throws a LandauError of kind "input" that names a wrong key or value. */
export const parseSettings = (pairs: readonly string[], controls: Controls): Settings =>
  Object.fromEntries(
    pairs.map(pair => {
      const [, key, value] = PAIR.exec(pair) ?? [];
      if (key === undefined) throw invalid("--set", pair, "key=value, and all other words before --set");
      if (!Object.hasOwn(controls, key)) throw new LandauError("input", unknownSetting(key, controls));
      return [key, fieldValue(key, value, controls[key])];
    }),
  );

const PAIR = /^([^=]+)=(.*)$/;

/** The same, with the defaults of all others. */
export const settingsOf = (given: Settings, controls: Controls): Settings => ({ ...defaultsOf(controls), ...given });

/**
 * Adds options for settings: `--set key=value ...` for every one, and the short form `--key value` for each whose name is not that of an option
 * that the command already has. Call it after the command's own options are there.
 */
export const withSettings = (command: Command, controls: Controls, whose: string): Command => {
  const taken = new Set(command.options.map(({ long }) => long));
  command.option("--set <key=value...>", "settings that differ from their defaults, each of them also as --key value");
  for (const [name, control] of Object.entries(controls)) {
    for (const before of control.formerly ?? [])
      if (!taken.has(`--${before}`) && !Object.hasOwn(controls, before))
        command.addOption(new Option(`--${before} <value>`).hideHelp().argParser(() => refuseFormer(before, controls)));
    const text = fieldText(control);
    if (taken.has(`--${name}`)) command.addHelpText("after", `\n--set ${name}=<value>: ${text}`);
    else
      command.addOption(
        new Option(`--${name} <value>`, text)
          .helpGroup(`Settings of ${whose}:`)
          .argParser(word => fieldValue(name, word, control)),
      );
  }
  // Without a system its settings are unknown, and the error about the system should come first.
  if (Object.keys(controls).length === 0) command.allowUnknownOption();
  // Words that are left over are looked at by `givenSettings`, which can say more of them.
  return command.allowExcessArguments();
};

const refuseFormer = (name: string, controls: Controls): never => {
  throw new LandauError("input", unknownSetting(name, controls));
};

/**
 * The settings that a call gave, in either form. Throws a LandauError of kind "input" for one that is given in both, and for words that no option
 * took.
 */
export const givenSettings = (command: Command, controls: Controls): Settings => {
  const extra = command.args[command.registeredArguments.length];
  if (extra !== undefined) throw new LandauError("input", unexpectedWord(extra, controls));
  refuseWithoutControls(command, controls);
  const options: { readonly set?: readonly string[]; readonly [name: string]: unknown } = command.opts();
  const set = parseSettings(options.set ?? [], controls);
  const short = shortForms(command, controls).filter(name => options[name] !== undefined);
  for (const name of short)
    if (Object.hasOwn(set, name))
      throw new LandauError("input", `${name} is given twice: by --${name} and by --set ${name}=${set[name]}`);
  return { ...set, ...Object.fromEntries(short.map(name => [name, options[name] as number | string])) };
};

const refuseWithoutControls = (command: Command, controls: Controls): void => {
  const set: readonly string[] | undefined = command.opts().set;
  if (set && Object.keys(controls).length === 0)
    throw new LandauError("input", `--set ${set.join(" ")} is for a system: ${command.args[0]} has no settings here`);
};

/** The settings that a command takes as `--key value`: their options were put into a group of their own. */
const shortForms = (command: Command, controls: Controls): readonly string[] =>
  command.options
    .filter(({ helpGroupHeading, hidden }) => helpGroupHeading !== undefined && !hidden)
    .map(option => option.attributeName())
    .filter(name => Object.hasOwn(controls, name));

const unexpectedWord = (word: string, controls: Controls): string => {
  const [, key, value] = PAIR.exec(word) ?? [];
  if (key === undefined)
    return `unexpected word ${JSON.stringify(word)}: settings are given as --key value or --set key=value`;
  return Object.hasOwn(controls, key)
    ? `unexpected word ${JSON.stringify(word)}: needs --set before it, or --${key} ${value}`
    : unknownSetting(key, controls);
};
