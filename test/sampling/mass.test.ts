import { expect, test } from "vitest";
import { stream } from "../../src/numerics/stream.ts";
import { motion } from "../../src/sampling/mass.ts";

/** The same bits as loops over a lower triangle A: q <- q - kick A^T gradient row by row, then w <- w + time A q. */
test.each([1, 2, 3, 4, 5, 7, 8, 18, 21])("dense motion against plain loops, %d parameters", n => {
  const random = stream({ seed: 1, chain: n, purpose: "dense motion" });
  const draw = () => Float64Array.from({ length: n }, () => random.normal());
  const [w, q, gradient] = [draw(), draw(), draw()];
  const scale = new Float64Array(n * n);
  // What lies above the diagonal must not be read.
  for (let i = 0; i < n; i++) for (let j = 0; j < n; j++) scale[i * n + j] = j <= i ? random.normal() : Number.NaN;
  const [kick, time] = [0.3, 0.7];

  const plainQ = q.slice();
  for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) plainQ[j] -= kick * gradient[i] * scale[i * n + j];
  const plainW = w.map((place, i) => {
    let sum = 0;
    for (let j = 0; j <= i; j++) sum += scale[i * n + j] * plainQ[j];
    return place + time * sum;
  });

  const kicked = q.slice();
  const energy = motion("dense").kick(kicked, gradient, kick, scale);
  expect(kicked).toEqual(plainQ);
  expect(energy).toBe(0.5 * plainQ.reduce((sum, value) => sum + value * value, 0));
  motion("dense").advance(w, q, gradient, kick, time, scale);
  expect(q).toEqual(plainQ);
  expect(w).toEqual(plainW);
});
