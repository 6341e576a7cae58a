import { log } from "../../numerics/elementary.ts";
import { asymptote, type Point } from "./asymptotics.ts";
import { mixtureMean, mixtureQuantile, mixtureSd } from "./mixture.ts";
import type { Row } from "./row.ts";
import type { Scan } from "./scan.ts";

export interface Conclusion {
  readonly lambda: number;
  readonly standardError: number;
  readonly interval: readonly [number, number];
  /** Posterior probabilities of multiplicity 1, 2, 3 and 4. */
  readonly multiplicity: readonly number[];
  /** Rows that the limit is taken from. */
  readonly used: readonly Row[];
  /** What nBeta <K> still lacks to the limit in the weakest row used, as a share of lambda. */
  readonly remaining: number;
  readonly misfit: number;
}

/** Share of the way from the floor to the best value from which a row counts. */
const NEAR = 0.5;

/** The limit of nBeta <K> from the rows of the phase of w*; lambda lies between floor and ceiling. */
export const conclude = ({ rows, warmer, within }: Scan, floor: number, ceiling: number): Conclusion => {
  const phase = rows.slice(0, within);
  const best = phase.reduce((most, row) => Math.max(most, row.value), 0);
  const used = phase.filter(row => row.value - floor >= NEAR * (best - floor) - 2 * row.error);
  const { mixture, multiplicity, misfit } = asymptote([...used, ...warmer].map(pointOf), floor, ceiling);
  const lambda = mixtureMean(mixture);
  const last = used[used.length - 1];
  return {
    lambda,
    standardError: mixtureSd(mixture),
    interval: [mixtureQuantile(mixture, 0.025), mixtureQuantile(mixture, 0.975)],
    multiplicity,
    used,
    remaining: (lambda - last.value) / lambda,
    misfit: misfit / (3 * used.length),
  };
};

const pointOf = (row: Row): Point => ({
  logT: log(row.nBeta),
  logGamma: log(row.gamma),
  value: row.value,
  error: row.error,
  byTemperature: row.byTemperature,
  byTemperatureError: row.slopeError,
  byPull: row.byPull,
  byPullError: row.pullError,
});
