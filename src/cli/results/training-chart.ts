import type { RunRecord } from "../../contracts/protocol.ts";
import { groupBy } from "../../numerics/group-by.ts";
import { textChart } from "./text-chart.ts";

/** Fields that may be the loss of a record, from the one that tells most. */
const LOSSES = ["loss", "testLoss", "trainLoss"] as const;
type LossName = (typeof LOSSES)[number];

/**
 * The loss of one member of an ensemble over training: of the one that visits most phases, which tells most. Empty when no member has a curve.
 */
export const trainingChart = (
  records: readonly RunRecord[],
  { width }: { readonly width: number },
): readonly string[] => {
  const name = LOSSES.find(field => records.some(record => typeof record[field] === "number"));
  const unit = records.some(({ epoch }) => typeof epoch === "number") ? "epoch" : "step";
  if (name === undefined) return [];
  const curve = mostEventful(records, name, unit);
  const chart = textChart(
    [{ x: curve.map(record => record[unit] as number), y: curve.map(record => record[name] as number) }],
    {
      width,
      xLabel: `${unit}s`,
    },
  );
  if (!chart) return [];
  const phases = visited(curve);
  const through = phases.length > 0 ? `, through ${phases.join(", ")}` : "";
  const title = name === "loss" ? "loss" : name === "testLoss" ? "test loss" : "training loss";
  return [`${title} of chain ${curve[0].chain}${through}${chart.note ? ` (${chart.note})` : ""}`, ...chart.lines];
};

const mostEventful = (records: readonly RunRecord[], name: LossName, unit: "epoch" | "step"): readonly RunRecord[] => {
  const usable = records.filter(record => typeof record[name] === "number" && typeof record[unit] === "number");
  let best: readonly RunRecord[] = [];
  for (const chain of groupBy(usable, ({ chain }) => chain).values())
    if (best.length === 0 || visited(chain).length > visited(best).length) best = chain;
  return best;
};

/** The phases in the order in which they were met, those between levels left out. */
const visited = (curve: readonly RunRecord[]): readonly string[] => {
  const labels = curve.map(({ label }) => label).filter(label => typeof label === "string");
  return labels.filter((label, i) => label !== labels[i - 1]);
};
