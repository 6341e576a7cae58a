import type { Exhibits, Figure, RunView } from "../charts/exhibits.ts";
import { lineChart } from "../charts/line-chart.ts";
import { colours } from "../charts/theme.ts";
import type { RunRecord } from "../contracts/index.ts";

const STUDY = "train";

/** Fields of a checkpoint that are not measurements of the model. */
const bookkeeping: ReadonlySet<string> = new Set(["kind", "chain", "step", "batchLoss"]);

const curve = (quantity: string, title: string): Figure => ({
  name: quantity,
  title,
  width: 860,
  height: 420,
  needs: [{ study: STUDY, kind: "checkpoint" }],
  caption(run) {
    const chains = chainsOf(run, quantity).size;
    return `Measured: ${quantity} of ${chains === 1 ? "one run" : `${chains} runs, one line for each seed`}, at checkpoints, not smoothed. Step 0 has no place on a logarithmic axis and is left out.`;
  },
  draw(run, surface) {
    const chains = chainsOf(run, quantity);
    const values = [...chains.values()].flatMap(points => points.map(([, value]) => value));
    const isPositive = values.every(value => value > 0);
    return lineChart(
      {
        title,
        description: `${quantity} against training steps, ${chains.size} runs.`,
        x: { label: "step", scale: "log" },
        y: { label: quantity, scale: isPositive && quantity === "loss" ? "log" : "linear" },
        curves: [...chains.values()].map(points => ({
          points,
          colour: colours.blue,
          opacity: chains.size > 1 ? 0.5 : 1,
        })),
      },
      surface,
    );
  },
});

const chainsOf = (run: RunView, quantity: string): Map<number, [number, number][]> => {
  const chains = new Map<number, [number, number][]>();
  for (const record of run.records(STUDY, "checkpoint")) {
    const [step, value] = [record.step as number, record[quantity]];
    if (step === 0 || typeof value !== "number") continue;
    chains.set(record.chain, [...(chains.get(record.chain) ?? []), [step, value]]);
  }
  return chains;
};

/** What the report of an experiment shows: the loss and every other single number its model returns. */
export const experimentExhibits = (records: readonly RunRecord[]): Exhibits => {
  const [first] = records;
  const quantities = first
    ? Object.keys(first).filter(name => !bookkeeping.has(name) && typeof first[name] === "number")
    : [];
  return {
    figures: quantities.map(quantity =>
      curve(quantity, `${quantity[0].toUpperCase()}${quantity.slice(1)} against steps`),
    ),
    tables: [],
    formulae: [],
    bibtex: "",
  };
};
