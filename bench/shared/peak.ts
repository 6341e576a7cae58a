import type { Workload } from "./serve.ts";

const ROUNDS = 100_000;
/** Twelve chains, a multiplication and an addition each, per turn of the loop. */
const FLOPS_PER_ROUND = 24;

/**
 * How fast this engine can do scalar float64 arithmetic at best: chains of x <- x m + a that do not wait for each other,
 * twelve of them so that all stay in registers (plain variables: an array or its destructuring would put them in memory).
 * A unit is one floating-point operation.
 */
export const peak = (): Workload => {
  // Kept and shown by `check`, so that no compiler can drop the work.
  let sum = 0;
  return {
    units: ROUNDS * FLOPS_PER_ROUND,
    check: () => [sum],
    run(calls) {
      for (let call = 0; call < calls; call++) sum += chains(0.999, 0.001 + 1e-9 * call);
    },
  };
};

const chains = (m: number, a: number): number => {
  let x0 = 0.1;
  let x1 = 0.2;
  let x2 = 0.3;
  let x3 = 0.4;
  let x4 = 0.5;
  let x5 = 0.6;
  let x6 = 0.7;
  let x7 = 0.8;
  let x8 = 0.9;
  let x9 = 1.1;
  let x10 = 1.2;
  let x11 = 1.3;
  for (let round = 0; round < ROUNDS; round++) {
    x0 = x0 * m + a;
    x1 = x1 * m + a;
    x2 = x2 * m + a;
    x3 = x3 * m + a;
    x4 = x4 * m + a;
    x5 = x5 * m + a;
    x6 = x6 * m + a;
    x7 = x7 * m + a;
    x8 = x8 * m + a;
    x9 = x9 * m + a;
    x10 = x10 * m + a;
    x11 = x11 * m + a;
  }
  return x0 + x1 + x2 + x3 + x4 + x5 + x6 + x7 + x8 + x9 + x10 + x11;
};
