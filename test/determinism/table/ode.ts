import { cos } from "../../../src/numerics/elementary.ts";
import { equalSteps } from "../../../src/numerics/ode/equal-steps.ts";
import { integrate } from "../../../src/numerics/ode/integrate.ts";
import { classical } from "../../../src/numerics/ode/tableau.ts";
import { stream } from "../../../src/numerics/stream.ts";
import { implicitFlow } from "../../../src/systems/collective-learning/theory/implicit-flow.ts";
import { hashBits, type Table } from "./bits.ts";

/** A driven pendulum without friction. */
const pendulum = (t: number, y: Float64Array, dydt: Float64Array): void => {
  dydt[0] = y[1];
  dydt[1] = y[0] * (y[0] * y[0] - 1) + 0.1 * cos(2 * t);
};

/** Explicit steps of own and of equal length, and linearly implicit ones on a stiff flow. */
export const ode = (): Table => {
  const equal = Float64Array.of(0.3, 0);
  equalSteps(classical, pendulum, equal, { dt: 0.01, steps: 1000 });
  const random = stream({ seed: 1, purpose: "networks" });
  const delta = Float64Array.from({ length: 50 }, () => 2 * random.normal());
  const stiff = delta.map(Math.abs);
  implicitFlow({ D: 2, gamma: 1e-3, sigma: 300, delta }, 1e-8).advance(stiff, 20);
  return {
    "ode explicit": hashBits(...integrate(pendulum, [0.3, 0], [0, 1, 10], { tolerance: 1e-10 })),
    "ode equal steps": hashBits(equal),
    "ode implicit": hashBits(stiff),
  };
};
