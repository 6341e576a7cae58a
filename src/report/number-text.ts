import type { Comparison, Outcome } from "../contracts/index.ts";

/** Beside the word, never instead of it. */
export const outcomeSymbols: { readonly [outcome in Outcome]: string } = { holds: "✓", fails: "✗", undecided: "?" };

/** A number with the digits that matter at a resolution, or four significant ones when none is given. */
export const numberText = (value: number, resolution?: number): string => {
  if (!Number.isFinite(value)) return "not measured";
  if (!resolution)
    return Number.isInteger(value) && Math.abs(value) < 1e6 ? String(value) : trimmed(value.toPrecision(4));
  const decimals = Math.min(15, Math.max(0, 1 - Math.floor(Math.log10(resolution))));
  if (decimals <= 8 || Math.abs(value) >= resolution) return value.toFixed(decimals);
  return value === 0 ? "0" : value.toExponential(1);
};

/** A step of training, whole where it is a whole number; of others six digits, and those before the point. */
export const stepText = (step: number): string =>
  Number.isInteger(step) ? String(step) : String(Math.abs(step) < 1e5 ? Number(step.toPrecision(6)) : Math.round(step));

/** What the digits of a comparison's numbers are cut at, the same for all of them: half its interval, or its tolerance. */
const resolutionOf = ({ interval, tolerance }: Comparison): number | undefined => {
  const half = interval ? (interval[1] - interval[0]) / 2 : 0;
  return Number.isFinite(half) && half > 0 ? half : tolerance;
};

/** Resolutions this far apart do not share a column's decimals. */
const APART = 30;

/** What all numbers of a column are cut at, the coarsest of its comparisons; undefined when they are too far apart. */
export const sharedResolution = (comparisons: readonly Comparison[]): number | undefined => {
  const own = comparisons
    .map(resolutionOf)
    .filter(resolution => resolution !== undefined && resolution > 0) as number[];
  const [least, most] = [Math.min(...own), Math.max(...own)];
  return own.length > 0 && most < APART * least ? most : undefined;
};

/** `shared` takes the place of the comparison's own resolution, where it has one. */
const resolutionIn = (comparison: Comparison, shared: number | undefined): number | undefined => {
  const own = resolutionOf(comparison);
  return own ? (shared ?? own) : own;
};

export const measuredText = (comparison: Comparison, shared?: number): string => {
  const { measured, interval, members } = comparison;
  const resolution = resolutionIn(comparison, shared);
  const parts = [numberText(measured, resolution)];
  if (interval) parts.push(`95 %: ${interval.map(end => numberText(end, resolution)).join(" to ")}`);
  if (members !== undefined) parts.push(members === 1 ? "1 member" : `${members} members`);
  return parts.length === 1 ? parts[0]! : `${parts[0]} (${parts.slice(1).join("; ")})`;
};

/** "0.20 ± 0.1", "> 0", "0.1 to 0.3". */
export const predictedText = (comparison: Comparison, shared?: number): string => {
  const { predicted, tolerance } = comparison;
  const resolution = resolutionIn(comparison, shared);
  if (typeof predicted === "number")
    return tolerance
      ? `${numberText(predicted, shared ?? Math.min(tolerance, resolution ?? tolerance))} ± ${numberText(tolerance)}`
      : `${numberText(predicted)} exactly`;
  if ("above" in predicted) return `> ${numberText(predicted.above)}`;
  if ("below" in predicted) return `< ${numberText(predicted.below)}`;
  return `${numberText(predicted[0])} to ${numberText(predicted[1])}`;
};

/** "1.500" -> "1.5", "1.000e-12" -> "1e-12". */
const trimmed = (text: string): string => text.replace(/(\.\d*?)0+(?=e|$)/, "$1").replace(/\.(?=e|$)/, "");
