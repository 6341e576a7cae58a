import { defaultsOf } from "../contracts/field.ts";
import type { RunRecord } from "../contracts/protocol.ts";
import { LandauError } from "../errors.ts";
import { packZarr } from "../formats/pack-zarr.ts";
import { SWEEP } from "../protocols/sweep.ts";
import { type AxisSettings, axesOf } from "../protocols/sweep-axes.ts";
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
  const sweeps = run.studies.filter(({ name, protocol }) => protocol === SWEEP && cellsOf(run, name).length > 0);
  if (sweeps.length === 0)
    throw new LandauError(
      "input",
      `run ${origin.id} has no sweep, and Zarr is for arrays over the controls of one: export it with --to csv, parquet or npz`,
    );
  const files = sweeps.map(async ({ name, protocol, settings }) => {
    const controls = system.protocols?.[protocol]?.settings ?? {};
    const axes = axesOf({ ...defaultsOf(controls), ...settings } as unknown as AxisSettings);
    const store = await packZarr({
      attributes: {
        title: `Sweep ${name} of ${system.name}`,
        source: `landau, run ${origin.id}`,
        Conventions: "CF-1.11",
        seed: origin.seed,
        contentHash: origin.contentHash,
        settings,
      },
      arrays: sweepArrays(sweepMap(cellsOf(run, name), axes), {
        controls,
        meaningOf: field => meaningOfField(field, system, controls),
      }),
    });
    return [...store].map(([path, content]) => ({ name: `${name}.zarr/${path}`, content }));
  });
  return (await Promise.all(files)).flat();
};

const cellsOf = (run: ExportedRun, study: string): readonly RunRecord[] => run.records(study, "cell");
