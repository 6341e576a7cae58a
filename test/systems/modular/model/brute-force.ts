import type { Weights } from "../../../../src/systems/modular/model/layout.ts";
import type { Pairs } from "../../../../src/systems/modular/model/pairs.ts";

/** Loss and gradient straight from their definition, one pair and one output after the other. */
export const bruteForce = (
  { A, B, C }: Weights,
  { p, K }: { p: number; K: number },
  { a, b, c }: Pick<Pairs, "a" | "b" | "c">,
  { centred = false, targets }: { centred?: boolean; targets?: Float64Array } = {},
) => {
  const count = a.length;
  const residual = Array.from({ length: count }, (_, n) =>
    Array.from({ length: p }, (_, out) => {
      let f = 0;
      for (let k = 0; k < K; k++) f += C[k * p + out] * (A[k * p + a[n]] + B[k * p + b[n]]) ** 2;
      return f - (targets ? targets[n * p + out] : c[n] === out ? 1 : 0);
    }),
  );
  if (centred)
    for (let out = 0; out < p; out++) {
      const mean = residual.reduce((sum, row) => sum + row[out], 0) / count;
      for (const row of residual) row[out] -= mean;
    }
  const gradient = new Float64Array(3 * p * K);
  let loss = 0;
  for (let n = 0; n < count; n++)
    for (let out = 0; out < p; out++) {
      const e = residual[n][out];
      loss += (e * e) / (2 * count);
      for (let k = 0; k < K; k++) {
        const s = A[k * p + a[n]] + B[k * p + b[n]];
        gradient[k * p + a[n]] += (2 * s * C[k * p + out] * e) / count;
        gradient[K * p + k * p + b[n]] += (2 * s * C[k * p + out] * e) / count;
        gradient[2 * K * p + k * p + out] += (s * s * e) / count;
      }
    }
  return { loss, gradient };
};

/** Largest entrywise error against the largest entry. */
export const relativeError = (actual: Float64Array, expected: Float64Array): number => {
  const size = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
  return actual.reduce((most, value, i) => Math.max(most, Math.abs(value - expected[i])), 0) / size;
};
