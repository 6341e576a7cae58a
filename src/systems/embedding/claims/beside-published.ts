import type { RecordOf } from "../../../contracts/protocol.ts";
import type { RunView } from "../../../contracts/run-view.ts";
import type { StudyFrom } from "../../../protocols/study.ts";
import type { CellRecord, mapProtocol } from "../protocols/map.ts";
import { type Phase, phaseOf } from "../theory/phases.ts";
import { type PublishedCell, publishedDecays, publishedRates } from "./published-maps.ts";

/** A cell of one's own beside the published one, whose phase is that within the same budget. */
export interface CellBesidePublished {
  readonly cell: RecordOf<{ cell: CellRecord }, "cell">;
  readonly published: PublishedCell & { readonly label: Phase };
}

const maps = { decays: publishedDecays, rates: publishedRates };

/** The cells of a map, coarse or whole, beside those of the published map, both within the budget of the study. */
export const cellsBesidePublished = (
  run: RunView,
  study: StudyFrom<typeof mapProtocol>,
  map: keyof typeof maps,
): readonly CellBesidePublished[] => {
  const { rowCount, columnCount, steps } = study.settings(run);
  const published = maps[map];
  const within = (step: number | null) => (step !== null && step < steps ? step : null);
  return study.of(run, "cell").map(cell => {
    const row = (cell.row * (published.length - 1)) / (rowCount - 1);
    const column = (cell.column * (published[0].length - 1)) / (columnCount - 1);
    const [trainStep, testStep] = [published[row][column].trainStep, published[row][column].testStep].map(within);
    return { cell, published: { trainStep, testStep, label: phaseOf(trainStep, testStep) } };
  });
};

export const hasPublishedPhase = ({ cell, published }: CellBesidePublished): boolean => cell.label === published.label;

/** Step counts that differ by one are the same: the source's code looks at the test pairs before the update of a step. */
export const hasPublishedSteps = ({ cell, published }: CellBesidePublished): boolean =>
  (["trainStep", "testStep"] as const).every(name => {
    const [own, other] = [cell[name], published[name]];
    return own === null || other === null ? own === other : Math.abs(own - other) <= 1;
  });
