import type { Comparison } from "../../../contracts/claim.ts";
import { near } from "../../../contracts/comparisons.ts";
import type { RecordOf } from "../../../contracts/protocol.ts";
import type { RunView } from "../../../contracts/run-view.ts";
import type { StudyFrom } from "../../../protocols/study.ts";
import type { CellRecord, mapProtocol } from "../protocols/map.ts";
import { type Phase, phaseOf } from "../theory/phases.ts";
import { figureClasses, figureDecays, figureGroup, figureRates, groupDecays } from "./published-figure.ts";
import { type PublishedCell, publishedDecays, publishedRates } from "./published-maps.ts";

/** A cell of one's own beside the published one, whose phase is that within the same budget. */
export interface CellBesidePublished {
  readonly cell: RecordOf<{ cell: CellRecord }, "cell">;
  readonly published: PublishedCell & { readonly label: Phase };
}

interface PublishedMap {
  readonly cells: readonly (readonly PublishedCell[])[];
  /** The decay of each row, where rows are not equally spaced. */
  readonly decays?: readonly number[];
}

const maps = {
  decays: { cells: publishedDecays },
  rates: { cells: publishedRates },
  "6a": { cells: figureRates },
  "6b": { cells: figureDecays },
  "6c": { cells: figureClasses },
  "6d": { cells: figureGroup, decays: groupDecays },
} as const satisfies { readonly [name: string]: PublishedMap };
export type PublishedName = keyof typeof maps;

/** The cells of a map, coarse, whole or some of its rows, beside those of the published map, both within the budget of the study. */
export const cellsBesidePublished = (
  run: RunView,
  study: StudyFrom<typeof mapProtocol>,
  name: PublishedName,
): readonly CellBesidePublished[] => {
  const { rowCount, columnCount, steps } = study.settings(run);
  const { cells, decays }: PublishedMap = maps[name];
  const within = (step: number | null) => (step !== null && step < steps ? step : null);
  return study.of(run, "cell").map(cell => {
    const row = decays ? decays.indexOf(cell.weightDecay) : (cell.row * (cells.length - 1)) / (rowCount - 1);
    const column = (cell.column * (cells[0].length - 1)) / (columnCount - 1);
    const [trainStep, testStep] = [cells[row][column].trainStep, cells[row][column].testStep].map(within);
    return { cell, published: { trainStep, testStep, label: phaseOf(trainStep, testStep) } };
  });
};

export const hasPublishedPhase = ({ cell, published }: CellBesidePublished): boolean => cell.label === published.label;

/** Step counts that differ by no more than `off` are the same; by one they do as the source's code looks at the test pairs before the update of a step. */
export const hasPublishedSteps = ({ cell, published }: CellBesidePublished, off = 1): boolean =>
  (["trainStep", "testStep"] as const).every(name => {
    const [own, other] = [cell[name], published[name]];
    return own === null || other === null ? own === other : Math.abs(own - other) <= off;
  });

/** An implementation may differ by so many steps: sums are taken in another order. */
const STEPS_OFF = 5;

/** A step count beside the published one, either null for never. */
export const stepNear = (quantity: string, measured: number | null, published: number | null): Comparison =>
  published === null || measured === null
    ? near(`${quantity} (0: never, 1: reached)`, measured === null ? 0 : 1, published === null ? 0 : 1)
    : near(quantity, measured, published, STEPS_OFF);
