import { describe, expect, test } from "vitest";
import { stream } from "../../src/numerics/stream.ts";
import { hmc } from "../../src/sampling/hmc.ts";
import { mala } from "../../src/sampling/mala.ts";
import { nuts } from "../../src/sampling/nuts.ts";
import { normalPrior } from "../../src/sampling/prior.ts";
import { rmspropLangevin } from "../../src/sampling/rmsprop-langevin.ts";
import { sgnht } from "../../src/sampling/sgnht.ts";
import { posterior } from "../../src/sampling/target.ts";
import { type TemperingState, tempering } from "../../src/sampling/tempering.ts";
import { quadratic } from "../learning/quadratic.ts";

const random = (purpose: string) => stream({ seed: 9, purpose });
const target = posterior({ objective: quadratic([1, 2, 3]), nBeta: 10 });
const start = () => Float64Array.of(1.1, 1.9, 3.2);

test("the thermostat of SGNHT keeps the mean square of each momentum at 1", () => {
  const kernel = sgnht({ stepSize: 0.05 }).on(target, { random, burnIn: 0 });
  const state = kernel.init(start());
  let squares = 0;
  const steps = 40_000;
  for (let i = 0; i < steps; i++) {
    kernel.step(state);
    squares += state.momentum.reduce((sum, p) => sum + p * p, 0) / 3 / steps;
  }
  // Its changes add up to 0.05 times the sum of (mean square - 1), and it stays within a few units.
  expect(Math.abs(squares - 1)).toBeLessThan(0.005);
});

test("the preconditioner of Langevin steps is what it was at the end of the burn-in, unless it keeps learning", () => {
  const squaresAfter = (keepLearning: boolean): readonly (readonly number[])[] => {
    const kernel = rmspropLangevin({ stepSize: 0.01, keepLearning }).on(target, { random, burnIn: 10 });
    const state = kernel.init(start());
    return [10, 20].map(steps => {
      while (state.step < steps) kernel.step(state);
      return [...state.squares];
    });
  };
  const [kept, later] = squaresAfter(false);
  expect(later).toEqual(kept);
  const [moving, moved] = squaresAfter(true);
  expect(moved).not.toEqual(moving);
});

describe("a trajectory", () => {
  test("that ends at the largest depth is cut short, one that turns before is not", () => {
    const truncated = (maxDepth: number, stepSize: number) => {
      const kernel = nuts({ stepSize, maxDepth, adapt: false }).on(target, { random, burnIn: 0 });
      kernel.step(kernel.init(start()));
      return kernel.last.truncated;
    };
    expect(truncated(2, 1e-4)).toBe(true);
    expect(truncated(10, 0.2)).toBe(false);
  });

  test("whose energy rises by more than 1000 diverges", () => {
    // Of p^2 / 2 + U with U = 5 |w|^2 a step of 20 multiplies distances by thousands.
    const kernel = hmc({ steps: 1, stepSize: 20, jitter: 0, adapt: false }).on(target, { random, burnIn: 0 });
    const state = kernel.init(start());
    kernel.step(state);
    expect(kernel.last.divergent).toBe(true);
    expect([...state.w]).toEqual([...start()]);
  });
});

test("a replica that was at the hot end, then at the cold one and at the hot one again has made a round trip", () => {
  const prior = normalPrior({ priorStd: 2, size: 3 });
  const kernel = tempering({ local: mala({ stepSize: 0.1 }), rungs: 3, adaptLadder: false }).on(
    posterior({ objective: quadratic([1, 2, 3]), nBeta: 2, prior }),
    { random, burnIn: 0 },
  );
  const state = kernel.init(start()) as TemperingState;
  // Of each replica the ends that it came to, one after the other; trips are counted from the first time at the hot one.
  const ends = [[], [], []].map((): string[] => []);
  for (let i = 0; i < 400; i++) {
    kernel.step(state);
    for (const [rung, end] of [
      [0, "hot"],
      [2, "cold"],
    ] as const) {
      const own = ends[state.replica[rung]];
      if (own.at(-1) !== end && (own.length > 0 || end === "hot")) own.push(end);
    }
  }
  const trips = ends.reduce((sum, own) => sum + Math.max(0, own.filter(end => end === "hot").length - 1), 0);
  expect(trips).toBeGreaterThan(3);
  expect(state.roundTrips).toBe(trips);
});
