import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Exhibits, isAvailable } from "../charts/exhibits.ts";
import type { System } from "../contracts/index.ts";
import { exhibitsOf } from "../exhibits/index.ts";
import { makeDocument } from "./document.ts";
import { drawFigures } from "./figures.ts";
import { reportPage } from "./page.ts";
import { svgToPng } from "./png.ts";
import { type RunData, viewOf } from "./run-data.ts";
import { storing } from "./storing.ts";

/**
 * Writes `report.html` and `figures/<name>.svg` and `.png` into a folder, which is made when missing, and returns the
 * page's path. Figures and tables whose records the run lacks, and tables without rows, are left out. Throws a LandauError
 * of kind "store" when the folder cannot be written.
 */
export const writeReport = async (
  run: RunData,
  system: System,
  exhibits: Exhibits,
  { folder }: { readonly folder: string },
): Promise<string> => {
  const document = await makeDocument();
  const view = viewOf(run);
  const ours = exhibitsOf({ ...view, studies: run.spec.studies }, system, exhibits);
  const figures = drawFigures([...ours.figures, ...exhibits.figures], view, document);
  // A table with needs of its own may still find nothing to list.
  const tables = [...ours.tables, ...exhibits.tables].filter(
    table => isAvailable(table, view) && table.rows(view).length > 0,
  );
  const page = await reportPage(run, system, { ...exhibits, tables }, figures, document);
  const path = join(folder, "report.html");
  const pictures = join(folder, "figures");
  await storing(pictures, mkdir(pictures, { recursive: true }));
  for (const { figure, svg } of figures) {
    const name = join(pictures, figure.name);
    await storing(pictures, writeFile(`${name}.svg`, svg));
    await storing(pictures, writeFile(`${name}.png`, await svgToPng(svg)));
  }
  await storing(path, writeFile(path, page));
  return path;
};
