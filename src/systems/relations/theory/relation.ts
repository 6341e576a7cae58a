import { invalid } from "../../../errors.ts";

/** Relations with a structure to be discovered: equal remainders, i < j, on different sides. */
export const relationNames = ["mod", "order", "bipartite"] as const;
export type RelationName = (typeof relationNames)[number];

/**
 * A binary relation on symbols 0, ..., n - 1: each has a label, and a rule on labels says which ordered pairs are related. Labels are remainders (mod), places
 * (order) or sides (bipartite); the pair (i, j) is entry i n + j of a list of all pairs.
 */
export interface Relation {
  readonly name: RelationName;
  readonly symbols: number;
  /** The label of each symbol, from 0. */
  readonly labels: Int32Array;
  /** How many symbols have each label; none is 0. */
  readonly sizes: readonly number[];
  related(label: number, other: number): boolean;
  /** Whether two labels with as many symbols could change names without changing the relation. */
  readonly interchangeable: boolean;
  /** Probability that an undetermined pair is related [section 2.3]. */
  readonly guess: number;
}

export interface RelationSettings {
  readonly relation: RelationName;
  readonly n: number;
  /** Classes, of mod. */
  readonly k?: number;
  /** Symbols on the smaller side, of bipartite. */
  readonly a?: number;
}

const rules = {
  mod: (label: number, other: number) => label === other,
  order: (label: number, other: number) => label < other,
  bipartite: (label: number, other: number) => label !== other,
};

/** Throws a LandauError of kind "input" for a relation without its number. */
export const relationOf = ({ relation: name, n, k, a }: RelationSettings): Relation => {
  const labelOf = labelRule(name, n, k, a);
  const labels = Int32Array.from({ length: n }, (_, i) => labelOf(i));
  const sizes: number[] = [];
  for (const label of labels) sizes[label] = (sizes[label] ?? 0) + 1;
  return {
    name,
    symbols: n,
    labels,
    sizes,
    related: rules[name],
    interchangeable: name !== "order",
    // Of x < y, three orders of {x, y, z} are possible; z < x in one of them.
    guess: name === "mod" ? 1 / (k as number) : name === "order" ? 1 / 3 : 1 / 2,
  };
};

const labelRule = (name: RelationName, n: number, k?: number, a?: number): ((i: number) => number) => {
  if (name === "order") return i => i;
  if (name === "mod") {
    if (k === undefined) throw invalid("k", k, "the number of classes where the relation is mod");
    return i => i % k;
  }
  if (a === undefined || a > n) throw invalid("a", a, `the symbols on one side, at most ${n}, where it is bipartite`);
  // A side without symbols is none.
  return i => (a === 0 || i < a ? 0 : 1);
};

/** Whether each ordered pair is related. */
export const matrixOf = ({ symbols: n, labels, related }: Relation): Uint8Array =>
  Uint8Array.from({ length: n * n }, (_, pair) => Number(related(labels[Math.floor(pair / n)], labels[pair % n])));
