import { log } from "../../numerics/elementary.ts";
import { type Asymptote, type AveragePoint, asymptote, type Bounds } from "./asymptotics.ts";
import { hypotenuse } from "./hypotenuse.ts";
import { type Mixture, mixtureMean, mixtureQuantile, mixtureSd } from "./mixture.ts";
import { levelOf, plateauOf } from "./plateau.ts";
import type { Row } from "./row.ts";
import type { Scan } from "./scan.ts";

export interface Conclusion {
  readonly lambda: number;
  readonly standardError: number;
  readonly interval: readonly [number, number];
  /** Posterior probabilities of multiplicity 1, 2, and so on. */
  readonly multiplicity: readonly number[];
  /** Rows that the limit is taken from. */
  readonly used: readonly Row[];
  /** How nBeta <K> ends as the localiser weakens: on a level, still on its way, or past a top. */
  readonly shape: "plateau" | "open" | "top";
  /** Whether nBeta <K> is larger at a smaller nBeta, which no scaling law of one phase does. */
  readonly falling: boolean;
  /** What nBeta <K> still lacks to the limit in the weakest row used, as a share of lambda. */
  readonly remaining: number;
  readonly misfit: number;
  /** The share of lambda that may be lacking: more where many temperatures show how it is approached. */
  readonly far: number;
  /** Whether rows are too few to show how the limit is approached, without a level. */
  readonly short: boolean;
}

/** Of rows at one temperature. */
const FAR = 0.12;

/** Share of the way from the floor to the best value from which a row counts. */
const NEAR = 0.5;
/** Standard errors that stand for what no scaling law here knows, as shares of the best value. */
const BEYOND = { plateau: 0.005, open: 0.08, falling: 0.03 };
/** Weight of the account that takes K to hold the chains together by itself. */
const CONFINED = 0.3;
/** Share of the way from the top to where nBeta <K> falls; 95 % cover all of it and a little more. */
const TOP_SPREAD = 0.4;

/**
 * The limit of nBeta <K> from the rows of the phase of w*; lambda lies between floor and ceiling. On a plateau two accounts are
 * weighed: scaling laws in the localiser and the temperature, and laws in the temperature alone, for a K that holds the
 * chains together by itself. Past a top there is no law to follow: another phase takes over before the limit shows, and lambda is only
 * said to lie between the top and what follows.
 */
export const conclude = ({ rows, warmer, within, settled, ended }: Scan, bounds: Bounds): Conclusion => {
  const { floor } = bounds;
  const phase = rows.slice(0, within);
  const last = phase[phase.length - 1];
  const top = phase.reduce((most, row) => (row.value > most.value ? row : most));
  const isCooler = (row: Row) => row.value <= 1.01 * top.value + 3 * hypotenuse(row.error, top.error);
  const cooler = warmer.filter(isCooler);
  const falling = cooler.length < warmer.length;
  const concluded = (
    shape: Conclusion["shape"],
    mixture: Mixture,
    about: Pick<Conclusion, "multiplicity" | "used" | "misfit"> & { readonly value: number },
  ): Conclusion => {
    const { multiplicity, used, misfit, value } = about;
    const lambda = mixtureMean(mixture);
    return {
      lambda,
      standardError: mixtureSd(mixture),
      interval: [mixtureQuantile(mixture, 0.025), mixtureQuantile(mixture, 0.975)],
      multiplicity,
      used,
      shape,
      falling,
      remaining: (lambda - value) / lambda,
      misfit,
      far: FAR,
      short: shape !== "plateau",
    };
  };

  const isPast = top.value - last.value > 0.03 * top.value + 3 * hypotenuse(last.error, top.error);
  const isTaken = ended === "escape" && !settled;
  // At a small nBeta even the top may lie below the floor: it counts itself in any case.
  const climb = top.value - floor;
  const used = phase.filter(row => row.value - floor >= Math.min(NEAR * climb, climb) - 2 * row.error);
  const laws = asymptote([...used, ...cooler].map(pointOf), bounds);
  const misfit = laws.misfit / (3 * used.length);
  const extra = falling ? BEYOND.falling : 0;
  const widened = ({ mixture }: Asymptote, share: number, weight: number): Mixture =>
    mixture.map(part => ({ ...part, weight: part.weight * weight, sd: hypotenuse(part.sd, share * top.value) }));

  if (isTaken || isPast) {
    const low = Math.min(last.value, isTaken ? rows[within].value : last.value);
    const mean = 0.5 * (top.value + low);
    const between = { weight: 0.5, mean, sd: hypotenuse(TOP_SPREAD * (top.value - low), top.error) };
    const mixture = [between, ...widened(laws, BEYOND.open, 0.5)];
    return concluded("top", mixture, { multiplicity: bounds.prior, used: phase, misfit: 0, value: top.value });
  }

  const plateau = plateauOf(phase);
  if (plateau.at(-1) !== last) {
    const { multiplicity } = laws;
    return concluded("open", widened(laws, BEYOND.open + extra, 1), { multiplicity, used, misfit, value: last.value });
  }
  const level = levelOf(plateau);
  const confined = asymptote([{ ...pointOf(last), ...level }, ...cooler.map(pointOf)], bounds, { kappas: [0] });
  // What may have begun in the last row is known as that row is.
  const share = hypotenuse(BEYOND.plateau + extra, (0.5 * last.error) / last.value);
  return concluded("plateau", [...widened(laws, share, 1 - CONFINED), ...widened(confined, share, CONFINED)], {
    multiplicity: laws.multiplicity.map((p, i) => (1 - CONFINED) * p + CONFINED * confined.multiplicity[i]),
    used,
    misfit,
    value: level.value,
  });
};

export const pointOf = (row: Row): AveragePoint => ({
  logT: log(row.nBeta),
  logGamma: log(row.gamma),
  value: row.value,
  error: row.error,
  byTemperature: row.byTemperature,
  byTemperatureError: row.slopeError,
  byPull: row.byPull,
  byPullError: row.pullError,
});
