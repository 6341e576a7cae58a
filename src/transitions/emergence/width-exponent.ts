import { invalid } from "../../errors.ts";
import { log } from "../../numerics/elementary.ts";
import { line } from "../../numerics/line-fit.ts";

/** Width ~ exp(intercept) size^exponent, by least squares in logarithms. A sharpening transition has a negative exponent; compounding has 0. */
export const widthExponent = (
  sizes: readonly number[],
  widths: readonly number[],
): { readonly exponent: number; readonly intercept: number } => {
  if (widths.length !== sizes.length)
    throw invalid("the length of widths", widths.length, `${sizes.length}, one for each size`);
  for (const [name, values] of Object.entries({ sizes, widths }))
    values.forEach((value, i) => {
      if (!(value > 0 && value < Infinity)) throw invalid(`${name}[${i}]`, value, "a positive number");
    });
  if (new Set(sizes).size < 2) throw invalid("sizes", sizes, "at least two different sizes");
  const { slope, intercept } = line(sizes.map(log), widths.map(log));
  return { exponent: slope, intercept };
};

/** Where widths neither clearly shrink nor stay, the middle. A convention. */
const NO_SHARPENING = 0.1;
const SHARPENING = 0.3;

export type Sharpening = "sharpens" | "shifts only" | "unclear";

/** What an exponent of widths says: b below 0.1 is no sharpening, above 0.3 it is. */
export const sharpeningOf = (exponent: number): Sharpening => {
  if (-exponent > SHARPENING) return "sharpens";
  return -exponent < NO_SHARPENING ? "shifts only" : "unclear";
};
