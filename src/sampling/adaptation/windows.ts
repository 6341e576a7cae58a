/** Which steps of a burn-in learn a mass from the draws: [from, to), in windows that each double the one before. */
export interface Windows {
  readonly from: number;
  readonly to: number;
  /** The last step of each window; at it the mass is replaced. Empty when the burn-in is too short to learn one. */
  readonly ends: readonly number[];
}

/**
 * Stan's schedule: 75 steps for the step size alone, a window of 25, windows that double, and 50 steps for the last step size. Shorter
 * burn-ins give 15 % and 10 % to the ends and the rest to one window; below 20 steps there is none.
 */
export const windows = (burnIn: number): Windows => {
  if (burnIn < 20) return { from: 0, to: 0, ends: [] };
  const scaled = burnIn < 150;
  const from = scaled ? Math.floor(0.15 * burnIn) : 75;
  const to = burnIn - (scaled ? Math.floor(0.1 * burnIn) : 50);
  const ends: number[] = [];
  let size = scaled ? to - from : 25;
  for (let start = from; start < to; ) {
    // A window that would leave less than twice itself for the next takes all that is left.
    const end = start + size + 2 * size > to ? to : start + size;
    ends.push(end - 1);
    start = end;
    size *= 2;
  }
  return { from, to, ends };
};
