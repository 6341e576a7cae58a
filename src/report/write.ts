import { join } from "node:path";
import { type Exhibits, isAvailable, type Table } from "../charts/exhibits.ts";
import type { System } from "../contracts/index.ts";
import type { RunView } from "../contracts/run-view.ts";
import { isLandauError } from "../errors.ts";
import { exhibitsOf } from "../exhibits/index.ts";
import { REPORT, type ReportFile, storeReport } from "../lab/node/report-files.ts";
import { type DrawnFigure, drawFigures } from "./figures.ts";
import { reportPage, type Shown } from "./page.ts";
import { type PngRenderer, pngRenderer } from "./png.ts";
import { type RunData, viewOf } from "./run-data.ts";

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
  const render = await renderer().catch((cause: unknown) => {
    if (!isLandauError(cause)) throw cause;
    onNotice?.(`no PNG files of the figures, which the report and the SVG files have: ${cause.message}`);
    return undefined;
  });
  storeReport(folder, filesOf(shown, page, render));
  return join(folder, REPORT);
};

/** The page comes last. */
function* filesOf(shown: Shown, page: string, render: PngRenderer | undefined): Generator<ReportFile> {
  const figures = new Set([...shown.figures, ...shown.studies.flatMap(({ figures }) => figures)]);
  for (const { figure, pictures } of figures) {
    yield { name: `figures/${figure.name}.svg`, content: pictures.wide };
    if (render) yield { name: `figures/${figure.name}.png`, content: render(pictures.wide) };
  }
  yield { name: REPORT, content: page };
}

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
