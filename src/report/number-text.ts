import type { Comparison, Outcome } from "../contracts/index.ts";

/** Beside the word, never instead of it. */
export const outcomeSymbols: { readonly [outcome in Outcome]: string } = { holds: "✓", fails: "✗", undecided: "?" };

/** A number with the digits that matter at a resolution, or four significant ones when none is given. */
export const numberText = (value: number, resolution?: number): string => {
  if (!Number.isFinite(value)) return "not measured";
  if (Number.isInteger(value) && Math.abs(value) < 1e6) return String(value);
  if (!resolution) return trimmed(value.toPrecision(4));
  const decimals = Math.min(15, Math.max(0, 1 - Math.floor(Math.log10(resolution))));
  return decimals > 8 && Math.abs(value) < resolution ? value.toExponential(1) : value.toFixed(decimals);
};

export const measuredText = ({ measured, interval, members, tolerance }: Comparison): string => {
  const parts = [numberText(measured, tolerance)];
  if (interval) parts.push(`95 %: ${numberText(interval[0])} to ${numberText(interval[1])}`);
  if (members !== undefined) parts.push(`${members} members`);
  return parts.length === 1 ? parts[0]! : `${parts[0]} (${parts.slice(1).join("; ")})`;
};

export const predictedText = ({ predicted, tolerance }: Comparison): string => {
  if (typeof predicted !== "number") return `${numberText(predicted[0])} to ${numberText(predicted[1])}`;
  if (!tolerance) return `${numberText(predicted)} exactly`;
  return `${numberText(predicted, tolerance)} ± ${numberText(tolerance)}`;
};

/** "1.500" -> "1.5", "1.000e-12" -> "1e-12". */
const trimmed = (text: string): string => text.replace(/(\.\d*?)0+(?=e|$)/, "$1").replace(/\.(?=e|$)/, "");
