import { type Finding, type Health, healthFrom } from "../../contracts/health.ts";
import { exp } from "../../numerics/elementary.ts";
import { bimodality } from "./bimodality.ts";
import { collapse, type Exponents, sharpening } from "./collapse.ts";
import { edge } from "./edge.ts";
import { energy } from "./energy.ts";
import type { Evidence, Order } from "./evidence.ts";
import { flatness } from "./flatness.ts";
import { gap } from "./gap.ts";
import { growth } from "./growth.ts";
import { hysteresis, lateSizes } from "./hysteresis.ts";
import { type Location, locate } from "./location.ts";
import { type Profile, profilesOf } from "./profile.ts";
import { scaling } from "./scaling.ts";
import { type Observation, type OrderTable, orderTable } from "./table.ts";

export type OrderSign = "confidence" | "samples" | "sweeps" | "sizes" | "range" | "grid" | "draws";

export interface OrderVerdict {
  readonly verdict: Order | "undecided";
  /** Share of each order after all evidence, from even odds. */
  readonly probability: { readonly [order in Order]: number };
  readonly confidence: "high" | "moderate" | "low";
  readonly where: Location | null;
  /** Exponents of the collapse, for a transition that looks continuous and was sampled at two sizes or more. */
  readonly exponents: Exponents | null;
  readonly evidence: readonly Evidence[];
  /** What limits the verdict, and what to do. */
  readonly health: Health<OrderSign>;
}

const DECIDED = 0.8;
const SURE = 0.95;

/**
 * The order of a transition from a table of (control, size, samples), sweeps, or both. Each probe says how well no transition, a continuous and a
 * discontinuous one explain what it saw; the shares are multiplied. No exponent, dimension or critical value is assumed. Undecided below
 * a probability of 0.8.
 */
export const orderOfTransition = (observations: readonly Observation[]): OrderVerdict => {
  const table = orderTable(observations);
  const late = lateSizes(table);
  // Of sweeps that are late, the branch from order is nearer to equilibrium.
  const used = orderTable(
    observations.filter(({ size = 1, direction }) => {
      const ordered = late.get(size);
      return ordered === undefined || direction === undefined || direction === ordered;
    }),
  );
  const profiles = profilesOf(used);
  const flat = flatness(profiles);
  const resolved = profiles.at(-1)?.unresolved === false;
  const exponents = flat ? null : collapse(profiles);
  const evidence = flat
    ? [flat]
    : [
        growth(profiles),
        exponents && sharpening(exponents, resolved),
        scaling(profiles),
        bimodality(used, resolved),
        gap(profiles),
        energy(used),
        hysteresis(table),
        edge(table),
      ].filter(each => each !== null);
  const probability = combine(evidence);
  const best = (Object.keys(probability) as Order[]).reduce((a, b) => (probability[b] > probability[a] ? b : a));
  const decided = evidence.length > 0 && probability[best] >= DECIDED;
  const verdict = decided ? best : "undecided";
  const confidence = probability[best] >= SURE ? "high" : decided ? "moderate" : "low";
  return {
    verdict,
    probability,
    confidence,
    where: verdict === "none" ? null : whereIs(table, profiles, evidence, best === "discontinuous", exponents),
    exponents: verdict === "continuous" ? exponents : null,
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
      ...limitsOf(used, profiles, evidence, late.size > 0),
    ]),
  };
};

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
  evidence: readonly Evidence[],
  sharp: boolean,
  exponents: Exponents | null,
): Location | null => {
  const end = evidence.find(({ probe }) => probe === "edge")?.values.end;
  // A collapse uses every cell; a crossing or a peak a few.
  if (exponents && !sharp) {
    const { estimate, low, high } = exponents.critical;
    return { control: estimate, interval: [low, high], by: "collapse" };
  }
  if (end === undefined || end === null) return locate(table, profiles, sharp);
  const { cells } = table.sizes[table.sizes.length - 1];
  const controls = cells.map(({ control }) => control);
  const below = controls.filter(control => control <= end).at(-1) ?? end;
  const above = controls.find(control => control > end) ?? end;
  return { control: end, interval: [below, above], by: "edge" };
};

const limitsOf = (
  { folded, sizes }: OrderTable,
  profiles: readonly Profile[],
  evidence: readonly Evidence[],
  late: boolean,
): Finding<OrderSign>[] => {
  const limits: Finding<OrderSign>[] = [];
  const doubtful = (name: OrderSign, text: string) => limits.push({ name, outcome: "doubtful", text });
  if (folded) limits.push({ name: "samples", outcome: "good", text: "samples of both signs: their modulus was used" });
  if (late)
    doubtful("sweeps", "the sweeps are late: the two directions differ without lying on two phases; sweep more slowly");
  if (profiles.length > 0 && profiles.length < 3)
    doubtful(
      "sizes",
      `${profiles.length} ${profiles.length === 1 ? "size" : "sizes"}: three or more would show how the peak scales`,
    );
  if (profiles.some(({ atEdge }) => atEdge))
    doubtful(
      "range",
      "at some sizes the largest variance lies at the end of the range: widen the range of the control",
    );
  if (evidence.some(({ probe }) => probe === "gap"))
    doubtful("grid", "the jump falls between two controls: refine the grid there");
  if (profiles.some(({ cells }) => cells.some(({ effective }) => effective < 10)))
    doubtful("draws", "some cells are worth fewer than 10 independent draws: sample longer");
  if (sizes.length === 1 && profiles.length === 1 && evidence.length === 0)
    doubtful("sizes", "one size and no sweeps: give several sizes, or sweeps up and down");
  return limits;
};
