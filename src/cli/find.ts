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

/** What a command says that a system has no protocol for: the verbs that it does have. */
const lacksVerb = ({ name, protocols }: System, verb: string): LandauError => {
  const has = Object.keys(protocols);
  const why = has.length === 0 ? "it has nothing that learns" : `it can: ${has.join(", ")}`;
  return new LandauError("input", `system ${name} has no protocol ${verb}: ${why}. landau systems ${name} says more`);
};

/** The protocol that a command runs. Throws a LandauError of kind "input" when the system has none of this name. */
export const verbOf = (system: System, verb: string): Protocol => {
  if (!Object.hasOwn(system.protocols, verb)) throw lacksVerb(system, verb);
  return system.protocols[verb];
};

/** The system of this name, which alone is loaded. */
export const findSystem = async (name: string): Promise<System> => find("system", name, await listSystems()).load();

export const loadSystems = async (): Promise<readonly System[]> =>
  Promise.all(Object.values(await listSystems()).map(({ load }) => load()));
