import type { Health } from "../../contracts/health.ts";
import type { Json } from "../../contracts/json.ts";
import type { RecordOf, RunRecord } from "../../contracts/protocol.ts";
import { mean, standardDeviation } from "../../numerics/statistics.ts";
import type { PosteriorRecords } from "../../protocols/posterior.ts";
import { posteriorHealth } from "../../protocols/posterior-health.ts";
import { LARGEST_R_HAT } from "../../sampling/diagnostics/summary.ts";

/** What the final records of posterior chains say together. */
export interface PosteriorSummary {
  readonly chains: number;
  /** Shares above 0 of each phase and what chains differ by: a standard error of the mean, null for a single chain. */
  readonly occupancy: readonly { readonly phase: string; readonly share: number; readonly error: number | null }[];
  readonly meanLoss: number;
  readonly meanLossError: number | null;
  /** Signs of health over all chains, where the draws themselves are in the records. */
  readonly health: Health | null;
  /** Effective draws of the loss, over all chains, and the worst of their split R-hats, where each chain reports its own. */
  readonly ess: number | null;
  readonly rHat: number | null;
  /** Accepted swaps and round trips of tempered chains. */
  readonly swapRate: number | null;
  readonly roundTrips: number | null;
}

/** Undefined when the records are not those of a posterior. */
export const posteriorSummary = (
  finals: readonly RunRecord[],
  draws: readonly RunRecord[] = [],
  sampler = "nuts",
): PosteriorSummary | undefined => {
  if (finals.length === 0 || !finals.every(({ occupancy }) => isTable(occupancy))) return undefined;
  const shares = finals.map(({ occupancy }) => sharesOf(occupancy));
  const phases = [...new Set(shares.flatMap(table => [...table.keys()]))];
  const numbers = (field: string): number[] =>
    finals.map(record => record[field]).filter((value): value is number => typeof value === "number");
  const all = (field: string, of: (values: number[]) => number): number | null =>
    numbers(field).length < finals.length ? null : of(numbers(field));
  const sum = (values: number[]) => values.reduce((total, value) => total + value, 0);
  const losses = numbers("meanLoss");
  return {
    chains: finals.length,
    occupancy: phases
      .map(phase => {
        const own = shares.map(table => table.get(phase) ?? 0);
        return { phase, share: mean(own), error: errorOf(own) };
      })
      .filter(({ share }) => share > 0),
    meanLoss: mean(losses),
    meanLossError: errorOf(losses),
    health: isListed(draws) ? posteriorHealth(draws, sampler as Parameters<typeof posteriorHealth>[1]) : null,
    ess: all("ess", sum),
    rHat: all("rHat", values => Math.max(...values)),
    swapRate: all("swapRate", mean),
    roundTrips: all("roundTrips", sum),
  };
};

const isTable = (occupancy: Json | undefined): boolean => typeof occupancy === "object" && occupancy !== null;

/** Classes in a list are numbers of vertices. */
const sharesOf = (occupancy: Json): ReadonlyMap<string, number> =>
  new Map(
    Object.entries(occupancy as { readonly [phase: string]: number }).map(([phase, share]) => [
      Array.isArray(occupancy) ? `k = ${phase}` : phase,
      share,
    ]),
  );

const isListed = (draws: readonly RunRecord[]): draws is RecordOf<PosteriorRecords, "draws">[] =>
  draws.length > 0 && draws.every(({ energy }) => Array.isArray(energy));

const errorOf = (values: readonly number[]): number | null =>
  values.length > 1 ? standardDeviation(values) / Math.sqrt(values.length) : null;

/** Columns of the bar of a whole. */
const BAR = 24;

/** The summary as rows of a table. */
export const posteriorRows = (summary: PosteriorSummary): string[][] => {
  const { occupancy, meanLoss, meanLossError, health, ess, rHat, swapRate, roundTrips } = summary;
  const withError = (value: number, error: number | null, digits: number) =>
    value.toFixed(digits) + (error === null ? "" : ` ± ${error.toFixed(digits)}`);
  const chainHealth = health
    ? health.findings.map(({ name, outcome, text }) => [name, `${outcome}: ${text}`])
    : [
        ["effective draws of the loss", ess === null ? "not known" : String(Math.round(ess))],
        ["R-hat of the loss", rHat === null ? "not known" : rHatText(rHat)],
      ];
  return [
    ...occupancy.map(({ phase, share, error }) => [
      phase,
      `${withError(share, error, 4)}  ${"█".repeat(Math.round(BAR * share))}`,
    ]),
    ["mean loss", withError(meanLoss, meanLossError, 5)],
    ...chainHealth,
    ...(swapRate === null || roundTrips === null
      ? []
      : [["swaps accepted", `${(100 * swapRate).toFixed(0)} %, ${roundTrips} round trips`]]),
  ];
};

const rHatText = (rHat: number): string =>
  `${rHat.toFixed(3)}${rHat > LARGEST_R_HAT ? `: above ${LARGEST_R_HAT} the halves of a chain disagree; run longer` : ""}`;
