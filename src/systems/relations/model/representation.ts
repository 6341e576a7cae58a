import { mean } from "../../../numerics/statistics.ts";
import type { Relation } from "../theory/relation.ts";

/** Distances of embeddings, symbols x dimensions and row-major, by what the relation makes alike. */
export type Representation = {
  /**
   * 1 less the mean distance of symbols that are alike, relative to that of all: 1 where classes are points, 0 without structure. Alike are symbols
   * of one class or side, and neighbours of an order, for which it is 1 - 3/(n + 1) on a line.
   */
  readonly order: number;
  /** Mean silhouette of classes or sides, in [-1, 1]; null for an order, which has none.  [Rousseeuw 1987] */
  readonly silhouette: number | null;
};

export const representationOf = (relation: Relation, embeddings: Float64Array): Representation => {
  const n = relation.symbols;
  const dimensions = embeddings.length / n;
  const distance = (i: number, j: number): number => {
    let sum = 0;
    for (let k = 0; k < dimensions; k++) {
      const difference = embeddings[i * dimensions + k] - embeddings[j * dimensions + k];
      sum += difference * difference;
    }
    return Math.sqrt(sum);
  };
  const { labels } = relation;
  const near = relation.name === "order" ? 1 : 0;
  const [alike, all]: [number[], number[]] = [[], []];
  for (let i = 0; i < n; i++)
    for (let j = 0; j < i; j++) {
      const own = distance(i, j);
      all.push(own);
      if (Math.abs(labels[i] - labels[j]) === near) alike.push(own);
    }
  const spread = mean(all);
  return {
    // Classes of one symbol have no distances; embeddings at one place no structure.
    order: alike.length === 0 || spread === 0 ? 0 : 1 - mean(alike) / spread,
    silhouette: relation.name === "order" ? null : silhouetteOf(relation, distance),
  };
};

/** Mean over symbols of (b - a) / max(a, b): a is the mean distance to its own class, b that to the nearest other; 0 for a class of one. */
const silhouetteOf = ({ labels, sizes }: Relation, distance: (i: number, j: number) => number): number | null => {
  if (sizes.length < 2) return null;
  const values = Array.from(labels, (label, i) => {
    if (sizes[label] === 1) return 0;
    const sums = new Float64Array(sizes.length);
    labels.forEach((other, j) => {
      sums[other] += distance(i, j);
    });
    const a = sums[label] / (sizes[label] - 1);
    let b = Number.POSITIVE_INFINITY;
    sizes.forEach((size, other) => {
      if (other !== label) b = Math.min(b, sums[other] / size);
    });
    const larger = Math.max(a, b);
    return larger === 0 ? 0 : (b - a) / larger;
  });
  return mean(values);
};

/** Embeddings that realise a relation: classes or sides at places of their own, symbols of an order along a line. */
export const perfectEmbeddings = (relation: Relation, dimensions: number): Float64Array => {
  const { labels, sizes, symbols: n } = relation;
  const E = new Float64Array(n * dimensions);
  const places = sizes.length;
  labels.forEach((label, i) => {
    // On a line from -1 to 1; of several dimensions, on a parabola, where no place lies between others.
    const x = places === 1 ? 0 : (2 * label) / (places - 1) - 1;
    E[i * dimensions] = x;
    if (dimensions > 1 && relation.name !== "order") E[i * dimensions + 1] = x * x;
  });
  return E;
};
