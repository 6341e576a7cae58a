import type { Table } from "../../../charts/exhibits.ts";
import { hasPublishedPhase, hasPublishedSteps } from "../claims/beside-published.ts";
import { ensembles, figureRuns, publishedRuns, quickEnsembles } from "../claims/studies.ts";
import { phases } from "../theory/phases.ts";
import { allCells, type MapBesidePublished, mapsBesidePublished } from "./maps-beside-published.ts";

const stepText = (step: number | null): string => (step === null ? "never" : String(step));

const differences = (map: MapBesidePublished): Table => ({
  name: `differences-${map.name}`,
  title: `Cells that differ from the published map: ${map.name}`,
  needs: map.studies.map(study => study.has("cell")),
  columns: [
    { label: "embedding rate", numeric: true },
    { label: "decoder rate", numeric: true },
    { label: "weight decay", numeric: true },
    { label: "rebuilt" },
    { label: "published" },
    { label: "training, rebuilt / published" },
    { label: "test, rebuilt / published" },
  ],
  caption(run) {
    const cells = allCells(run, map);
    const [steps, phase] = [
      cells.filter(cell => hasPublishedSteps(cell)).length,
      cells.filter(hasPublishedPhase).length,
    ];
    return `Measured: of ${cells.length} cells ${steps} reach both accuracies at the published steps or one beside, and ${phase} are in the published phase; the others, none where the table says so, with both step counts.`;
  },
  rows(run) {
    const rows = allCells(run, map)
      .filter(cell => !hasPublishedSteps(cell))
      .map(({ cell, published }) => [
        cell.embeddingRate.toPrecision(3),
        cell.decoderRate.toPrecision(3),
        String(cell.weightDecay),
        cell.label,
        published.label,
        `${stepText(cell.trainStep)} / ${stepText(published.trainStep)}`,
        `${stepText(cell.testStep)} / ${stepText(published.testStep)}`,
      ]);
    return rows.length > 0 ? rows : [["none", "", "", "", "", "", ""]];
  },
});

const rebuiltRuns = [...publishedRuns, ...figureRuns];

/** Published runs, rebuilt: steps beside steps. */
const runsTable: Table = {
  name: "published-runs",
  title: "Runs rebuilt from the random words of the source's code",
  needs: rebuiltRuns.map(({ study }) => study.has("final")),
  columns: [
    { label: "run" },
    { label: "phase" },
    ...["training 0.9", "published", "test 0.9", "published", "RQI 0.95"].map(label => ({ label, numeric: true })),
  ],
  caption: () =>
    "Measured: steps at which accuracies and quality pass their thresholds, until the phase is decided or the steps of the study are spent. The source's code looks at the test pairs before the update of a step.",
  rows: run =>
    rebuiltRuns.flatMap(({ study, ...published }) =>
      study
        .of(run, "final")
        .map(({ label, trainStep, testStep, qualityStep }) => [
          study.name,
          label,
          stepText(trainStep),
          stepText(published.trainStep),
          stepText(testStep),
          stepText(published.testStep),
          stepText(qualityStep),
        ]),
    ),
};

/** Phases of runs from seeds of one's own: a row for each cell that was run. */
const frequencies: Table = {
  name: "phases-of-seeds",
  title: "Phases from other random numbers",
  needs: quickEnsembles.map(study => study.has("final")),
  columns: [
    ...["embedding rate", "decoder rate", "weight decay", "steps"].map(label => ({ label, numeric: true })),
    ...phases.map(label => ({ label, numeric: true })),
  ],
  caption: () =>
    "Measured: how many of ten seeds end in each phase within the steps, on the training pairs of the source.",
  rows: run =>
    ensembles
      .filter(study => study.isIn(run))
      .map(study => {
        const { embeddingRate, decoderRate, weightDecay, steps } = study.settings(run);
        const finals = study.of(run, "final");
        return [
          ...[embeddingRate, decoderRate, weightDecay, steps].map(String),
          ...phases.map(phase => String(finals.filter(({ label }) => label === phase).length)),
        ];
      }),
};

export const tables = [runsTable, ...mapsBesidePublished.map(differences), frequencies];
