import type { Settings } from "../../src/contracts/field.ts";
import { type SweepSettings, sweepSettings } from "../../src/protocols/sweep-settings.ts";
import { embedding } from "../../src/systems/embedding/index.ts";

/*
 * Toy addition over the rates of decoder and embeddings: networks of width 50, 300 steps. It is so short that a run takes a twentieth of a second, and
 * all rates are so much larger than the source's.
 */
export const SIDE = 32;

/** Runs at each cell, and how many in one phase make that the cell's own. */
export const [SEEDS, KNOWN] = [15, 12];

export const { sweep } = embedding.protocols;

export const settingsOf = (changed: Partial<SweepSettings>): Settings & SweepSettings => {
  const defaults = Object.fromEntries(
    Object.entries(sweep.settings).map(([name, control]) => [name, control.default!]),
  );
  const problem = { width: 50, split: "published", steps: 300, every: 300 };
  const x = { xControl: "decoderRate", xScale: "log", xFrom: 1e-3, xTo: 1e-1, columns: SIDE };
  const y = { yControl: "embeddingRate", yScale: "log", yFrom: 1e-3, yTo: 1, rows: SIDE };
  const settings: Settings = { ...defaults, ...problem, ...x, ...y, seeds: SEEDS, ...(changed as Settings) };
  sweep.check?.(settings);
  return { ...settings, ...sweepSettings(settings) };
};

/** Letters of the phases in the table of votes. */
export const letters: { readonly [label: string]: string } = {
  comprehension: "C",
  grokking: "G",
  memorization: "M",
  confusion: "X",
  diverged: "D",
};

/** A cell needs no more runs: its phase is known whatever the others say, or cannot be any more. */
export const isSettled = (votes: readonly string[]): boolean => {
  const most = mostOf(votes)[1];
  return most >= KNOWN || (votes.length >= LEAST && votes.length - most > SEEDS - KNOWN);
};

/** Runs at every cell, for maps of single seeds and for designs to choose from. */
export const LEAST = 6;

/** The commonest vote, and how often it stands. */
export const mostOf = (votes: readonly string[]): readonly [string, number] => {
  const counts = new Map<string, number>();
  for (const vote of votes) counts.set(vote, (counts.get(vote) ?? 0) + 1);
  return [...counts].reduce((best, each) => (each[1] > best[1] ? each : best), ["", 0] as const);
};
