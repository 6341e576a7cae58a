import { sin } from "../../../numerics/elementary.ts";
import { power } from "../../../numerics/power.ts";

/** The family x -> sign sin(w x): one parameter, and not tame. 1 stands for sin >= 0. */

/** With more labels rounding of w outweighs the least of the phases. */
export const MOST_LABELS = 15;

/** The points 10^-1, ..., 10^-n. */
export const shatteredPoints = (n: number): readonly number[] =>
  Array.from({ length: n }, (_, i) => 1 / power(10, i + 1));

/** The frequency that gives the points 10^-i any labels: w = pi (1 + sum_i (1 - b_i) 10^i). */
export const shatteringFrequency = (labels: readonly number[]): number => {
  const sum = labels.reduce((total, label, i) => total + (1 - label) * power(10, i + 1), 1);
  return Math.PI * sum;
};

export const labelsAt = (w: number, x: readonly number[]): readonly number[] =>
  x.map(each => (sin(w * each) >= 0 ? 1 : 0));

/** Ends of cells nearer than this, relative, are one: points whose ratio is a fraction share them. */
const SAME = 1e-12;

/**
 * Frequencies in (0, Omega) between two changes of any label at points x > 0, each range a cell: its ends k pi / x_i, and the labels in it. A range of
 * frequencies makes the family tame: there are at most 1 + sum_i floor(Omega x_i / pi) cells, and no more patterns than cells.
 */
export const frequencyCells = (x: readonly number[], omegaMax: number) => {
  const changes = x
    .flatMap((each, i) => {
      const times = Math.floor((omegaMax * each) / Math.PI);
      return Array.from({ length: times }, (_, k) => ({ i, at: ((k + 1) * Math.PI) / each }));
    })
    .filter(({ at }) => at < omegaMax)
    .sort((a, b) => a.at - b.at);
  const labels = x.map(() => 1);
  const cells = [{ from: 0, to: omegaMax, labels: labels.join("") }];
  for (const { i, at } of changes) {
    labels[i] = 1 - labels[i];
    const last = cells[cells.length - 1];
    if (at - last.from <= SAME * at) last.labels = labels.join("");
    else {
      last.to = at;
      cells.push({ from: at, to: omegaMax, labels: labels.join("") });
    }
  }
  return cells;
};

/** At most so many cells, in advance. */
export const cellCap = (x: readonly number[], omegaMax: number): number =>
  x.reduce((sum, each) => sum + Math.floor((omegaMax * each) / Math.PI), 1);
