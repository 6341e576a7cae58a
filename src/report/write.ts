import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Exhibits, isAvailable, type Table } from "../charts/exhibits.ts";
import type { System } from "../contracts/index.ts";
import type { RunView } from "../contracts/run-view.ts";
import { exhibitsOf } from "../exhibits/index.ts";
import { type DrawnFigure, drawFigures } from "./figures.ts";
import { reportPage, type Shown } from "./page.ts";
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
  const shown = shownOf(run, system, exhibits);
  const page = await reportPage(run, system, exhibits, shown);
  const path = join(folder, "report.html");
  const files = join(folder, "figures");
  await storing(files, mkdir(files, { recursive: true }));
  for (const {
    figure,
    pictures: { wide },
  } of new Set([...shown.figures, ...shown.studies.flatMap(({ figures }) => figures)])) {
    const name = join(files, figure.name);
    await storing(files, writeFile(`${name}.svg`, wide));
    await storing(files, writeFile(`${name}.png`, await svgToPng(wide)));
  }
  await storing(path, writeFile(path, page));
  return path;
};

/**
 * What a system shows of its own stands in the body when the run has what it measures, and the rest in the appendix; otherwise what the
 * records of the studies give stands in the body too.
 */
const shownOf = (run: RunData, system: System, own: Exhibits): Shown => {
  const view = viewOf(run);
  const ofSystem = { figures: drawFigures(own.figures, view), tables: withRows(own.tables, view) };
  const studies = run.spec.studies.map(study => {
    const { figures, tables } = exhibitsOf({ ...view, studies: [study] }, system, own);
    return { study, figures: drawFigures(figures, view), tables: withRows(tables, view) };
  });
  if (run.spec.studies.length > 1 && ofSystem.figures.some(isMeasured)) return { ...ofSystem, studies };
  return {
    figures: [...studies.flatMap(({ figures }) => figures), ...ofSystem.figures],
    tables: [...studies.flatMap(({ tables }) => tables), ...ofSystem.tables],
    studies: studies.map(({ study }) => ({ study, figures: [], tables: [] })),
  };
};

const isMeasured = ({ figure }: DrawnFigure): boolean => figure.needs.length > 0;

/** A table with needs of its own may still find nothing to list. */
const withRows = (tables: readonly Table[], run: RunView): readonly Table[] =>
  tables.filter(table => isAvailable(table, run) && table.rows(run).length > 0);
