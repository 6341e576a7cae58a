import { LandauError } from "../../errors.ts";
import { completeSpec, type Systems } from "../complete-spec.ts";
import { plan } from "../plan.ts";
import { checkFastModes } from "./fast-modes.ts";
import type { Manifest } from "./manifest.ts";
import { landauVersion } from "./versions.ts";

/**
 * Whether this Landau, on this machine, may go on with a run. Resolves to how many tasks its first round has, which are those that run.json lists;
 * rejects with a LandauError of kind "store" that says what differs.
 */
export const checkGoesOn = async (manifest: Manifest, systems: Systems): Promise<number> => {
  const version = landauVersion();
  if (manifest.versions.landau !== version)
    throw new LandauError(
      "store",
      `run ${manifest.id} was begun by Landau ${manifest.versions.landau}, this is ${version}: one run keeps one version. Resume it with that version, or start again`,
    );
  // The spec was complete once; what it names may have gone.
  const libraries = await checkFastModes(completeSpec(manifest.spec, systems).fast);
  for (const [name, title] of [
    ["openblas", "OpenBLAS"],
    ["compiler", "the compiler"],
  ] as const)
    if (manifest.versions[name] !== libraries[name])
      throw new LandauError(
        "store",
        `run ${manifest.id} was begun with ${title} ${manifest.versions[name]}, this is ${libraries[name]}: one run keeps one version. Resume it with that version, or start again`,
      );
  const first = plan(manifest.spec, systems);
  if (first.some(({ id }, i) => manifest.tasks[i]?.id !== id))
    throw new LandauError(
      "store",
      `run ${manifest.id}: its list of tasks is not what its protocols plan: restore run.json, or start again`,
    );
  return first.length;
};
