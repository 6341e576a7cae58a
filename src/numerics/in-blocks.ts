import { exp, log } from "./elementary.ts";

/** A number that counts or points: an integer of 32 bits in C, where loops are translated (scripts/loops-to-c.mjs). */
export type i32 = number;
/** The same without a sign: a word. */
export type u32 = number;

/** The parameters of a loop that takes a function, without the function. */
export type Rest<F> = F extends (loop: never, ...rest: infer R) => number ? R : never;

/** Entries that loops take together, so that elementary functions have whole vectors to work on. */
export const BLOCK = 64;

const inPlace =
  (f: (x: number) => number) =>
  (values: Float64Array, from: i32, count: i32): void => {
    for (let i = from; i < from + count; i++) values[i] = f(values[i]);
  };

/** Elementary functions of `count` entries, in place. */
export const exps = inPlace(exp);
export const logs = inPlace(log);
