import type { Series } from "./series.ts";

/** A loss and the norm of its gradient, as Hugging Face's trainer names them, alone or with the path that a tracker puts before. */
const LOSS = /^(.*\/)?loss$/;

/**
 * Losses that were not measured as NaN: where the loss of a step is not finite, Hugging Face's trainer writes 0 (unless `logging_nan_inf_filter=False`), whatever
 * it reports to; the norm of the gradient, NaN, gives it away. A run that has diverged would look like one that is perfect.
 */
export const withoutFalseZeros = (series: readonly Series[], notes: string[]): readonly Series[] => {
  const norms = new Map(
    series.filter(({ name }) => name.endsWith("grad_norm")).map(each => [`${each.run}\n${each.name}`, each]),
  );
  if (norms.size === 0) return series;
  return series.map(loss => {
    const path = LOSS.exec(loss.name);
    const norm = path && norms.get(`${loss.run}\n${path[1] ?? ""}grad_norm`);
    if (!norm) return loss;
    const lost = new Set(norm.step.filter((_, i) => Number.isNaN(norm.value[i])));
    const isFalse = (i: number) => loss.value[i] === 0 && lost.has(loss.step[i]);
    const first = loss.value.findIndex((_, i) => isFalse(i));
    if (first < 0) return loss;
    notes.push(
      `${loss.name} of ${loss.run}: 0 from step ${loss.step[first]} on where ${norm.name} is NaN, as trainers of Hugging Face write a loss that is not finite: read as NaN`,
    );
    return { ...loss, value: loss.value.map((value, i) => (isFalse(i) ? Number.NaN : value)) };
  });
};
