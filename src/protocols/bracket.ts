/**
 * The range in which a property is lost, by trials: of its two ends, then of the middles of what was left, in the order they were made. Null where it
 * does not hold at the first end, or does at the second.
 */
export const bracketOf = <Trial>([from, to, ...middles]: readonly Trial[], holds: (trial: Trial) => boolean) => {
  if (!holds(from) || holds(to)) return null;
  let [lower, upper] = [from, to];
  for (const middle of middles)
    if (holds(middle)) lower = middle;
    else upper = middle;
  return { lower, upper };
};
