/** Rungs as shares of the target's nBeta, from `hottest` to 1; close together at the hot end, where the loss changes fastest. */
export const firstLadder = (rungs: number, hottest: number): Float64Array =>
  Float64Array.from({ length: rungs }, (_, k) => {
    const x = k / (rungs - 1);
    return hottest + (1 - hottest) * x * x * x * x * x;
  });

/**
 * The ladder on which every swap would be refused alike, given how often each was: the rejections add up to a barrier along the ladder,
 * taken as linear between rungs, which the new rungs divide into equal parts.
 * [Syed, Bouchard-Cote, Deligiannidis, Doucet 2022, algorithm 2]
 */
export const evenLadder = (ladder: Float64Array, rejections: Float64Array): Float64Array => {
  const rungs = ladder.length;
  const barrier = new Float64Array(rungs);
  for (let k = 1; k < rungs; k++) barrier[k] = barrier[k - 1] + rejections[k - 1];
  const whole = barrier[rungs - 1];
  if (!(whole > 0)) return ladder.slice();
  const moved = ladder.slice();
  let k = 0;
  for (let rung = 1; rung < rungs - 1; rung++) {
    const level = (whole * rung) / (rungs - 1);
    while (barrier[k + 1] < level) k++;
    const share = (level - barrier[k]) / (barrier[k + 1] - barrier[k]);
    moved[rung] = ladder[k] + share * (ladder[k + 1] - ladder[k]);
  }
  return moved;
};
