import { callText } from "../call-text.ts";
import type { Protocol, System } from "../contracts/index.ts";
import { LandauError } from "../errors.ts";
import { unknownWord } from "../lab/nearest.ts";

/** The entry of a table by its name. Throws a LandauError of kind "input" that suggests the nearest name. */
export const find = <Entry>(what: string, name: string, table: { readonly [name: string]: Entry }): Entry => {
  if (!Object.hasOwn(table, name)) throw new LandauError("input", unknownWord(what, name, Object.keys(table)));
  return table[name];
};

/** What there is, without loading any of it. */
export const listSystems = async () => (await import("../systems/index.ts")).listedSystems;

/** Commands of the protocols that have one of their own. */
const commands: { readonly [protocol: string]: string } = {
  train: "train",
  anneal: "anneal",
  sweep: "sweep",
  posterior: "sample",
};

/** What each protocol, instrument or command needs of a learner. */
const needs: { readonly [verb: string]: string } = {
  train: "nothing to train",
  anneal: "no control to sweep",
  sweep: "no control over which to map phases",
  posterior: "no posterior to sample",
  coefficient: "no minimum to estimate a coefficient at",
  order: "no order parameter whose transition has an order",
};

/** What a verb says that has no meaning for a system of bounds or instruments, and which ones have. */
export const lacksLearner = ({ name }: Pick<System, "name">, verb: string): LandauError =>
  new LandauError(
    "input",
    `${name} has nothing that learns, hence ${needs[verb] ?? `nothing to ${verb}`}: ${callText(`reproduce ${name}`)} puts its claims to the test, ${callText(`theory ${name}`)} lists its closed forms`,
  );

/** What a command says that a system has no protocol for: what can be done with the system instead. */
const lacksVerb = (system: System, verb: string): LandauError => {
  const { name, protocols, learner, theory, claims } = system;
  if (!learner) return lacksLearner(system, verb);
  const has = Object.keys(protocols);
  const can = [
    ...has.filter(protocol => Object.hasOwn(commands, protocol)).map(protocol => `${commands[protocol]} ${name}`),
    `coefficient ${name} --at PHASE`,
    ...(claims.length > 0 ? [`reproduce ${name}`] : []),
    ...(Object.keys(theory).length > 0 ? [`theory ${name}`] : []),
  ].map(callText);
  const others = has.filter(protocol => !Object.hasOwn(commands, protocol));
  const specs = others.length > 0 ? `; with ${callText("run SPEC")} also: ${others.join(", ")}` : "";
  return new LandauError("input", `${name} has no protocol ${verb}. It can: ${can.join(", ")}${specs}`);
};

/** The protocol that a command runs. Throws a LandauError of kind "input" when the system has none of this name. */
export const verbOf = (system: System, verb: string): Protocol => {
  if (!Object.hasOwn(system.protocols, verb)) throw lacksVerb(system, verb);
  return system.protocols[verb];
};

/** The system of this name, which alone is loaded. */
export const findSystem = async (name: string): Promise<System> => find("system", name, await listSystems()).load();

/** A system by its name, or the experiment of a file by its path. */
export const systemOrExperiment = async (name: string): Promise<System> => {
  const { isExperimentPath, systemsWith } = await import("../lab/node/experiment-file.ts");
  if (!isExperimentPath(name)) return findSystem(name);
  const { name: path, systems } = await systemsWith(name);
  return systems[path];
};

/** Commands that have options for the settings of the system that they are called with. */
const settable = ["train", "sample", "anneal", "sweep", "coefficient"];

/**
 * The system that the words of a call name, where its settings are options: so that help can list them and errors know them. Undefined for another
 * call, or when no word is the name of a system or the path of a module.
 */
export const systemOfCall = async ([command, ...words]: readonly string[]): Promise<System | undefined> => {
  if (!settable.includes(command)) return undefined;
  const listed = await listSystems();
  const isNamed = (word: string): boolean =>
    Object.hasOwn(listed, word) ||
    (command === "train" && /^[^-=][^=]*\.[cm]?[jt]s$/.test(word)) ||
    (command === "sample" && /^[^-=][^=]*\.py$/.test(word));
  const named = words.filter(isNamed);
  // A word behind an option is more likely its value.
  const name = words.find((word, i) => isNamed(word) && !words[i - 1]?.startsWith("--")) ?? named[0];
  return name === undefined ? undefined : systemOrExperiment(name);
};

/** The system or file that a call names: one of them. */
export const modelOfCall = (system: string | undefined, python: string | undefined): string => {
  if (system !== undefined && python !== undefined)
    throw new LandauError("input", `${system} and --python ${python}: needs one of them`);
  if (python !== undefined && !python.endsWith(".py"))
    throw new LandauError("input", `--python ${python}: needs a file whose name ends with .py`);
  const name = system ?? python;
  if (name === undefined)
    throw new LandauError(
      "input",
      "missing required argument 'system': a system's name, the path of a module, or --python FILE",
    );
  return name;
};
