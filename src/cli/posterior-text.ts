import type { RunRecord } from "../contracts/protocol.ts";
import { mean, standardDeviation } from "../numerics/statistics.ts";

/** What the final records of posterior chains say together. */
export interface PosteriorSummary {
  readonly chains: number;
  /** Shares above 0 of each class and what chains differ by: a standard error of the mean, null for a single chain. */
  readonly occupancy: readonly { readonly k: number; readonly share: number; readonly error: number | null }[];
  readonly meanLoss: number;
  readonly meanLossError: number | null;
  /** Of the loss, over all chains, and the worst of their split R-hats. */
  readonly ess: number | null;
  readonly rHat: number | null;
  readonly swapRate: number;
  readonly roundTrips: number;
}

/** Undefined when the records are not those of a posterior. */
export const posteriorSummary = (finals: readonly RunRecord[]): PosteriorSummary | undefined => {
  if (finals.length === 0 || !finals.every(({ occupancy }) => Array.isArray(occupancy))) return undefined;
  const occupancies = finals.map(({ occupancy }) => occupancy as readonly number[]);
  const numbers = (field: string): number[] =>
    finals.map(record => record[field]).filter((value): value is number => typeof value === "number");
  const worst = (values: number[]): number | null => (values.length < finals.length ? null : Math.max(...values));
  const losses = numbers("meanLoss");
  return {
    chains: finals.length,
    occupancy: occupancies[0]!
      .map((_, k) => {
        const shares = occupancies.map(shares => shares[k]!);
        return { k, share: mean(shares), error: errorOf(shares) };
      })
      .filter(({ share }) => share > 0),
    meanLoss: mean(losses),
    meanLossError: errorOf(losses),
    ess: numbers("ess").length < finals.length ? null : numbers("ess").reduce((sum, value) => sum + value, 0),
    rHat: worst(numbers("rHat")),
    swapRate: mean(numbers("swapRate")),
    roundTrips: numbers("roundTrips").reduce((sum, value) => sum + value, 0),
  };
};

const errorOf = (values: readonly number[]): number | null =>
  values.length > 1 ? standardDeviation(values) / Math.sqrt(values.length) : null;

/** The summary as rows of a table. */
export const posteriorRows = (summary: PosteriorSummary): string[][] => {
  const withError = (value: number, error: number | null, digits: number) =>
    value.toFixed(digits) + (error === null ? "" : ` ± ${error.toFixed(digits)}`);
  return [
    ...summary.occupancy.map(({ k, share, error }) => [`k = ${k}`, withError(share, error, 4)]),
    ["mean loss", withError(summary.meanLoss, summary.meanLossError, 5)],
    ["effective draws of the loss", summary.ess === null ? "not known" : String(Math.round(summary.ess))],
    [
      "R-hat of the loss",
      summary.rHat === null
        ? "not known"
        : `${summary.rHat.toFixed(3)}${summary.rHat > LARGEST_R_HAT ? ": run longer, the halves of a chain disagree" : ""}`,
    ],
    ["swaps accepted", `${(100 * summary.swapRate).toFixed(0)} %, ${summary.roundTrips} round trips`],
  ];
};

const LARGEST_R_HAT = 1.05;
