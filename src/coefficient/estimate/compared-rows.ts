import { hypotenuse } from "./hypotenuse.ts";
import { type Row, wholeError } from "./row.ts";

/** What two rows say of each other, at other temperatures or under other localisers. */

/** A row whose error is a larger share of its value agrees with none: chance would do it. */
const KNOWN = 0.025;

/** Whether nothing has changed, neither from one to the other nor at the second. */
export const agree = (before: Row, after: Row): boolean =>
  wholeError(after) <= KNOWN * after.value &&
  Math.abs(after.value - before.value) <=
    0.007 * after.value + 0.5 * hypotenuse(wholeError(before), wholeError(after)) &&
  (before.nBeta === after.nBeta
    ? Math.abs(after.byPull) <= 0.015 * after.value + after.pullError
    : Math.abs(after.byTemperature) <= 0.015 * after.value + after.slopeError);

export const exceeds = (nearer: Row, row: Row): boolean =>
  nearer.value - row.value > 0.03 * row.value + 3 * hypotenuse(wholeError(nearer), wholeError(row));

/** Whether more is to come at larger nBeta than what errors and a slow logarithm explain. */
export const climbs = (before: Row, after: Row): boolean =>
  after.value - before.value > 0.01 * after.value + hypotenuse(wholeError(before), wholeError(after));

/** Whether chains have met a place below w*. */
export const falls = ({ nBeta, leastK, value }: Row): boolean => -nBeta * leastK > 0.1 * Math.max(0.25, value);

/** At one temperature a fall is another phase's; at a larger one only where the chains go farther away than before. */
export const escapes = (before: Row, after: Row): boolean =>
  before.value - after.value > 0.02 * before.value + 3 * hypotenuse(wholeError(before), wholeError(after)) &&
  (before.nBeta === after.nBeta || after.distance > 1.1 * before.distance);
