import { expect, test } from "vitest";
import { stream } from "../../../../src/numerics/stream.ts";
import { likeness, representationOf } from "../../../../src/systems/embedding/theory/ring.ts";

const p = 13;
const WIDTH = 6;

/** Residues on ellipses of some frequencies, each in a plane of its own, with noise. */
const ellipses = (
  parts: readonly { readonly f: number; readonly size: number }[],
  noise: number,
  seed = 1,
): Float64Array => {
  const random = stream({ seed, purpose: "noise" });
  return Float64Array.from({ length: p * WIDTH }, (_, i) => {
    const [a, j] = [Math.floor(i / WIDTH), i % WIDTH];
    const part = parts[j >> 1];
    const angle = part ? (2 * Math.PI * part.f * a) / p : 0;
    return (part ? part.size * (j % 2 ? 0.8 * Math.sin(angle) : Math.cos(angle)) : 0) + noise * random.normal();
  });
};

test("a ring of one frequency has all of its plane, and two dimensions", () => {
  const { frequency, ringShare, effectiveDimension, plane } = representationOf(
    ellipses([{ f: 4, size: 1 }], 0),
    p,
    WIDTH,
  );
  expect(frequency).toBe(4);
  expect(ringShare).toBeCloseTo(1, 10);
  // Shares 1 : 0.64 of the two axes.
  const [q, r] = [1 / 1.64, 0.64 / 1.64];
  expect(effectiveDimension).toBeCloseTo(Math.exp(-q * Math.log(q) - r * Math.log(r)), 10);
  expect(plane).toHaveLength(p);
});

test("the stronger of two frequencies has the plane", () => {
  expect(representationOf(ellipses([{ f: 2, size: 1 }, { f: 5, size: 3 }], 0.01), p, WIDTH)).toMatchObject({ frequency: 5 }); // biome-ignore format: one line
});

test("noise has no ring and many dimensions", () => {
  const shares = Array.from({ length: 40 }, (_, seed) => representationOf(ellipses([], 1, seed), p, WIDTH));
  const mean = (of: (shape: (typeof shares)[number]) => number) =>
    shares.reduce((sum, shape) => sum + of(shape) / 40, 0);
  expect(mean(({ ringShare }) => ringShare)).toBeLessThan(0.5);
  expect(mean(({ effectiveDimension }) => effectiveDimension)).toBeGreaterThan(4);
});

test("embeddings are like themselves, and not like others", () => {
  const rows = ellipses([{ f: 3, size: 1 }], 0.1);
  expect(likeness(rows, rows, p, WIDTH)).toBeCloseTo(1, 10);
  const turned = rows.map(value => 5 - 2 * value);
  expect(likeness(turned, rows, p, WIDTH)).toBeCloseTo(-1, 10);
  const others = Array.from({ length: 40 }, (_, seed) => likeness(ellipses([], 1, seed), rows, p, WIDTH));
  // Four standard errors of a mean of 80 correlations of 13 places.
  expect(Math.abs(others.reduce((sum, value) => sum + value / 40, 0))).toBeLessThan(4 / Math.sqrt(12 * 80));
});
