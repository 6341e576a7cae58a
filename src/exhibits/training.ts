import type { Figure } from "../charts/exhibits.ts";
import { type Curve, type Level, lineChart, type Point } from "../charts/line-chart.ts";
import { colours } from "../charts/theme.ts";
import type { Learner } from "../contracts/learner.ts";
import type { RunRecord } from "../contracts/protocol.ts";
import type { RunView } from "../contracts/run-view.ts";
import { bookkeeping, testName } from "../experiments/records.ts";
import { byChain } from "../protocols/records.ts";
import { counted, type SeenStudy, type Values } from "./seen-study.ts";

export interface TrainingPicture {
  readonly study: SeenStudy<string, RunRecord>;
  /** Kind of the records along training; "checkpoint" when absent. */
  readonly kind?: string;
  /** Field of the checkpoints that is drawn. */
  readonly field: string;
  /** The same quantity on test data, where the model has some. */
  readonly testField?: string;
  /** Name of the axis; the field when absent. */
  readonly y?: string;
  readonly name?: string;
  /** Heights that mean something at the settings that were run. */
  readonly levels?: (at: Values) => readonly Level[];
  /** What the heights are, for the caption. */
  readonly levelText?: string;
}

/** A quantity of all runs of a study over training, on a logarithmic axis where it falls far. */
export const trainingFigure = (picture: TrainingPicture): Figure => {
  const { study, kind = "checkpoint", field, y = field, levels = () => [], levelText } = picture;
  const title = `${capital(y)} over training: ${study.name}`;
  const read = (run: RunView) => linesOf(picture, study.of(run, kind));
  return {
    name: picture.name ?? `${field}-${study.name}`,
    title,
    width: 860,
    height: 420,
    needs: [{ study: study.name, kind }],
    caption(run) {
      const { isLog, dropped, kinds, chains } = read(run);
      const what = kinds.length > 1 ? ` on ${kinds.map(({ text }) => text).join(" and ")}` : "";
      const all = read(run).drawn.flatMap(({ points }) => points.map(([, value]) => value));
      const shown = within(all, levels(study.settings(run)));
      return [
        `Measured: ${y}${what} of ${chains === 1 ? "one run" : `${chains} runs, one line for each seed`}, at checkpoints, not smoothed.`,
        "The start has no place on a logarithmic axis and is left out.",
        isLog && dropped > 0 && `So ${dropped === 1 ? "is one value" : `are ${dropped} values`} of 0.`,
        shown.length > 0 && `Theory: ${levelText ?? "levels as horizontal lines"}.`,
      ]
        .filter(Boolean)
        .join(" ");
    },
    draw(run, surface) {
      const { isLog, drawn, kinds, chains, time } = read(run);
      const all = drawn.flatMap(({ points }) => points.map(([, value]) => value));
      const shown = within(all, levels(study.settings(run))).filter(({ value }) => !isLog || value > 0);
      return lineChart(
        {
          title,
          description: `${y} of ${counted(chains, "run")} over training ${time}s, ${all.length} values.`,
          x: { label: `training ${time}s`, scale: "log" },
          y: { label: y, scale: isLog ? "log" : "linear" },
          curves: drawn,
          levels: shown,
          key: kinds.length > 1 ? kinds.map(({ text, colour }) => ({ sample: "line", text, colour })) : [],
        },
        surface,
      );
    },
  };
};

/** The levels near what was measured: one far off would flatten it. */
const within = (values: readonly number[], levels: readonly Level[]): readonly Level[] => {
  const [low, high] = [
    values.reduce((a, b) => Math.min(a, b), Infinity),
    values.reduce((a, b) => Math.max(a, b), -Infinity),
  ];
  const room = Math.max(high - low, 0.1 * Math.abs(high));
  return levels.filter(({ value }) => value >= low - room && value <= high + room);
};

/** The loss of a learner over training, with the levels of its phases. */
export const lossOverTraining = (study: SeenStudy<"checkpoint", RunRecord>, learner: Learner): Figure =>
  trainingFigure({
    study,
    field: "loss",
    levelText: "losses of the phases at these settings",
    levels: at => learner.phases(at).map(({ label, loss }) => ({ label, value: loss, colour: colours.grey })),
  });

/** The order parameter of a learner over training, with the predicted one. */
export const orderOverTraining = (study: SeenStudy<"checkpoint", RunRecord>, learner: Learner): Figure =>
  trainingFigure({
    study,
    field: "order",
    y: learner.order.label,
    levelText: "the order parameter of the phase of lowest loss",
    levels(at) {
      const predicted = learner.order.theory?.(at) ?? null;
      return predicted === null ? [] : [{ label: "predicted", value: predicted, colour: colours.vermillion }];
    },
  });

/** Every single number that records of the kind of `checkpoint` hold, those of test data beside those of training data. */
export const quantitiesOverTraining = (study: SeenStudy<string, RunRecord>, checkpoint: RunRecord): readonly Figure[] =>
  quantitiesOf(checkpoint).map(({ name, field, testField }) =>
    trainingFigure({
      study,
      kind: checkpoint.kind,
      field,
      y: name,
      name: `${name}-${study.name}`,
      ...(testField && { testField }),
    }),
  );

interface Quantity {
  readonly name: string;
  readonly field: string;
  readonly testField?: string;
}

/** "loss" and "testLoss", or "trainLoss" and "testLoss", are one quantity on two kinds of data. */
const quantitiesOf = (checkpoint: RunRecord): readonly Quantity[] => {
  const fields = numbersOf(checkpoint);
  return fields.flatMap((field): Quantity[] => {
    const onTest = /^test([A-Z].*)$/.exec(field)?.[1];
    if (onTest !== undefined && (fields.includes(uncapital(onTest)) || fields.includes(`train${onTest}`))) return [];
    const name = uncapital(/^train([A-Z].*)$/.exec(field)?.[1] ?? field);
    const testField = testName(name);
    return [{ name, field, ...(fields.includes(testField) && { testField }) }];
  });
};

/** The fields of a record that are numbers the model or the learner returned. */
export const numbersOf = (record: RunRecord): readonly string[] =>
  Object.keys(record).filter(name => !bookkeeping.has(name) && name !== "epoch" && typeof record[name] === "number");

const uncapital = (text: string): string => text.charAt(0).toLowerCase() + text.slice(1);

/** A loss that falls by more than this factor is shown on a logarithmic axis. */
const FAR = 30;

const linesOf = ({ field, testField }: TrainingPicture, all: readonly RunRecord[]) => {
  const time = all.some(({ epoch }) => typeof epoch === "number") ? "epoch" : "step";
  const records = all.filter(record => (record[time] as number) > 0);
  const kinds = [
    { field, text: "training data", colour: colours.blue },
    ...(testField === undefined ? [] : [{ field: testField, text: "test data", colour: colours.vermillion }]),
  ].filter(kind => records.some(record => typeof record[kind.field] === "number"));
  const values = kinds.flatMap(kind =>
    records.map(record => record[kind.field]).filter((value): value is number => typeof value === "number"),
  );
  const positive = values.filter(value => value > 0);
  const least = positive.reduce((a, b) => Math.min(a, b), Infinity);
  const most = positive.reduce((a, b) => Math.max(a, b), 0);
  const isLog = /loss/i.test(field) && !values.some(value => value < 0) && most > FAR * least;
  const isShown = (value: number) => !isLog || value > 0;
  const chains = byChain(records);
  const drawn = kinds.flatMap(kind =>
    [...chains.values()].map(
      (own): Curve => ({
        points: own.flatMap((record): Point[] => {
          const value = record[kind.field];
          return typeof value === "number" && isShown(value) ? [[record[time] as number, value]] : [];
        }),
        colour: kind.colour,
        opacity: chains.size > 1 ? 0.5 : 1,
      }),
    ),
  );
  return { isLog, kinds, drawn, time, chains: chains.size, dropped: values.filter(value => !isShown(value)).length };
};

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
