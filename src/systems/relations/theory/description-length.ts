import { log } from "../../../numerics/elementary.ts";
import type { Relation } from "./relation.ts";

/** Bits that single out a relation among all its relabelings: log2(n! / |Aut|), by counting orbits [section III]. */
export interface DescriptionLength {
  readonly exact: number;
  /** As the source's table has it: labels of classes and unequal sizes are paid for. */
  readonly table: number;
  /** log2 of the number of permutations that leave the relation as it is. */
  readonly automorphisms: number;
}

export const descriptionLength = (relation: Relation): DescriptionLength => {
  const order = automorphisms(relation);
  return { exact: log2(orbitSize(relation)), table: tableLength(relation), automorphisms: log2(order) };
};

/** How many distinct relations the relabelings of one make: n! / |Aut|. */
export const orbitSize = (relation: Relation): bigint => factorial(relation.symbols) / automorphisms(relation);

/** Permutations within each class, and of classes of one size where their labels do not matter. */
const automorphisms = ({ sizes, interchangeable }: Relation): bigint => {
  const alike = new Map<number, number>();
  let product = 1n;
  for (const size of sizes) {
    const count = (alike.get(size) ?? 0) + 1;
    alike.set(size, count);
    product *= factorial(size) * (interchangeable ? BigInt(count) : 1n);
  }
  return product;
};

const tableLength = (relation: Relation): number => {
  const { name, symbols: n, sizes } = relation;
  if (name === "mod") return (n * log(1 / relation.guess)) / LN2;
  if (name === "order") return log2(factorial(n));
  return log2(sizes.reduce((rest, size) => rest / factorial(size), factorial(n)));
};

const factorial = (n: number): bigint => {
  let product = 1n;
  for (let i = 2; i <= n; i++) product *= BigInt(i);
  return product;
};

const LN2 = log(2);

/** log2 of a whole number of any size, from its leading 53 bits. */
const log2 = (value: bigint): number => {
  const beyond = Math.max(0, value.toString(2).length - 53);
  return beyond + log(Number(value >> BigInt(beyond))) / LN2;
};

/** Bits of a relation without known properties, and of one that is only known to be symmetric [table II]. */
export const genericLength = (n: number): number => n * n;
export const symmetricLength = (n: number): number => (n * (n + 1)) / 2;
