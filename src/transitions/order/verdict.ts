import { type Finding, type Health, healthFrom } from "../../contracts/health.ts";
import { exp } from "../../numerics/elementary.ts";
import { bimodality } from "./bimodality.ts";
import { collapse, type Exponents } from "./collapse.ts";
import { type Edge, edge } from "./edge.ts";
import { energy } from "./energy.ts";
import type { Evidence, Order } from "./evidence.ts";
import { flatness } from "./flatness.ts";
import { gap } from "./gap.ts";
import { growth } from "./growth.ts";
import { hysteresis, lateSizes } from "./hysteresis.ts";
import { type Location, locate } from "./location.ts";
import { disorder, isOrdered, type OrderedSide, orderedSide } from "./ordered-side.ts";
import { type PhaseChange, phaseChanges } from "./phase-changes.ts";
import { type Profile, profilesOf } from "./profile.ts";
import { scaling } from "./scaling.ts";
import { MISFIT, sharpening } from "./sharpening.ts";
import { type Observation, type OrderTable, orderTable } from "./table.ts";

export type OrderSign =
  | "confidence"
  | "samples"
  | "indicator"
  | "sweeps"
  | "sizes"
  | "range"
  | "grid"
  | "draws"
  | "misfit"
  | "window"
  | "weak"
  | "bound";

export interface OrderVerdict {
  readonly verdict: Order | "undecided";
  /** Share of each order after all evidence, from even odds. */
  readonly probability: { readonly [order in Order]: number };
  readonly confidence: "high" | "moderate" | "low";
  /** What the control is called. */
  readonly control: string;
  readonly where: Location | null;
  /** Exponents of the averages of two sizes or more, for a transition that looks continuous, or of which averages alone tell something. */
  readonly exponents: Exponents | null;
  /** Changes of the phases that observations name. */
  readonly phases: readonly PhaseChange[];
  readonly evidence: readonly Evidence[];
  /** What limits the verdict, and what to do. */
  readonly health: Health<OrderSign>;
}

export interface OrderOptions {
  /** What the control is called, for the sentences. */
  readonly control?: string;
}

const DECIDED = 0.8;
const SURE = 0.95;

/**
 * The order of a transition from a table of (control, size, samples), sweeps, or both. Each probe says how well no transition, a continuous and a
 * discontinuous one explain what it saw; the shares are multiplied. No exponent, dimension or critical value is assumed, and no unit: only
 * ratios of controls, sizes and samples count. Undecided below a probability of 0.8.
 */
export const orderOfTransition = (
  observations: readonly Observation[],
  { control }: OrderOptions = {},
): OrderVerdict => {
  const table = orderTable(observations, control);
  const late = lateSizes(table);
  // Of sweeps that are late, the branch from order is nearer to equilibrium.
  const used =
    late.size === 0
      ? table
      : orderTable(
          observations.filter(({ size = 1, direction }) => {
            const ordered = late.get(size);
            return ordered === undefined || direction === undefined || direction === ordered;
          }),
          control,
        );
  const profiles = profilesOf(used);
  const flat = flatness(profiles);
  const exponents = flat || hasTurned(profiles) ? null : collapse(profiles, table.indicator ? "share" : "mean");
  const end = flat || table.indicator ? null : edge(table);
  const evidence = flat ? [flat] : evidenceOf(table, used, profiles, exponents, end);
  const probability = combine(evidence);
  const best = (Object.keys(probability) as Order[]).reduce((a, b) => (probability[b] > probability[a] ? b : a));
  const withheld = best === "continuous" && lacksOrder(evidence);
  const decided = evidence.length > 0 && probability[best] >= DECIDED && !withheld;
  const verdict = decided ? best : "undecided";
  const doubts = verdict === "continuous" && exponents ? doubtsOf(exponents, orderedSide(profiles)) : [];
  const confidence = !decided ? "low" : probability[best] >= SURE && doubts.length === 0 ? "high" : "moderate";
  return {
    verdict,
    probability,
    confidence,
    control: table.control,
    where: verdict === "none" ? null : whereIs(table, profiles, end, best === "discontinuous", exponents),
    exponents: verdict === "continuous" || (table.indicator && verdict === "undecided") ? exponents : null,
    phases: phaseChanges(table),
    evidence,
    health: healthFrom([
      {
        name: "confidence",
        outcome: evidence.length === 0 ? "undefined" : confidence === "high" ? "good" : "doubtful",
        value: probability[best],
        text:
          evidence.length === 0
            ? "there is no evidence"
            : `${confidence} confidence: the probability of ${best === "none" ? "no transition" : `a ${best} one`} is ${probability[best].toFixed(3)}`,
      },
      ...(withheld ? [NO_ORDER] : []),
      ...doubts,
      ...limitsOf(used, profiles, evidence, late.size > 0),
    ]),
  };
};

const evidenceOf = (
  table: OrderTable,
  used: OrderTable,
  profiles: readonly Profile[],
  exponents: Exponents | null,
  end: Edge | null,
): Evidence[] => {
  const side = orderedSide(profiles);
  const resolved = profiles.at(-1)?.unresolved === false;
  const averages = [exponents && sharpening(exponents, side, resolved)];
  const fluctuations = () => [
    growth(profiles, side),
    disorder(side),
    scaling(profiles),
    bimodality(used, resolved),
    gap(profiles, table.control),
    energy(used),
    hysteresis(table),
    end?.evidence ?? null,
  ];
  // The spread of an indicator follows from its average.
  return [...averages, ...(table.indicator ? [] : fluctuations())].filter(each => each !== null);
};

/** Support that an ordered phase has lost where it is not seen. */
const LOST = -1;

/** Whether the side where the order parameter is large shows no order: then no power law of its end is established, whatever fits. */
const lacksOrder = (evidence: readonly Evidence[]): boolean =>
  evidence.some(({ probe, support }) => probe === "ordered side" && support.continuous <= LOST);

const NO_ORDER: Finding<OrderSign> = {
  name: "range",
  outcome: "doubtful",
  text: "no ordered phase is seen where the order parameter is largest, so that no power law is established: widen the range there, or correlations decay as a power all along",
};

/** Whether the order parameter changes its sign with the control, so that it does not vanish as a power. */
const hasTurned = (profiles: readonly Profile[]): boolean =>
  profiles.some(({ cells }) => cells.some(({ mean }) => mean < 0));

const combine = (evidence: readonly Evidence[]): { [order in Order]: number } => {
  const total = (order: Order): number => evidence.reduce((sum, { support }) => sum + support[order], 0);
  const sums = { none: total("none"), continuous: total("continuous"), discontinuous: total("discontinuous") };
  const top = Math.max(sums.none, sums.continuous, sums.discontinuous);
  const weights = {
    none: exp(sums.none - top),
    continuous: exp(sums.continuous - top),
    discontinuous: exp(sums.discontinuous - top),
  };
  const whole = weights.none + weights.continuous + weights.discontinuous;
  return {
    none: weights.none / whole,
    continuous: weights.continuous / whole,
    discontinuous: weights.discontinuous / whole,
  };
};

const whereIs = (
  table: OrderTable,
  profiles: readonly Profile[],
  end: Edge | null,
  sharp: boolean,
  exponents: Exponents | null,
): Location | null => {
  // A form of all averages uses every cell; a peak a few.
  if (exponents && !sharp) {
    const { estimate, low, high } = exponents.critical;
    return { control: estimate, interval: [low, high], by: "collapse" };
  }
  return (sharp ? end?.falling : end?.vanishing) ?? locate(table, profiles, sharp);
};

/** Share of the averages below which a form holds in a narrow window only. */
const NARROW = 0.5;

/** 1/nu in dimensions from which on a continuous transition looks as a weak jump does at sizes below its correlation length. */
const WEAK = 0.85;

const doubtsOf = (
  { inverseNu, misfit, window, sizes, unused, atBound }: Exponents,
  side: OrderedSide | null,
): Finding<OrderSign>[] => {
  const doubts: Finding<OrderSign>[] = [];
  const doubtful = (name: OrderSign, text: string) => doubts.push({ name, outcome: "doubtful", text });
  if (misfit > MISFIT)
    doubtful(
      "misfit",
      `the averages miss the form by ${misfit.toFixed(1)} times their errors: no power law was found that fits`,
    );
  if (window < NARROW)
    doubtful(
      "window",
      `the form fits ${Math.round(100 * window)} % of the averages, those next to the critical control`,
    );
  if (unused.length > 0)
    doubtful(
      "sizes",
      `size ${unused.join(", ")} does not follow the form of ${sizes.join(", ")} and was left out of the exponents`,
    );
  if (isOrdered(side) && inverseNu.high > WEAK * side.dimension)
    doubtful(
      "weak",
      `1/nu may be as large as ${inverseNu.high.toFixed(2)}, next to the ${side.dimension.toFixed(2)} of a jump: one so weak that larger sizes are needed is not excluded`,
    );
  if (atBound) doubtful("bound", `the fit ends at the bound of ${atBound}: widen the range, or there is no power law`);
  return doubts;
};

const limitsOf = (
  { folded, indicator, sizes, control }: OrderTable,
  profiles: readonly Profile[],
  evidence: readonly Evidence[],
  late: boolean,
): Finding<OrderSign>[] => {
  const limits: Finding<OrderSign>[] = [];
  const doubtful = (name: OrderSign, text: string) => limits.push({ name, outcome: "doubtful", text });
  if (folded) limits.push({ name: "samples", outcome: "good", text: "samples of both signs: their modulus was used" });
  if (indicator)
    doubtful(
      "indicator",
      "the sample takes two values only: such an indicator is no order parameter, and its averages tell where a transition is, not its order",
    );
  if (late)
    doubtful("sweeps", "the sweeps are late: the two directions differ without lying on two phases; sweep more slowly");
  if (profiles.length > 0 && profiles.length < 3)
    doubtful(
      "sizes",
      `${profiles.length} ${profiles.length === 1 ? "size" : "sizes"}: three or more would show how the peak scales`,
    );
  if (profiles.some(({ atEdge }) => atEdge))
    doubtful("range", `at some sizes the largest variance lies at the end of the range: widen the range of ${control}`);
  if (evidence.some(({ probe }) => probe === "gap"))
    doubtful(
      "grid",
      `the jump falls between two values of ${control}: refine the grid there, and come to it from both sides`,
    );
  if (profiles.some(({ cells }) => cells.some(({ effective }) => effective < 10)))
    doubtful("draws", "some cells are worth fewer than 10 independent draws: sample longer");
  if (sizes.length === 1 && profiles.length === 1 && evidence.length === 0)
    doubtful("sizes", "one size and no sweeps: give several sizes, or sweeps up and down");
  return limits;
};
