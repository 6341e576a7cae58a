import { describe, expect, test } from "vitest";
import { isLandauError } from "../../src/errors.ts";
import { type Equations, newton } from "../../src/numerics/newton.ts";
import { bisect } from "../../src/numerics/root.ts";

describe("newton", () => {
  /** x^2 + y^2 = 4, x y = 1: (x + y)^2 = 6, (x - y)^2 = 2. */
  const circle: Equations = {
    residual: ([x, y], out) => {
      out[0] = x * x + y * y - 4;
      out[1] = x * y - 1;
    },
    jacobian: ([x, y], out) => {
      out.set([2 * x, 2 * y, y, x]);
    },
  };

  test("solves a polynomial system of two equations to the last bits", () => {
    const [x, y] = newton(circle, [2, 0.3]);
    expect(Math.abs(x - (Math.sqrt(6) + Math.sqrt(2)) / 2)).toBeLessThan(4 * Number.EPSILON);
    expect(Math.abs(y - (Math.sqrt(6) - Math.sqrt(2)) / 2)).toBeLessThan(4 * Number.EPSILON);
  });

  test("halves steps that overshoot: atan from far out", () => {
    const [x] = newton(
      {
        residual: ([at], out) => {
          out[0] = Math.atan(at);
        },
        jacobian: ([at], out) => {
          out[0] = 1 / (1 + at * at);
        },
      },
      [20],
    );
    expect(Math.abs(x)).toBeLessThan(1e-15);
  });

  test("leaves the start alone", () => {
    const start = Float64Array.of(2, 0.3);
    newton(circle, start);
    expect(start).toEqual(Float64Array.of(2, 0.3));
  });

  test("says where it stopped when there is no root, or when the equations give NaN", () => {
    const never = (value: (x: number) => number): Equations => ({
      residual: ([x], out) => {
        out[0] = value(x);
      },
      jacobian: ([x], out) => {
        out[0] = 2 * x;
      },
    });
    const diverged = (equations: Equations) => {
      try {
        newton(equations, [3]);
      } catch (error) {
        return isLandauError(error) ? error.message : undefined;
      }
      return undefined;
    };
    expect(diverged(never(x => x * x + 1))).toMatch(/newton stopped at \[.*\] with residual|singular/);
    expect(diverged(never(() => Number.NaN))).toBe(
      "newton stopped at [3] with residual NaN: needs a start nearer to a root",
    );
  });

  test("a singular Jacobian is named", () => {
    expect(() => newton(circle, [1, 1])).toThrow("matrix is singular");
  });
});

describe("bisect", () => {
  test("finds sqrt 2 to the last bit, from either sign", () => {
    for (const f of [(x: number) => x * x - 2, (x: number) => 2 - x * x])
      expect(Math.abs(bisect(f, 0, 2) - Math.SQRT2)).toBeLessThanOrEqual(Number.EPSILON);
  });

  test("takes a root at an end or in the middle as it is", () => {
    expect([bisect(x => x, 0, 1), bisect(x => x, -1, 0), bisect(x => x - 1, 0, 2)]).toEqual([0, 0, 1]);
  });

  test("no change of sign: throws naming the two values", () => {
    expect(() => bisect(x => x * x + 1, 0, 3)).toThrow("f(0) is 1 and f(3) is 10: needs opposite signs");
  });

  test("refuses a bad bracket and not-a-number", () => {
    expect(() => bisect(x => x, 1, 0)).toThrow("[low, high] is [1,0]: needs");
    expect(() => bisect(x => x, Number.NaN, 1)).toThrow("[low, high] is");
    expect(() => bisect(() => Number.NaN, 0, 1)).toThrow("f(0) is NaN");
    expect(() => bisect(x => (x === 0.5 ? Number.NaN : x - 0.3), 0, 1)).toThrow("f(0.5) is NaN: needs");
  });
});
