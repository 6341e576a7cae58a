import { defaultsOf } from "../contracts/field.ts";
import { LandauError } from "../errors.ts";
import { packZarr } from "../formats/pack-zarr.ts";
import { isSweep } from "../protocols/sweep.ts";
import { type AxisSettings, axesOf, placedCells } from "../protocols/sweep-axes.ts";
import { sweepMap } from "../protocols/sweep-cells.ts";
import type { ExportFile } from "./export-csv.ts";
import { type ExportedRun, type ExportedSystem, meaningOfField } from "./record-tables.ts";
import { sweepArrays } from "./sweep-arrays.ts";

/** What made the run, for the attributes of a store. */
export interface RunOrigin {
  readonly id: string;
  readonly seed: number;
  readonly contentHash: string;
}

/**
 * A Zarr store for each sweep of a run, `<study>.zarr`, as xarray opens it: see `sweepArrays`. Rejects with a LandauError of kind "input" for a run without
 * a sweep.
 */
export const exportZarr = async (
  run: ExportedRun,
  system: ExportedSystem,
  origin: RunOrigin,
): Promise<readonly ExportFile<Uint8Array>[]> => {
  const sweeps = run.studies
    .filter(({ protocol }) => isSweep(protocol))
    .map(({ name, protocol, settings }) => {
      const controls = system.protocols?.[protocol]?.settings ?? {};
      const axes = axesOf({ ...defaultsOf(controls), ...settings } as unknown as AxisSettings);
      return { name, settings, controls, axes, records: run.records(name, "cell") };
    })
    .filter(({ records, axes }) => placedCells(records, axes).length > 0);
  if (sweeps.length === 0)
    throw new LandauError(
      "input",
      `run ${origin.id} has no sweep, and Zarr is for arrays over the controls of one: export it with --to csv, parquet or npz`,
    );
  const files = sweeps.map(async ({ name, settings, controls, axes, records }) => {
    const store = await packZarr({
      attributes: {
        title: `Sweep ${name} of ${system.name}`,
        source: `landau, run ${origin.id}`,
        Conventions: "CF-1.11",
        seed: origin.seed,
        contentHash: origin.contentHash,
        settings,
      },
      arrays: sweepArrays(sweepMap(records, axes), {
        controls,
        meaningOf: field => meaningOfField(field, system, controls),
      }),
    });
    return [...store].map(([path, content]) => ({ name: `${name}.zarr/${path}`, content }));
  });
  return (await Promise.all(files)).flat();
};
