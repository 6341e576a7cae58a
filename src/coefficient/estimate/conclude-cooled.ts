import { log } from "../../numerics/elementary.ts";
import { asymptote, type Bounds } from "./asymptotics.ts";
import { type Conclusion, pointOf } from "./conclude.ts";
import { hypotenuse } from "./hypotenuse.ts";
import { mixtureMean, mixtureQuantile, mixtureSd } from "./mixture.ts";
import { isTrusted, type Row, wholeError } from "./row.ts";
import type { Scan } from "./scan.ts";

/** Rows from which the limit is taken from the temperature, and over which factor of it. */
const FEWEST = 3;
const LEAST_RANGE = 1e3;
/** Share of the way from half the rank to the last value from which a row counts. */
const NEAR = 0.5;
/** Of the last rows none is left out. */
const NEAREST = 2;
/** Squares of errors for each number of a row beyond which a law does not fit. */
export const MOST_MISFIT = 3;
/** Standard errors that stand for what no scaling law here knows, as shares of the last value, and of what it lacks: the more it lacks, the larger a share of that. */
const BEYOND = { law: 0.008, short: 0.08, lacking: 0.12 };
/** Share of the way from half the rank that the last step may be, besides its errors, where the end is in sight. */
const CLIMBING = 0.2;
/** What may be lacking on a level, as a share. */
const LEVEL = 0.03;
/** Over less than this factor of nBeta a law shows itself too little to be followed where K was not a minimum any more, or before a level. */
export const ENOUGH_COLDER = 1e6;
/** What laws over many temperatures may add, as a share of lambda. */
const FAR = 0.25;

/**
 * The limit of nBeta <K> from rows at many temperatures; lambda lies between floor and ceiling. Undefined where there are too few: then what is known is
 * known from the localiser.
 */
export const concludeCooled = ({ rows, within, ended }: Scan, bounds: Bounds): Conclusion | undefined => {
  const phase = rows.slice(0, within);
  const last = phase[phase.length - 1];
  const colder = phase.findIndex(({ nBeta }) => nBeta > phase[0].nBeta);
  if (colder < 0) return undefined;
  // The last row at n is the farthest from the limit, by far where the localiser was not weakened before.
  const isOpened = colder > 0 && phase[colder - 1].gamma < phase[0].gamma;
  const cooled = phase.slice(isOpened || phase.length - colder <= FEWEST ? Math.max(0, colder - 1) : colder);
  if (cooled.length < FEWEST || !(last.nBeta > LEAST_RANGE * phase[0].nBeta)) return undefined;
  // Where flat directions are first felt, at some temperature, nBeta <K> climbs from half the rank by no law of those below.
  const climb = last.value - bounds.floor;
  const far = cooled.findLastIndex(row => row.value - bounds.floor < NEAR * climb - 2 * wholeError(row));
  const near = cooled.slice(Math.min(far + 1, cooled.length - FEWEST));
  const { used, mixture, multiplicity, misfit } = fitted(near, bounds, log(phase[0].gamma));
  const lacking = mixtureMean(mixture) - last.value;
  const previous = used[used.length - 2];
  const isLevel =
    Math.abs(lacking) < LEVEL * last.value + 2 * wholeError(last) &&
    Math.abs(last.value - previous.value) < LEVEL * last.value + 2 * hypotenuse(wholeError(last), wholeError(previous));
  const isShort =
    last.nBeta < ENOUGH_COLDER * phase[0].nBeta &&
    (ended === "weakest" || (!isLevel && (ended === "budget" || ended === "unconverged")));
  // No law says where a climb ends that has only begun: as much again may be to come, or more.
  const step = last.value - previous.value;
  const isClimbing = step > CLIMBING * climb + hypotenuse(wholeError(last), wholeError(previous));
  const unknown = (BEYOND.lacking + Math.abs(lacking) / last.value) * lacking;
  // Over few temperatures as much again as laws add may be wrong, or as the last step.
  const law = isShort ? Math.min(BEYOND.short, BEYOND.law + hypotenuse(lacking, step) / last.value) : BEYOND.law;
  const share = hypotenuse(law, (isClimbing ? Math.max(step, unknown) : unknown) / last.value);
  const widened = mixture.map(part => ({ ...part, sd: hypotenuse(part.sd, share * last.value) }));
  const lambda = mixtureMean(widened);
  return {
    lambda,
    standardError: mixtureSd(widened),
    interval: [mixtureQuantile(widened, 0.025), mixtureQuantile(widened, 0.975)],
    multiplicity,
    used,
    shape: isLevel ? "plateau" : "open",
    falling: false,
    remaining: (lambda - last.value) / lambda,
    misfit: isLevel ? 0 : misfit,
    far: isClimbing ? 0 : FAR,
    short: isShort,
  };
};

/**
 * The laws that rows follow, of those that have converged where there are enough; far from the limit they need not follow any: the first give way until the others do.
 */
const fitted = (rows: readonly Row[], bounds: Bounds, logFelt: number) => {
  const converged = rows.filter((row, i) => isTrusted(row) || i >= rows.length - NEAREST);
  let used = converged.length > FEWEST ? converged : rows;
  for (;;) {
    const kappas = used[0].gamma === used[used.length - 1].gamma ? [0] : undefined;
    const points = used.map(row => ({ ...pointOf(row), error: wholeError(row) }));
    const opened = logFelt - points[0].logGamma;
    const { mixture, multiplicity, misfit: whole } = asymptote(points, bounds, { kappas, ordered: true, opened });
    const misfit = whole / ((kappas ? 2 : 3) * used.length);
    if (misfit <= MOST_MISFIT || used.length <= FEWEST + 1) return { used, mixture, multiplicity, misfit };
    used = used.slice(1);
  }
};
