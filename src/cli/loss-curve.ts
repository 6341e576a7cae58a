import { plot } from "asciichart";
import type { RunRecord } from "../contracts/protocol.ts";

const HEIGHT = 10;
/** Columns that the axis takes. */
const AXIS = 12;

/**
 * The loss of one member of an ensemble drawn with characters: the one that visits most phases, which tells most.
 * Empty when no member has a curve.
 */
export const lossCurve = (checkpoints: readonly RunRecord[], { width }: { readonly width: number }): string[] => {
  const curve = mostEventful(checkpoints);
  if (curve.length < 2) return [];
  const columns = Math.min(72, width - AXIS);
  const losses = Array.from({ length: columns }, (_, i) =>
    Number(curve[Math.round((i * (curve.length - 1)) / (columns - 1))].loss),
  );
  const phases = visited(curve);
  return [
    `loss of chain ${curve[0].chain} over ${lengthOf(curve.at(-1)!)}${phases.length > 0 ? `, through ${phases.join(", ")}` : ""}`,
    ...plot(losses, { height: HEIGHT, format: loss => loss.toFixed(4).padStart(9) }).split("\n"),
  ];
};

const lengthOf = ({ epoch, step }: RunRecord): string | undefined => {
  if (typeof epoch === "number") return `${epoch} epochs`;
  return typeof step === "number" ? `${step} steps` : undefined;
};

const mostEventful = (checkpoints: readonly RunRecord[]): readonly RunRecord[] => {
  const chains = new Map<number, RunRecord[]>();
  for (const record of checkpoints) {
    if (typeof record.loss !== "number" || !lengthOf(record)) continue;
    const chain = chains.get(record.chain);
    if (chain) chain.push(record);
    else chains.set(record.chain, [record]);
  }
  let best: readonly RunRecord[] = [];
  for (const chain of chains.values())
    if (best.length === 0 || visited(chain).length > visited(best).length) best = chain;
  return best;
};

/** The phases in the order in which they were met, those between levels left out. */
const visited = (curve: readonly RunRecord[]): string[] => {
  const labels = curve.map(({ label }) => label).filter(label => typeof label === "string");
  return labels.filter((label, i) => label !== labels[i - 1]);
};
