import { exp, log } from "../../src/numerics/elementary.ts";
import { realPower } from "../../src/numerics/power.ts";
import type { Observation } from "../../src/transitions/order/index.ts";

/** One value at each control, without noise. */
export const curve = (controls: readonly number[], value: (control: number) => number): Observation[] =>
  controls.map(control => ({ control, samples: [value(control)] }));

export const ONSAGER = 2 / log(1 + Math.SQRT2);

/** Magnetisation of the square lattice at temperature T, coupling 1: (1 - sinh(2 / T)^-4)^(1/8) [Yang, Phys. Rev. 85 (1952) 808]. */
export const onsager = (T: number): number => {
  if (T >= ONSAGER) return 0;
  const sinh = (exp(2 / T) - exp(-2 / T)) / 2;
  return realPower(1 - 1 / (sinh * sinh * sinh * sinh), 1 / 8);
};

/** Where an ascending function changes sign. */
const rootOf = (f: (m: number) => number, top: number): number => {
  let [low, high] = [0, top];
  for (let i = 0; i < 200; i++) {
    const middle = (low + high) / 2;
    if (f(middle) > 0) high = middle;
    else low = middle;
  }
  return low;
};

/** Minimum of (a - critical) m^2 / 2 + m^(2 + k) / (2 + k) + m^(4 + k) / (4 + k): it vanishes with exponent 1 / k at `critical`. */
export const landau =
  (k: number, critical: number) =>
  (a: number): number =>
    a >= critical ? 0 : rootOf(m => a - critical + realPower(m, k) + realPower(m, k + 2), 4);

/** Slow sweeps up and down of m <- response(m, T), which is carried along; a kick keeps it from staying at zero. */
export const sweeps = (
  response: (m: number, T: number) => number,
  controls: readonly number[],
  { paces, kick }: { readonly paces: readonly number[]; readonly kick: (visit: number) => number },
): Observation[] =>
  paces.flatMap(pace => {
    let m = 1;
    const visit = (control: number, direction: "up" | "down", i: number): Observation => {
      if (direction === "down") m += kick(i);
      for (let step = 0; step < pace; step++) m = response(m, control);
      return { control, direction, pace, samples: [m] };
    };
    return [
      ...controls.map((control, i) => visit(control, "up", i)),
      ...[...controls].reverse().map((control, i) => visit(control, "down", i)),
    ];
  });

/** Self-consistent magnetisation of Ising spins: critical at T = 1. */
export const meanFieldIsing = (m: number, T: number): number => {
  const e = exp((-2 * m) / T);
  return (1 - e) / (1 + e);
};

/** The same of the q-state Potts model: its ordered phase ends in a jump for q > 2. */
export const meanFieldPotts =
  (q: number) =>
  (m: number, T: number): number => {
    const e = exp(-m / T);
    return (1 - e) / (1 + (q - 1) * e);
  };

/** T at which the ordered phase of mean-field Potts ends: the largest T with T = m / ln((1 + (q - 1) m) / (1 - m)). */
export const meanFieldPottsEnd = (q: number): number => {
  const T = (m: number): number => m / log((1 + (q - 1) * m) / (1 - m));
  let [low, high] = [1e-6, 1 - 1e-6];
  for (let i = 0; i < 200; i++) {
    const [a, b] = [low + (high - low) / 3, high - (high - low) / 3];
    if (T(a) < T(b)) low = a;
    else high = b;
  }
  return T((low + high) / 2);
};
