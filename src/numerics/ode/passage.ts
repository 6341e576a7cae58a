import { exp, log } from "../elementary.ts";
import { gaussLegendre, onEvenPanels } from "../gauss-legendre.ts";
import { narrowed } from "../root.ts";
import { explicitStep } from "./explicit.ts";
import { classical } from "./tableau.ts";

const PANELS = 64;
const NODES = 16;

/** Time in which ds/dt = speed(s) goes from one positive value to another, by quadrature of ds / speed in ln s; null when it does not get there. */
export const passageTime = (speed: (s: number) => number, from: number, to: number): number | null => {
  if (from === to) return 0;
  const [low, high] = [Math.min(log(from), log(to)), Math.max(log(from), log(to))];
  const { nodes, weights } = onEvenPanels(gaussLegendre(NODES), low, high, PANELS);
  const direction = to > from ? 1 : -1;
  let time = 0;
  for (let i = 0; i < nodes.length; i++) {
    const s = exp(nodes[i]);
    const forward = speed(s) * direction;
    if (!(forward > 0)) return null;
    time += (weights[i] * s) / forward;
  }
  return time;
};

const HALVINGS = 50;

/** Time at which ds/dt = speed(t, s) has fallen from `start` to `goal`, by steps `h` of Runge-Kutta's order 4. It has to fall there. */
export const timeOfFall = (speed: (t: number, s: number) => number, start: number, goal: number, h: number): number => {
  const derivative = (t: number, s: Float64Array, out: Float64Array): void => {
    out[0] = speed(t, s[0]);
  };
  const { slopes, step } = explicitStep(classical, derivative, 1);
  const next = new Float64Array(1);
  const s = Float64Array.of(start);
  const advance = (t: number, dt: number): number => {
    step(t, s, dt, next);
    return next[0];
  };
  for (let count = 0; ; count++) {
    const t = count * h;
    derivative(t, s, slopes[0]);
    const end = advance(t, h);
    if (end <= goal) return t + narrowed(dt => advance(t, dt) > goal, 0, h, HALVINGS)[0];
    s[0] = end;
  }
};
