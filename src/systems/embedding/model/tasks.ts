import type { Node } from "../../../engine/graph/node.ts";
import type { Tracer } from "../../../engine/graph/tracer.ts";
import { squaredDistance } from "../../../numerics/norm.ts";
import { groupParallelograms, impliedByGroup, permutationsOfThree, symmetricGroup } from "../theory/group.ts";
import { allPairs, type Pair, type Parallelogram } from "../theory/pairs.ts";
import { additionQuality, type Embeddings, type Quality, qualityOf } from "../theory/quality.ts";
import { impliedParallelograms } from "../theory/training-set.ts";

/** What is to be learned: answers to pairs of symbols, each symbol an embedding, the two joined by a fixed rule before they are decoded. */
export interface Task {
  readonly symbols: number;
  /** Numbers of an embedding. */
  readonly dimensions: number;
  readonly pairs: readonly Pair[];
  /** The label of each pair. */
  readonly answers: Int32Array;
  readonly labels: number;
  /** Half width of the uniform start of embeddings. */
  readonly startWidth: number;
  /** Factor of mean |E| in the loss. */
  readonly penalty: number;
  readonly quality: Quality;
  /** Embeddings that realise every parallelogram. */
  perfect(): Float64Array;
  /** Parallelograms that those of the training pairs imply. */
  implied(trained: Uint8Array): readonly Parallelogram[];
  /** What the decoder is given, as many numbers as an embedding has: in a traced model [pairs, dimensions], ... */
  join(m: Tracer, first: Node, second: Node): Node;
  /** ... and in plain numbers, from the places of two embeddings in E. */
  joinPlain(E: Float64Array, first: number, second: number, out: Float64Array): void;
}

/** i + j for unordered pairs of 0, ..., p - 1, without a modulus [section 3]; embeddings are added. */
export const addition = (p: number, dimensions: number): Task => {
  const pairs = allPairs(p);
  return {
    symbols: p,
    dimensions,
    pairs,
    answers: Int32Array.from(pairs, ([i, j]) => i + j),
    labels: 2 * p - 1,
    startWidth: 0.5,
    penalty: 0,
    quality: additionQuality(p),
    // Equal distances on a line.
    perfect: () =>
      Float64Array.from({ length: p * dimensions }, (_, i) => (2 * Math.floor(i / dimensions)) / (p - 1) - 1),
    implied: trained => impliedParallelograms(p, trained),
    join: (m, first, second) => m.add(first, second),
    joinPlain(E, first, second, out) {
      for (let k = 0; k < dimensions; k++) out[k] = E[first + k] + E[second + k];
    },
  };
};

/** i + j modulo p. Parallelograms, and what they imply, are those of the sum without the modulus, which are permissible here too. */
export const modularAddition = (p: number, dimensions: number): Task => {
  const plain = addition(p, dimensions);
  return { ...plain, answers: plain.answers.map(sum => sum % p), labels: p };
};

/** Side of the matrices that stand for permutations. */
const SIDE = 3;

/** The product of two permutations of three symbols [appendix H]; embeddings are 3 x 3 matrices and are multiplied. */
export const permutations = (): Task => {
  const size = symmetricGroup.length;
  const pairs = Array.from({ length: size * size }, (_, place): Pair => [Math.floor(place / size), place % size]);
  const dimensions = SIDE * SIDE;
  return {
    symbols: size,
    dimensions,
    pairs,
    answers: Int32Array.from(pairs, ([a, b]) => symmetricGroup[a][b]),
    labels: size,
    startWidth: 0.05,
    penalty: 1e-3,
    quality: groupQuality(pairs),
    // Each permutation as the matrix with a 1 in row i and column a(i).
    perfect: () =>
      Float64Array.from(
        permutationsOfThree.flatMap(a => a.flatMap(to => [0, 1, 2].map(column => Number(column === to)))),
      ),
    implied: trained => impliedByGroup(symmetricGroup, trained),
    join(m, first, second) {
      const matrices = (node: Node) => m.reshape(node, [node.shape[0], SIDE, SIDE]);
      return m.reshape(m.matmul(matrices(first), matrices(second)), [first.shape[0], dimensions]);
    },
    joinPlain: multiply,
  };
};

const multiply = (E: Float64Array, first: number, second: number, out: Float64Array): void => {
  for (let i = 0; i < SIDE; i++)
    for (let j = 0; j < SIDE; j++) {
      let sum = 0;
      for (let k = 0; k < SIDE; k++) sum += E[first + i * SIDE + k] * E[second + k * SIDE + j];
      out[i * SIDE + j] = sum;
    }
};

/** Mean squared difference of two products below which a parallelogram of matrices counts as realised. */
const GROUP_LIMIT = 0.5;

/** Products are compared after all matrices were divided by their common root mean square. */
const groupQuality = (pairs: readonly Pair[]): Quality => {
  const all = groupParallelograms(symmetricGroup);
  const size = SIDE * SIDE;
  return qualityOf(all.length, ({ values }: Embeddings) => {
    let squares = 0;
    for (let i = 0; i < values.length; i++) squares += values[i] * values[i];
    const scale = 1 / Math.sqrt(squares / values.length);
    const E = Float64Array.from(values, value => scale * value);
    const products = pairs.map(([a, b]) => {
      const out = new Float64Array(size);
      multiply(E, a * size, b * size, out);
      return out;
    });
    return all.filter(([one, other]) => squaredDistance(products[one], products[other]) / size < GROUP_LIMIT);
  });
};
