import type { Exhibits, Figure, Table } from "../charts/exhibits.ts";
import { key } from "../charts/key.ts";
import { type Curve, lineChart, type Point } from "../charts/line-chart.ts";
import { colours } from "../charts/theme.ts";
import type { RunRecord } from "../contracts/index.ts";
import type { RunView } from "../contracts/run-view.ts";
import { bookkeeping, STUDY, testName } from "../experiments/records.ts";
import { quantile } from "../numerics/statistics.ts";

/** What the report of an experiment shows: the loss and every other single number its model returns, on training and on test data. */
export const experimentExhibits = (records: readonly RunRecord[]): Exhibits => {
  const [first = {}] = records;
  const numbers = Object.keys(first).filter(
    name => !bookkeeping.has(name) && typeof (first as RunRecord)[name] === "number",
  );
  const onTest = new Set(numbers.map(testName));
  const quantities = numbers.filter(name => !onTest.has(name));
  return { figures: quantities.map(curves), tables: [ends(numbers)], formulae: [], bibtex: "" };
};

interface Kind {
  readonly field: string;
  readonly text: string;
  readonly colour: string;
}

const kindsOf = (quantity: string): readonly Kind[] => [
  { field: quantity, text: "training data", colour: colours.blue },
  { field: testName(quantity), text: "test data", colour: colours.vermillion },
];

/** A quantity of all members against steps. */
const curves = (quantity: string): Figure => {
  const title = `${quantity[0].toUpperCase()}${quantity.slice(1)} against training steps`;
  return {
    name: quantity,
    title,
    width: 860,
    height: 420,
    needs: [{ study: STUDY, kind: "checkpoint" }],
    caption(run) {
      const { isLog, kinds, dropped } = lines(run, quantity);
      const runs = chainsOf(run);
      const what = kinds.map(({ text }) => text).join(" and ");
      const sentences = [
        `Measured: ${quantity} on ${what} of ${runs === 1 ? "one run" : `${runs} runs, one line for each seed`}, at checkpoints, not smoothed.`,
        "Step 0 has no place on a logarithmic axis and is left out.",
        ...(isLog && dropped > 0 ? [`So ${dropped === 1 ? "is one value" : `are ${dropped} values`} of 0.`] : []),
      ];
      return sentences.join(" ");
    },
    draw(run, surface) {
      const { isLog, kinds, drawn } = lines(run, quantity);
      const svg = lineChart(
        {
          title,
          description: `${quantity} of ${chainsOf(run)} runs against training steps.`,
          x: { label: "training steps", scale: "log" },
          y: { label: quantity, scale: isLog ? "log" : "linear" },
          curves: drawn,
        },
        surface,
      );
      const entries = kinds.map(({ text, colour }) => ({ sample: "line" as const, text, colour }));
      if (kinds.length > 1) svg.append(key(surface.document, entries, { right: surface.width - 24, y: 12 }));
      return svg;
    },
  };
};

/** The lines of a figure. A loss that falls far is shown on a logarithmic scale, on which values of 0 are dropped. */
const lines = (run: RunView, quantity: string) => {
  const records = run.records(STUDY, "checkpoint").filter(({ step }) => step !== 0);
  const kinds = kindsOf(quantity).filter(({ field }) => records.some(record => typeof record[field] === "number"));
  const values = kinds.flatMap(({ field }) => records.map(record => record[field] as number));
  const positive = values.filter(value => value > 0);
  const least = -largest(positive.map(value => -value));
  const isLog = quantity === "loss" && !values.some(value => value < 0) && largest(positive) > 30 * least;
  const isShown = (value: number) => !isLog || value > 0;
  const chains = new Map<number, RunRecord[]>();
  for (const record of records) chains.set(record.chain, [...(chains.get(record.chain) ?? []), record]);
  const drawn = kinds.flatMap(({ field, colour }) =>
    [...chains.values()].map(
      (own): Curve => ({
        points: own
          .map((record): Point => [record.step as number, record[field] as number])
          .filter(([, value]) => isShown(value)),
        colour,
        opacity: chains.size > 1 ? 0.5 : 1,
      }),
    ),
  );
  return { isLog, kinds, drawn, dropped: values.filter(value => !isShown(value)).length };
};

/** Where the members ended. */
const ends = (fields: readonly string[]): Table => ({
  name: "ends",
  title: "Where the runs end",
  needs: [{ study: STUDY, kind: "final" }],
  columns: [{ label: "quantity" }, ...["least", "median", "largest"].map(label => ({ label, numeric: true }))],
  caption(run) {
    const [first] = run.records(STUDY, "final");
    return `Measured after ${first.step} steps, over ${chainsOf(run)} ${chainsOf(run) === 1 ? "run" : "runs"}.`;
  },
  rows: run =>
    fields.map(field => {
      const values = run.records(STUDY, "final").map(record => record[field] as number);
      return [field, ...[0, 0.5, 1].map(share => quantile(values, share).toPrecision(4))];
    }),
});

const chainsOf = (run: RunView): number => new Set(run.records(STUDY, "checkpoint").map(({ chain }) => chain)).size;

const largest = (values: readonly number[]): number => values.reduce((most, value) => Math.max(most, value), -Infinity);
