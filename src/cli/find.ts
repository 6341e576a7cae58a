import type { System } from "../contracts/index.ts";
import { LandauError } from "../errors.ts";
import { unknownWord } from "../lab/nearest.ts";

/** The entry of a table by its name. Throws a LandauError of kind "input" that suggests the nearest name. */
export const find = <Entry>(what: string, name: string, table: { readonly [name: string]: Entry }): Entry => {
  if (!Object.hasOwn(table, name)) throw new LandauError("input", unknownWord(what, name, Object.keys(table)));
  return table[name];
};

/** Every system; loaded on first use, so that help is quick. */
export const loadSystems = async (): Promise<{ readonly [name: string]: System }> =>
  (await import("../systems/index.ts")).systems;

export const findSystem = async (name: string): Promise<System> => find("system", name, await loadSystems());
