import type { TheoryEntry } from "../src/contracts/system.ts";
import type { OpeningForm } from "./words.ts";

/** Where an input of a closed form is turned. */
export interface FormRange {
  readonly low: number;
  readonly high: number;
  readonly isLog: boolean;
}

/** The range of an input: that of the opening form, or one around a value that it may have. */
export const rangeOf = (opening: OpeningForm | undefined, entry: TheoryEntry, along: string, at: number): FormRange => {
  if (opening?.along === along) return { low: opening.from, high: opening.to, isLog: opening.isLog === true };
  const field = entry.inputs[along];
  const {
    min = -Infinity,
    max = Infinity,
    above = -Infinity,
    scale,
  } = field.kind === "number" || field.kind === "integer" ? field : {};
  const floor = Math.max(min, above);
  const isLog = scale === "log" && at > 0;
  const low = Math.max(floor, isLog ? at / 10 : at > 0 ? (Math.min(at / 4, at - 1) < floor ? floor : at / 4) : at - 1);
  const high = Math.min(max, isLog ? at * 10 : at > 0 ? Math.max(3 * at, at + 1) : at + 1);
  return { low: low === above ? low + (high - low) / 200 : low, high, isLog };
};

/** The value at a share of the way from the low end to the high one. */
export const valueAt = ({ low, high, isLog }: FormRange, share: number): number =>
  isLog && low > 0 ? low * (high / low) ** share : low + (high - low) * share;
