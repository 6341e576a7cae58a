/** Ranks from 1, ties sharing their mean. */
export const ranksOf = (values: ArrayLike<number>): Float64Array => {
  const order = Array.from(values, (_, i) => i).sort((a, b) => values[a] - values[b]);
  const ranks = new Float64Array(values.length);
  for (let i = 0; i < order.length; ) {
    let end = i + 1;
    while (end < order.length && values[order[end]] === values[order[i]]) end++;
    for (let j = i; j < end; j++) ranks[order[j]] = (i + end + 1) / 2;
    i = end;
  }
  return ranks;
};
