import fc from "fast-check";
import { expect, test } from "vitest";
import { isLandauError } from "../../../../src/errors.ts";
import { integrate } from "../../../../src/numerics/ode/integrate.ts";
import { integrated } from "../../../../src/systems/alignment/theory/trajectory.ts";
import { derivativeOf, isSingular, variants } from "../../../../src/systems/alignment/theory/two-point.ts";

const positive = (min: number, max: number) => fc.double({ min, max, noNaN: true });

test("the equations are followed to the bits of the integrator for any equations, and no further than it goes", () => {
  let [followed, refused] = [0, 0];
  const start = fc.record({ h: positive(1e-4, 30), y: positive(0, 30), w: positive(-30, 30) });
  const pair = fc.record({ dx2: positive(1e-3, 10), dy2: positive(1e-3, 10) });
  const rates = fc.record({ etaH: positive(1e-6, 3), etaY: positive(1e-6, 3) });
  const factors = fc.constantFrom(...Object.values(variants));
  const steps = fc.array(positive(0.1, 300), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(start, pair, rates, factors, steps, (state, pair, rates, factors, steps) => {
      fc.pre(!isSingular(state, pair.dx2, rates));
      const times = [0];
      for (const step of steps) times.push(times[times.length - 1] + step);
      const found = integrated(state, pair, rates, times, factors);
      const general = () => {
        try {
          const { h, y, w } = state;
          return integrate(derivativeOf(pair, rates, factors), [h, y, w], times, { tolerance: 1e-9, most: 300 });
        } catch (cause) {
          if (!isLandauError(cause, "diverged")) throw cause;
          return null;
        }
      };
      expect(found?.map(({ h, y, w }) => [h, y, w]) ?? null).toEqual(general()?.map(one => [...one]) ?? null);
      if (found) followed++;
      else refused++;
    }),
    { numRuns: 200, seed: 22 },
  );
  expect(Math.min(followed, refused)).toBeGreaterThan(10);
});
