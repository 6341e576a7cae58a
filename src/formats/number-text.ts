/** Digits of a double that rounding in sums does not reach. */
const SURE = 15;
/** Digits that must become needless before they are taken for rounding noise. */
const NEEDLESS = 4;

/**
 * A number without the noise of rounding: 0.1 + 0.2 is "0.3", and so is every number that fifteen digits round to one with at least four digits
 * less. All others keep every digit that tells them from their neighbours, so that they are read back as they were.
 */
export const numberText = (value: number): string => {
  const exact = String(value);
  if (!Number.isFinite(value) || Number.isInteger(value)) return exact;
  const short = String(Number(value.toPrecision(SURE)));
  return digitsOf(exact) - digitsOf(short) >= NEEDLESS ? short : exact;
};

/** Significant digits of a number in writing. */
const digitsOf = (text: string): number => text.replace(/e.*$/, "").replace(/\D/g, "").replace(/^0+/, "").length;
