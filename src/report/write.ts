import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type Exhibits, isAvailable, type Table } from "../charts/exhibits.ts";
import type { System } from "../contracts/index.ts";
import type { RunView } from "../contracts/run-view.ts";
import { isLandauError } from "../errors.ts";
import { exhibitsOf } from "../exhibits/index.ts";
import { closeReportFiles, openReportFiles, REPORT } from "../lab/node/report-files.ts";
import { type DrawnFigure, drawFigures } from "./figures.ts";
import { reportPage, type Shown } from "./page.ts";
import { type PngRenderer, pngRenderer } from "./png.ts";
import { type RunData, viewOf } from "./run-data.ts";
import { storing } from "./storing.ts";

export interface WriteOptions {
  readonly folder: string;
  /** Something is missing that one may want to know of. */
  onNotice?(message: string): void;
  /** Loads what renders PNG files: that of the package when absent. */
  readonly renderer?: () => Promise<PngRenderer>;
}

/**
 * Writes `report.html` and `figures/<name>.svg` and `.png` into a folder, which is made when missing, with their hashes in `report.json`, and returns
 * the page's path. Figures and tables whose records the run lacks, and tables without rows, are left out. Throws a LandauError
 * of kind "store" when the folder cannot be written. Where nothing renders PNG on this machine, `onNotice` is told so, and all the rest is written.
 */
export const writeReport = async (
  run: RunData,
  system: System,
  exhibits: Exhibits,
  { folder, onNotice, renderer = pngRenderer }: WriteOptions,
): Promise<string> => {
  const shown = shownOf(run, system, exhibits);
  const page = await reportPage(run, system, exhibits, shown);
  const path = join(folder, REPORT);
  const written: string[] = [];
  const files = join(folder, "figures");
  await storing(files, mkdir(files, { recursive: true }));
  openReportFiles(folder);
  const render = await renderer().catch((cause: unknown) => {
    if (!isLandauError(cause)) throw cause;
    onNotice?.(`no PNG files of the figures, which the report and the SVG files have: ${cause.message}`);
  });
  for (const {
    figure,
    pictures: { wide },
  } of new Set([...shown.figures, ...shown.studies.flatMap(({ figures }) => figures)])) {
    const name = `figures/${figure.name}`;
    await storing(files, writeFile(join(folder, `${name}.svg`), wide));
    if (render) await storing(files, writeFile(join(folder, `${name}.png`), render(wide)));
    written.push(`${name}.svg`, ...(render ? [`${name}.png`] : []));
  }
  await storing(path, writeFile(path, page));
  closeReportFiles(folder, [...written, REPORT]);
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
