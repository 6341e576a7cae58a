import { type Model, model } from "../../../engine/model.ts";
import { CLASSES } from "./digits.ts";

/** Numbers that the network makes of a picture: a place in a plane. */
const PLACE = 2;

/**
 * A perceptron of three layers that places pictures in a plane, trained so that those of one label come together [appendix I]: l / Z with l the sum over pairs of one label
 * of |f(x) - f(x')|^2 and Z = sum_x |f(x)|^2, divided by the number of pictures. Of given places l is n_c sum |f|^2 - |sum f|^2, label by label.
 */
export const collapseModel = (width: number): Model =>
  model((m, { picture, label }) => {
    const start = (inputs: number) => ({ uniform: 1 / Math.sqrt(inputs) });
    const layer = (name: string, a: typeof picture, outputs: number) => {
      const inputs = a.shape[1];
      const weight = m.parameter(`${name}.weight`, [inputs, outputs], start(inputs));
      return m.add(m.matmul(a, weight), m.parameter(`${name}.bias`, [outputs], start(inputs)));
    };
    const places = layer("last", m.relu(layer("second", m.relu(layer("first", picture, width)), width)), PLACE);
    const isOf = m.oneHot(label, CLASSES);
    const squares = m.sum(m.square(places), 1);
    const counts = m.sum(isOf, 0);
    const ofLabel = m.sum(m.mul(isOf, m.reshape(squares, [label.shape[0], 1])), 0);
    const sums = m.matmul(isOf, places, { a: true });
    const pairs = m.sub(m.mul(counts, ofLabel), m.sum(m.square(sums), 1));
    return { loss: m.div(m.sum(pairs), m.mul(m.sum(squares), label.shape[0])), places: m.mul(1, places) };
  });

/** What a plane of pictures shows of their labels. */
export interface Collapse {
  /** Variance within labels as a share of all variance. */
  readonly within: number;
  /** Share of pictures that are nearer to the mean of their label than to that of any other. */
  readonly nearest: number;
}

export const collapseOf = (places: Float64Array, labels: Int32Array): Collapse => {
  const [sums, counts] = [new Float64Array(CLASSES * PLACE), new Float64Array(CLASSES)];
  labels.forEach((label, i) => {
    counts[label]++;
    for (let k = 0; k < PLACE; k++) sums[label * PLACE + k] += places[i * PLACE + k];
  });
  const all = Float64Array.from({ length: PLACE }, (_, k) => {
    let sum = 0;
    for (let label = 0; label < CLASSES; label++) sum += sums[label * PLACE + k];
    return sum / labels.length;
  });
  const squared = (i: number, mean: (k: number) => number): number => {
    let sum = 0;
    for (let k = 0; k < PLACE; k++) {
      const difference = places[i * PLACE + k] - mean(k);
      sum += difference * difference;
    }
    return sum;
  };
  const from = (i: number, label: number) => squared(i, k => sums[label * PLACE + k] / counts[label]);
  let [within, total, nearest] = [0, 0, 0];
  labels.forEach((label, i) => {
    const own = from(i, label);
    within += own;
    total += squared(i, k => all[k]);
    let isNearest = true;
    for (let other = 0; other < CLASSES; other++)
      if (other !== label && counts[other] > 0 && from(i, other) <= own) isNearest = false;
    if (isNearest) nearest++;
  });
  return { within: total > 0 ? within / total : 1, nearest: nearest / labels.length };
};
