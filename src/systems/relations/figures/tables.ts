import type { Table } from "../../../charts/exhibits.ts";
import type { RunView } from "../../../contracts/run-view.ts";
import { mean } from "../../../numerics/statistics.ts";
import { mainRelations } from "../claims/statics.ts";
import {
  curves,
  decayStudies,
  modeStudies,
  powerStudies,
  rateStudies,
  type TrainStudy,
  transcribedUnit,
  unitOfClasses,
  unitOfOrder,
} from "../claims/studies.ts";
import { bucketBound } from "../claims/training.ts";
import { relationsControls } from "../controls.ts";
import { buckets } from "../theory/buckets.ts";
import { descriptionLength, genericLength, symmetricLength } from "../theory/description-length.ts";
import { phases } from "../theory/phases.ts";

const numeric = (...labels: readonly string[]) => labels.map(label => ({ label, numeric: true }));

const properties = {
  bipartite: "symmetric, two sides of 10 and 20",
  "mod 3": "symmetric, reflexive, transitive",
  "mod 5": "symmetric, reflexive, transitive",
  order: "irreflexive, transitive, total",
} as const;

/** Tables I and II. */
const lengths: Table = {
  name: "description-lengths",
  title: "Relations of thirty symbols and the bits that single them out",
  needs: [],
  columns: [
    { label: "relation" },
    { label: "properties" },
    ...numeric("bits", "bits of the table", "p_c", "p_c of the table"),
  ],
  caption: () =>
    "Measured: nothing. Theory: log2(n!/|Aut|) and the source's table; p_c is the share of the pairs at which nine tenths of so many bits are known, alpha = 0.9.",
  rows: () => [
    ["none", "none known", "–", String(genericLength(30)), "–", "–"],
    ["any symmetric", "symmetric", "–", String(symmetricLength(30)), "–", "–"],
    ...mainRelations.map(({ name, relation }) => {
      const { exact, table } = descriptionLength(relation);
      const threshold = (bits: number) => (buckets(bits).samplesFor(0.9) / 900).toFixed(4);
      return [name, properties[name], exact.toFixed(3), table.toFixed(3), threshold(exact), threshold(table)];
    }),
  ],
};

/** Table III. */
const hyperparameters: Table = {
  name: "hyperparameters",
  title: "Defaults of training",
  needs: [],
  columns: [{ label: "setting" }, { label: "default" }, { label: "meaning" }],
  caption: () =>
    "Measured: nothing. Theory: the source's table III; loss and start of the embeddings are not in it, and are this laboratory's.",
  rows: () =>
    Object.entries(relationsControls).map(([name, control]) => [name, String(control.default), control.summary]),
};

const isQuick = ({ quick }: TrainStudy): boolean => quick !== undefined;

/** Table IV with counts: a row for each pair of rates. */
const phasesTable = (name: string, title: string, own: readonly TrainStudy[]): Table => ({
  name,
  title,
  needs: own.map(study => study.has("final")),
  columns: numeric("embedding rate", "decoder rate", "ratio", "decay", "steps", ...phases, "test accuracy at"),
  caption: () =>
    "Measured: how many of six seeds end in each phase within the steps, and the median step at which test accuracy exceeds 0.9. Theory: generalization within 1000 steps of the training accuracy, grokking later, memorization and confusion without.",
  rows: run =>
    own.map(study => {
      const { embeddingRate, decoderRate, weightDecay, steps } = study.settings(run);
      const finals = study.of(run, "final");
      return [
        ...[embeddingRate, decoderRate].map(String),
        (decoderRate / embeddingRate).toPrecision(3),
        String(weightDecay),
        String(steps),
        ...phases.map(phase => String(finals.filter(({ label }) => label === phase).length)),
        medianStep(finals.map(({ testStep }) => testStep)),
      ];
    }),
});

const medianStep = (steps: readonly (number | null)[]): string => {
  const sorted = steps.map(step => step ?? Number.POSITIVE_INFINITY).sort((a, b) => a - b);
  const middle = sorted[Math.floor((sorted.length - 1) / 2)];
  return Number.isFinite(middle) ? String(middle) : "never";
};

const accuracyRow = (run: RunView, study: TrainStudy, bound: string): readonly string[] => {
  const finals = study.of(run, "final");
  const { relation, mode, decoder, depth, trainFraction } = study.settings(run);
  const average = (of: (final: (typeof finals)[number]) => number) => mean(finals.map(of)).toFixed(3);
  return [
    study.name,
    relation,
    mode,
    decoder === "layers" ? `${depth} layers` : decoder,
    String(trainFraction),
    average(({ trainAccuracy }) => trainAccuracy),
    average(({ testAccuracy }) => testAccuracy),
    average(({ accuracy }) => accuracy),
    bound,
  ];
};

const boundOf = (study: TrainStudy): string => {
  const curve = curves.find(each => each.study === study);
  return curve ? bucketBound(curve.name, curve.fraction).toFixed(3) : "";
};

const accuracyTable = (name: string, title: string, own: readonly TrainStudy[]): Table => ({
  name,
  title,
  needs: own.map(study => study.has("final")),
  columns: [
    ...["study", "relation", "decoder is given", "decoder"].map(label => ({ label })),
    ...numeric("share", "training accuracy", "test accuracy", "accuracy on all", "balls in buckets"),
  ],
  caption: () =>
    "Measured: means over seeds at the end of training. Theory: the estimate of balls in buckets with the bits of the source's table, where the study is one of its curve.",
  rows: run => own.map(study => accuracyRow(run, study, boundOf(study))),
});

const trained = [
  ...new Set(
    [...curves, ...modeStudies, ...unitOfClasses, ...unitOfOrder, { study: transcribedUnit }, ...powerStudies].map(
      ({ study }) => study,
    ),
  ),
];

export const tables: readonly Table[] = [
  lengths,
  hyperparameters,
  phasesTable("phases-of-rates", "Phases at pairs of rates", rateStudies.filter(isQuick)),
  phasesTable("phases-of-more-rates", "Phases at more pairs of rates", [
    ...rateStudies.filter(study => !isQuick(study)),
    ...decayStudies,
  ]),
  accuracyTable("accuracies", "Accuracies", trained.filter(isQuick)),
  accuracyTable(
    "more-accuracies",
    "Accuracies of full reproductions",
    trained.filter(study => !isQuick(study)),
  ),
];
