import { disjointSets } from "../../../numerics/disjoint-sets.ts";
import { countMarked, randomMarks } from "../../../numerics/marks.ts";
import type { Stream } from "../../../numerics/stream.ts";
import type { Relation } from "./relation.ts";

/**
 * Marks of the ordered pairs whose entry follows by logic from those that are revealed and from the properties of the relation: symmetry,
 * reflexivity and transitivity (mod), a strict total order (order), two sides (bipartite). Sizes of classes are not known. [appendix D]
 */
export const determinedPairs = (relation: Relation, revealed: Uint8Array): Uint8Array =>
  closures[relation.name](relation, revealed);

type Closure = (relation: Relation, revealed: Uint8Array) => Uint8Array;

/** Related symbols are in one component; components are apart once a pair between them is not related. */
const equivalence: Closure = ({ symbols: n, labels }, revealed) => {
  const sets = disjointSets(n);
  eachMark(n, revealed, (i, j) => {
    if (labels[i] === labels[j]) sets.join(i, j);
  });
  const roots = Int32Array.from({ length: n }, (_, i) => sets.root(i));
  const apart = new Uint8Array(n * n);
  eachMark(n, revealed, (i, j) => {
    if (labels[i] === labels[j]) return;
    apart[roots[i] * n + roots[j]] = 1;
    apart[roots[j] * n + roots[i]] = 1;
  });
  return pairMarks(n, (i, j) => roots[i] === roots[j] || apart[roots[i] * n + roots[j]] === 1);
};

/** Revealed pairs say which symbol comes first; what follows it along chains of them is known too, as a set of bits: from the last symbol to the first. */
const totalOrder: Closure = ({ symbols: n, labels }, revealed) => {
  const words = Math.ceil(n / 32);
  const after = new Int32Array(n * words);
  const places = new Int32Array(n);
  labels.forEach((label, i) => {
    places[label] = i;
  });
  const follow = (i: number, j: number): void => {
    after[i * words + (j >>> 5)] |= 1 << (j & 31);
    for (let word = 0; word < words; word++) after[i * words + word] |= after[j * words + word];
  };
  for (let first = n - 1; first >= 0; first--)
    for (let last = first + 1; last < n; last++) {
      const [i, j] = [places[first], places[last]];
      if (revealed[i * n + j] === 1 || revealed[j * n + i] === 1) follow(i, j);
    }
  const isBefore = (i: number, j: number) => ((after[i * words + (j >>> 5)] >>> (j & 31)) & 1) === 1;
  return pairMarks(n, (i, j) => i === j || isBefore(i, j) || isBefore(j, i));
};

/** A revealed pair says whether two symbols are on one side; so it does of all that are linked by such pairs. */
const twoSides: Closure = ({ symbols: n }, revealed) => {
  const sets = disjointSets(n);
  eachMark(n, revealed, (i, j) => sets.join(i, j));
  const roots = Int32Array.from({ length: n }, (_, i) => sets.root(i));
  return pairMarks(n, (i, j) => roots[i] === roots[j]);
};

const closures: { readonly [name in Relation["name"]]: Closure } = {
  mod: equivalence,
  order: totalOrder,
  bipartite: twoSides,
};

const eachMark = (n: number, marks: Uint8Array, visit: (i: number, j: number) => void): void => {
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) if (marks[i * n + j] === 1) visit(i, j);
};

const pairMarks = (n: number, isMarked: (i: number, j: number) => boolean): Uint8Array => {
  const marks = new Uint8Array(n * n);
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) if (isMarked(i, j)) marks[i * n + j] = 1;
  return marks;
};

/** Share of all pairs that random training sets of m pairs determine, for each of `draws` sets. */
export const determinedShares = (relation: Relation, m: number, draws: number, random: Stream): Float64Array => {
  const pairs = relation.symbols * relation.symbols;
  return Float64Array.from(
    { length: draws },
    () => countMarked(determinedPairs(relation, randomMarks(pairs, m, random))) / pairs,
  );
};
