import { describe, expect, test } from "vitest";
import { integrate } from "../../../src/numerics/ode/integrate.ts";
import { follow, type Slope } from "../../../src/numerics/ode/loops/follow.ts";
import { dormandPrince } from "../../../src/numerics/ode/tableau.ts";

const { stages, weights, errorWeights, errorOrder } = dormandPrince;
const tableau = Float64Array.from(
  [...stages, weights, errorWeights].flatMap(row => Array.from({ length: 7 }, (_, j) => row[j] ?? 0)),
);

/** A swing, stiffer by its first constant, damped by the second. */
const swing: Slope = (state, out, from, to, constants) => {
  const [place, speed] = [state[from], state[from + 1]];
  out[to] = speed;
  out[to + 1] = -constants[0] * place - constants[1] * speed * speed * speed;
  return 0;
};

/** Grows beyond all numbers at t = 1 / start. */
const burst: Slope = (state, out, from, to) => {
  out[to] = state[from] * state[from];
  return 0;
};

const followed = (
  slope: Slope,
  start: readonly number[],
  constants: readonly number[],
  times: readonly number[],
  most = 1e6,
) => {
  const n = start.length;
  const states = new Float64Array(n * times.length);
  states.set(start);
  const arrays = [Float64Array.from(constants), Float64Array.from(times), states, tableau] as const;
  const ended = follow(slope, ...arrays, new Float64Array(9 * n + 1), n, times.length, most, errorOrder, 1e-9);
  return { ended, states: [...states] };
};

const integrated = (slope: Slope, start: readonly number[], constants: readonly number[], times: readonly number[]) => {
  const given = Float64Array.from(constants);
  const derivative = (_: number, y: Float64Array, dydt: Float64Array) => void slope(y, dydt, 0, 0, given);
  return integrate(derivative, start, times, { tolerance: 1e-9 }).flatMap(state => [...state]);
};

describe("equations followed by a loop", () => {
  test.each([
    [
      [1, 0],
      [4, 0],
    ],
    [
      [1, 0.5],
      [400, 3],
    ],
    [
      [0, 0],
      [1, 0],
    ],
    [
      [-30, 1e-3],
      [1e4, 0.1],
    ],
  ])("have the bits of the integrator: start %j, constants %j", (start, constants) => {
    const times = [0, 0.1, 0.2, 1, 1.0001, 7];
    expect(followed(swing, start, constants, times)).toEqual({
      ended: 0,
      states: integrated(swing, start, constants, times),
    });
  });

  test("end where a solution does, and where too many steps are needed", () => {
    expect(followed(burst, [1], [], [0, 0.5, 2]).ended).toBe(1);
    expect(() => integrated(burst, [1], [], [0, 0.5, 2])).toThrow("needs");
    expect(followed(swing, [1, 0], [1e6, 0], [0, 10], 100).ended).toBe(1);
    expect(followed(swing, [1, 0], [Number.NaN, 0], [0, 10]).ended).toBe(1);
  });
});
