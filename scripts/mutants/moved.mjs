/** How the predicted side of a comparison is moved, and why one may not feel it. */

/** Share by which predictions are moved. */
const SHARE = 0.05;

/** A comparison with its prediction moved down (sign -1) or up (1); the end of a sign, which is nought, stays. */
export const moved = (comparison, sign) => {
  const { predicted, tolerance = 0 } = comparison;
  const byShare = value => value * (1 + sign * SHARE);
  const isCounted = predicted === 0 || (Number.isInteger(predicted) && tolerance === 0);
  const other =
    typeof predicted === "number"
      ? isCounted
        ? predicted + sign
        : byShare(predicted)
      : Array.isArray(predicted)
        ? predicted.map(byShare)
        : Object.fromEntries(Object.entries(predicted).map(([side, end]) => [side, byShare(end)]));
  return { ...comparison, predicted: other };
};

/** What has to be smaller than this is what rounding leaves of nought. */
const ROUNDING = 1e-6;

const isOfTheory = kind => kind === "formula" || kind === "solved";

/** Why a comparison may not feel the move, as far as its prediction tells. */
export const reasonOf = ({ predicted, tolerance = 0, kind }) => {
  if (Array.isArray(predicted)) return isOfTheory(kind) ? "a range of the theory" : "a range stated beforehand";
  if (typeof predicted === "object") {
    if (Object.values(predicted)[0] === 0) return "a sign";
    if (predicted.below <= ROUNDING) return "a limit on rounding";
    if (isOfTheory(kind)) return "a bound of the theory, which is not reached";
    if (kind === "published") return "a bound of the source, which is not reached";
    return "a bound stated beforehand";
  }
  if (predicted === 0) return "nought within more than one unit";
  return `a margin of ${percent(tolerance / Math.abs(predicted))}`;
};

export const percent = share => `${Number((100 * share).toPrecision(2))} %`;
