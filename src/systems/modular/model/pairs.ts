import { invalid } from "../../../errors.ts";
import { mulberry32, shuffled } from "../../../numerics/mulberry32.ts";
import { checkModulus } from "./modulus.ts";
import { type Operation, operationOf } from "./operations.ts";

/** Input pairs (a, b) with the answer c = op(a, b), in an order of their own. */
export interface Pairs {
  readonly p: number;
  /** Indices a p + b. */
  readonly index: Int32Array;
  readonly a: Int32Array;
  readonly b: Int32Array;
  readonly c: Int32Array;
}

export const pairsAt = (p: number, op: string | Operation, index: Int32Array): Pairs => {
  checkModulus(p);
  if (index.length === 0) throw invalid("pairs", [], "at least one pair");
  const of = operationOf(op);
  const seen = new Uint8Array(p * p);
  const a = new Int32Array(index.length);
  const b = new Int32Array(index.length);
  const c = new Int32Array(index.length);
  index.forEach((i, n) => {
    if (!(i >= 0 && i < p * p)) throw invalid(`pairs[${n}]`, i, `an index a p + b from 0 to ${p * p - 1}`);
    if (seen[i] === 1) throw invalid(`pairs[${n}]`, i, "a pair that is not there twice");
    seen[i] = 1;
    a[n] = Math.floor(i / p);
    b[n] = i % p;
    const value = of(a[n], b[n], p);
    if (!Number.isSafeInteger(value)) throw invalid(`op(${a[n]}, ${b[n]})`, value, "an integer");
    c[n] = ((value % p) + p) % p;
  });
  return { p, index, a, b, c };
};

/** All p^2 pairs by rising index. */
export const fullTable = (p: number, op: string | Operation): Pairs => {
  checkModulus(p);
  return pairsAt(
    p,
    op,
    Int32Array.from({ length: p * p }, (_, i) => i),
  );
};

export interface Split {
  readonly train: Int32Array;
  readonly test: Int32Array;
}

/** Number of training pairs: floor(fraction p^2 + 1e-9). Throws unless 0 < fraction < 1 leaves pairs on both sides. */
export const trainCount = (p: number, fraction: number): number => {
  checkModulus(p);
  if (!(fraction > 0 && fraction < 1))
    throw invalid("trainFraction", fraction, "a number between 0 and 1, both excluded");
  const count = Math.floor(fraction * p * p + 1e-9);
  if (count < 1) throw invalid("trainFraction", fraction, `at least 1 / p^2 = ${1 / (p * p)}, one pair`);
  return count;
};

/** The reference split: a seeded shuffle of all indices, of which the first trainCount are trained on. */
export const splitPairs = (p: number, fraction: number, seed: number): Split => {
  const count = trainCount(p, fraction);
  const order = shuffled(mulberry32(seed), p * p);
  return { train: order.slice(0, count), test: order.slice(count) };
};
