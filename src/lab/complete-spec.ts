import { isAllowed, needsOf, type Settings } from "../contracts/field.ts";
import type { Protocol, Study } from "../contracts/protocol.ts";
import type { System } from "../contracts/system.ts";
import { isLandauError, LandauError } from "../errors.ts";
import { fastModeNames } from "./fast-modes.ts";
import { unknownSetting, unknownWord } from "./nearest.ts";
import { type PlaceName, pathName, refuse, type Spec, type SpecPath } from "./spec.ts";

/** Every system that can be asked for, by its name. */
export type Systems = { readonly [name: string]: System };

export interface CompleteStudy extends Study {
  readonly chunk: number;
  /** Settings that only plan pieces, as the protocol says; absent when there are none. */
  readonly planning?: readonly string[];
}

/** A spec in which nothing is left to a default. */
export interface CompleteSpec extends Spec {
  readonly landau: 1;
  readonly studies: readonly CompleteStudy[];
  readonly claims: readonly string[];
}

/**
 * Fills in every setting that a spec leaves to its default and checks each value against its control, then their
 * combination by the protocol's own check. Throws a LandauError of kind "spec" that names the place, with a hint.
 */
export const completeSpec = (spec: Spec, systems: Systems, place: PlaceName = pathName): CompleteSpec => {
  const find = <Entry>(
    what: string,
    path: SpecPath,
    name: string,
    table: { readonly [name: string]: Entry },
  ): Entry => {
    if (!Object.hasOwn(table, name))
      throw new LandauError("spec", `${place(path)}: ${unknownWord(what, name, Object.keys(table))}`);
    return table[name];
  };

  const system = find("system", ["system"], spec.system, systems);
  const claims = Object.fromEntries(system.claims.map(claim => [claim.id, claim]));
  for (const [i, id] of (spec.claims ?? []).entries()) find("claim", ["claims", i], id, claims);

  const completeStudy = (study: Study, index: number): CompleteStudy => {
    const at: SpecPath = ["studies", index];
    const protocol = find("protocol", [...at, "protocol"], study.protocol, system.protocols);
    const settings = completeSettings(protocol, study.settings, [...at, "settings"]);
    const { name, chains, chunk = 1, earlier } = study;
    const { planning } = protocol;
    return {
      ...{ name, protocol: study.protocol, chains, chunk, settings },
      ...(earlier && { earlier: earlier.map((each, i) => completeSettings(protocol, each, [...at, "earlier", i])) }),
      ...(planning && { planning }),
    };
  };

  const completeSettings = (protocol: Protocol, given: Settings, at: SpecPath): Settings => {
    const controls = protocol.settings;
    for (const key of Object.keys(given))
      if (!Object.hasOwn(controls, key))
        throw new LandauError("spec", `${place([...at, key])}: ${unknownSetting(key, controls)}`);
    const settings = Object.fromEntries(
      Object.entries(controls).map(([key, control]) => {
        const value = Object.hasOwn(given, key) ? given[key] : control.default;
        if (!isAllowed(control, value)) throw refuse(place([...at, key]), value, needsOf(control));
        return [key, value];
      }),
    );
    try {
      protocol.check?.(settings);
    } catch (cause) {
      // One of another kind is about more than the settings, and names its place itself.
      if (!isLandauError(cause, "input")) throw cause;
      throw new LandauError("spec", `${place(at)}: ${cause.message}`, { cause });
    }
    return settings;
  };

  return {
    landau: 1,
    system: spec.system,
    ...(spec.title !== undefined && { title: spec.title }),
    seed: spec.seed,
    // Absent when there are none, so that the tasks of the deterministic mode keep their ids.
    ...(spec.fast?.length && { fast: fastModeNames.filter(name => spec.fast?.includes(name)) }),
    studies: spec.studies.map(completeStudy),
    claims: spec.claims ?? [],
  };
};
