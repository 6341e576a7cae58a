import { invalid } from "../../../errors.ts";
import { disjointSets } from "../../../numerics/disjoint-sets.ts";
import { countMarked } from "../../../numerics/marks.ts";
import { linkedPairs, type Parallelogram, twoOf } from "./pairs.ts";

/** A finite group by its table: table[a][b] is the element a b. */
export type GroupTable = readonly (readonly number[])[];

/** Permutations of 0, 1, 2 in lexicographic order. */
export const permutationsOfThree: readonly (readonly number[])[] = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
];

/** The symmetric group of three symbols as the source's code composes it: the second permutation indexed by the first. */
export const symmetricGroup: GroupTable = permutationsOfThree.map(a =>
  permutationsOfThree.map(b => {
    const product = a.map(i => b[i]);
    return permutationsOfThree.findIndex(each => each.every((entry, i) => entry === product[i]));
  }),
);

/** Refuses a table that is no latin square of its elements. Throws a LandauError of kind "input". */
export const checkTable = (table: GroupTable): void => {
  const size = table.length;
  table.forEach((row, a) => {
    if (row.length !== size) throw invalid(`productTable[${a}]`, row, `${size} elements, as there are rows`);
    row.forEach((product, b) => {
      if (!(Number.isInteger(product) && product >= 0 && product < size))
        throw invalid(`productTable[${a}][${b}]`, product, `an element from 0 to ${size - 1}`);
    });
    if (new Set(row).size !== size) throw invalid(`productTable[${a}]`, row, "every element once");
    if (new Set(table.map(other => other[a])).size !== size)
      throw invalid(
        `column ${a} of productTable`,
        table.map(other => other[a]),
        "every element once",
      );
  });
};

/** Ordered pairs (a, b) as places a size + b, two and two of equal product. */
export const groupParallelograms = (table: GroupTable): readonly Parallelogram[] => {
  const classes: number[][] = table.map(() => []);
  for (const [a, row] of table.entries())
    for (const [b, product] of row.entries()) classes[product].push(a * table.length + b);
  return classes.flatMap(twoOf);
};

/**
 * The parallelograms that those of the training pairs imply [appendix H]: (a, d) and (b, c) of equal product say that the left quotient b^-1 a is
 * the right quotient c d^-1, and so for their inverses. One is implied when its quotients are joined.
 */
export const impliedByGroup = (table: GroupTable, trained: Uint8Array): readonly Parallelogram[] => {
  const size = table.length;
  const all = groupParallelograms(table);
  const leftOf = (b: number, a: number) => b * size + a;
  const rightOf = (c: number, d: number) => size * size + c * size + d;
  const quotients = ([first, second]: Parallelogram) => {
    const [a, d] = [Math.floor(first / size), first % size];
    const [b, c] = [Math.floor(second / size), second % size];
    return { a, b, c, d };
  };
  const { join, root } = disjointSets(2 * size * size);
  for (const link of all) {
    if (trained[link[0]] !== 1 || trained[link[1]] !== 1) continue;
    const { a, b, c, d } = quotients(link);
    join(leftOf(b, a), rightOf(c, d));
    join(leftOf(a, b), rightOf(d, c));
  }
  return all.filter(link => {
    const { a, b, c, d } = quotients(link);
    return root(leftOf(b, a)) === root(rightOf(c, d));
  });
};

/** Counts of a training set of ordered pairs. */
export const groupTrainingSet = (table: GroupTable, trained: Uint8Array) => {
  const implied = impliedByGroup(table, trained);
  const ideal = countMarked(linkedPairs(trained, implied));
  return {
    parallelograms: groupParallelograms(table).length,
    implied: implied.length,
    idealAccuracy: ideal / trained.length,
  };
};
