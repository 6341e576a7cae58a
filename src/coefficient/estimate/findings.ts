import type { Finding } from "../../contracts/health.ts";
import type { Conclusion } from "./conclude.ts";
import { MOST_MISFIT } from "./conclude-cooled.ts";
import { isConverged, isTrusted, wholeError } from "./row.ts";
import type { Scan } from "./scan.ts";

export type CoefficientSign = "convergence" | "limit" | "escape" | "logarithm" | "baseline" | "minibatches" | "budget";

type Sign = Finding<CoefficientSign>;

export interface Judged extends Conclusion {
  /** How far below the baseline the loss goes, as a share of the estimate. */
  readonly depth: number;
}

const isWide = ({ lambda, interval }: Pick<Judged, "lambda" | "interval">): boolean =>
  interval[1] - interval[0] > 0.3 * lambda;

const percent = (share: number): string => `${(100 * share).toFixed(1)} %`;

export const findingsOf = (scan: Scan, judged: Judged): Sign[] => [
  convergence(judged.used, judged.used.every(isTrusted)),
  limit(scan, judged),
  otherPhase(scan, judged),
  logarithm(judged),
  ...(judged.depth > 0.01 ? [baseline(judged)] : []),
  ...minibatches(judged),
  ...(scan.ended === "budget" || scan.ended === "unconverged" ? [budget(scan, judged)] : []),
];

/** Whether the chains behind some averages have converged, or are known to be good enough. */
export const convergence = (
  used: readonly { readonly rHat: number; readonly ess: number; readonly virial: number }[],
  good = used.every(isConverged),
): Sign & { readonly name: "convergence" } => {
  const hat = Math.max(...used.map(({ rHat }) => rHat));
  const ess = Math.min(...used.map(row => row.ess));
  const virial = Math.max(...used.map(row => row.virial));
  const seen = `R-hat at most ${hat.toFixed(3)}, ${Math.round(ess)} effective draws at least, virials within ${virial.toFixed(1)} standard errors`;
  return {
    name: "convergence",
    value: hat,
    outcome: good ? "good" : "doubtful",
    text: good ? seen : `${seen}: the chains have not converged; give a larger budget`,
  };
};

/** Above this share of a value that was computed and not seen in draws, the draws say little of it. */
const MOST_COMPUTED = 0.5;
/** Where each of the last rows is known no better than this, they do not show how nBeta <K> goes on: it may rise, or fall from above. */
const KNOWN_BADLY = 0.05;
const LAST = 2;

const limit = ({ nearer }: Scan, judged: Judged): Sign => {
  const { lambda, interval, used, shape, falling, remaining, misfit, far } = judged;
  const last = used[used.length - 1];
  const computed = 1 - last.energy / last.value;
  const doubts = [
    ...(computed > MOST_COMPUTED
      ? [
          `${percent(computed)} of it is what the localiser is computed to take, the draws show the rest: the loss hardly rises around the point, as where it has no minimum and falls for ever`,
        ]
      : []),
    ...(shape === "top" ? ["it passes a top and falls again without having settled"] : []),
    ...(falling ? ["it is larger at a smaller nBeta, as when another phase takes part"] : []),
    ...(nearer
      ? [
          `it is ${nearer.value.toPrecision(3)} at the stronger gamma ${nearer.gamma.toPrecision(3)}, as when the weaker reaches another phase`,
        ]
      : []),
    ...(misfit > MOST_MISFIT ? ["no scaling law fits the rows"] : []),
    ...(used.length < 2 ? ["a single row shows no limit"] : []),
    ...(used.slice(-LAST).every(row => wholeError(row) > KNOWN_BADLY * row.value)
      ? [`its last rows are known to ${percent(KNOWN_BADLY)} or worse`]
      : []),
    ...(Math.abs(remaining) > far ? ["the limit is far"] : []),
    ...(isWide({ lambda, interval }) ? ["the interval is wide"] : []),
  ];
  const seen = `nBeta <K> is ${last.value.toPrecision(4)} at gamma ${last.gamma.toPrecision(3)}, ${percent(remaining)} of lambda short of its limit`;
  return {
    name: "limit",
    value: remaining,
    outcome: doubts.length === 0 ? "good" : "doubtful",
    text:
      doubts.length === 0
        ? seen
        : `${seen}: ${doubts.join("; ")}; the estimate is an extrapolation, more data (a larger nBeta) would settle it`,
  };
};

/** Mass moves to a phase of smaller lambda at distance D at log nBeta = gamma D^2 / (2 (lambda_1 - lambda_2)). */
const otherPhase = ({ rows, within, ended }: Scan, { lambda }: Judged): Sign => {
  if (ended !== "escape") return { name: "escape", outcome: "good", text: "no other phase was met" };
  const last = rows[within];
  const drop = Math.max(lambda - last.value, 1e-9);
  const law = (last.gamma * last.distance * last.distance) / (2 * drop);
  return {
    name: "escape",
    outcome: "good",
    text: `another phase takes over below gamma ${last.gamma.toPrecision(3)}, with nBeta <K> about ${last.value.toPrecision(3)} at distance ${last.distance.toPrecision(2)}: there the crossing is at log nBeta about ${law.toPrecision(2)}; the estimate is of the phase of the point alone`,
  };
};

/** An unresolved multiplicity speaks against a result only where the interval that covers those that fit is wide. */
const logarithm = (judged: Judged): Sign => {
  if (Math.max(...judged.multiplicity) >= 0.9)
    return { name: "logarithm", outcome: "good", text: "the multiplicity is resolved" };
  const text = "the logarithmic term is not resolved: the interval covers the multiplicities that fit";
  return isWide(judged)
    ? {
        name: "logarithm",
        outcome: "doubtful",
        text: `${text}, and is wide; only more data (a larger nBeta) would settle it`,
      }
    : { name: "logarithm", outcome: "good", text };
};

const baseline = ({ depth }: Judged): Sign => ({
  name: "baseline",
  outcome: "doubtful",
  value: depth,
  text: `the loss falls below L(w*) by ${percent(depth)} of the estimate: the point is not quite a minimum; train it further`,
});

const LEAST_ACCEPTANCE = 0.25;

/** Accepting by the loss of all samples makes minibatches exact, but a chain that is refused mostly sees little. */
const minibatches = ({ used }: Judged): Sign[] => {
  const seen = used.filter(({ batch }) => batch !== undefined);
  if (seen.length === 0) return [];
  const least = Math.min(...seen.map(({ acceptance }) => acceptance));
  const largest = Math.max(...seen.map(row => row.batch!));
  const text = `trajectories saw minibatches of up to ${largest} samples; by the loss of all samples at least ${percent(least)} were accepted`;
  const good = least >= LEAST_ACCEPTANCE;
  return [
    {
      name: "minibatches",
      value: least,
      outcome: good ? "good" : "doubtful",
      text: good ? text : `${text}: give a larger batch`,
    },
  ];
};

/** The scan may end early on a plateau, or where many temperatures have told a law: there was enough for what is said; before there was not. */
const budget = ({ rows, within, held, ended }: Scan, { shape, short }: Judged): Sign => {
  const text =
    ended === "budget" ? "the budget ended the scan" : `the scan ended where ${rows[rows.length - 1].unconverged}`;
  if (held)
    return {
      name: "budget",
      outcome: "doubtful",
      text: `${text} at gamma ${rows[within - 1].gamma.toPrecision(3)}, which may still hold directions that are flat to second order: give a larger budget`,
    };
  return short
    ? { name: "budget", outcome: "doubtful", text: `${text}, before a plateau: give a larger budget` }
    : {
        name: "budget",
        outcome: "good",
        text: `${text}, ${shape === "plateau" ? "on a plateau" : "after enough temperatures to tell a law"}`,
      };
};
