import type { RunRecord } from "../../contracts/protocol.ts";
import { textChart } from "./text-chart.ts";

/** The loss of the first chain over its draws, or the means of their batches where the draws themselves are not in the records. */
export const traceChart = (draws: readonly RunRecord[], { width }: { readonly width: number }): readonly string[] => {
  const [first] = draws;
  if (!first) return [];
  const own = draws.filter(({ chain }) => chain === first.chain);
  const isListed = own.every(({ loss }) => Array.isArray(loss));
  const y = isListed
    ? own.flatMap(({ loss }) => loss as readonly number[])
    : own.flatMap(({ meanLoss }) => (typeof meanLoss === "number" ? [meanLoss] : []));
  const x = isListed ? y.map((_, i) => i + 1) : own.map(({ to }) => Number(to));
  if (x.length !== y.length) return [];
  const chart = textChart([{ x, y }], { width, height: 7, xLabel: "draws" });
  const title = `${isListed ? "loss" : "mean loss of batches"} of chain ${first.chain}`;
  return chart ? [`${title}${chart.note ? ` (${chart.note})` : ""}`, ...chart.lines] : [];
};
