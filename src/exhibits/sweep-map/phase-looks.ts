import { cellMarks } from "../../charts/cell-mark.ts";
import type { MapPhase } from "../../charts/phase-map.ts";
import { colours, series } from "../../charts/theme.ts";
import { DIVERGED } from "../../protocols/sweep-cell.ts";

const hues = series.filter(colour => colour !== colours.grey);
const marks = cellMarks.filter(mark => mark !== "cross");

/**
 * Colours and signs of phases in their order; that of runs that diverged is always the same. There are seven colours and eight signs, so that no two of the
 * first 56 phases look alike.
 */
export const phaseLooks = (labels: readonly string[]): readonly MapPhase[] => {
  let next = 0;
  return labels.map(label => {
    if (label === DIVERGED) return { label, colour: colours.grey, mark: "cross" };
    const place = next++;
    return { label, colour: hues[place % hues.length], mark: marks[place % marks.length] };
  });
};
