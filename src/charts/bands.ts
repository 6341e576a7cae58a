/** Equal bands side by side, with gaps between and around them. */
export interface Bands {
  /** Of one band, in pixels. */
  readonly width: number;
  readonly start: (index: number) => number;
  readonly centre: (index: number) => number;
}

/** Bands between two places in pixels; gaps take the share `padding` of a step. */
export const bandsOf = (count: number, [from, to]: readonly [number, number], padding: number): Bands => {
  const step = (to - from) / (count + padding);
  const width = step * (1 - padding);
  const start = (index: number) => from + step * (padding + index);
  return { width, start, centre: index => start(index) + width / 2 };
};
