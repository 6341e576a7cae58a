import { exp } from "./elementary.ts";
import { gaussLegendre, onPanels, type QuadratureRule } from "./gauss-legendre.ts";
import { memoised } from "./memoised.ts";
import { power } from "./power.ts";

/**
 * Nodes and weights, of sum 1, for x ~ N(0, 1) cut off at `reach`: a rule of `order` nodes on each of an even number of `panels`, of which
 * the two at 0 are halved towards it as often as `halvings` says.
 */
export const normalRule = (order: number, reach: number, panels: number, halvings = 0): QuadratureRule => {
  const even = Array.from({ length: panels + 1 }, (_, i) => reach * (i / (panels / 2) - 1));
  const halved = Array.from({ length: halvings }, (_, i) => even[panels / 2 + 1] * power(0.5, i + 1));
  const ends = [...even, ...halved, ...halved.map(x => -x)].sort((a, b) => a - b);
  const { nodes, weights } = onPanels(gaussLegendre(order), ends);
  const mass = weights.map((w, i) => w * exp(-0.5 * nodes[i] * nodes[i]));
  const whole = mass.reduce((a, b) => a + b, 0);
  return { nodes, weights: mass.map(m => m / whole) };
};

/** Inputs beyond 9 have no weight that float64 could see. */
export const normal = normalRule(16, 9, 24);

/** Panels of `normal` resolve functions of this many units of x. */
const RESOLVED = 4;
const ruleHalved = memoised((halvings: number) => (halvings === 0 ? normal : normalRule(16, 9, 24, halvings)));

/** The rule for smooth functions of `scale` times x: `normal` up to a scale of 4, finer towards 0 from there on. */
export const normalAt = (scale: number): QuadratureRule => {
  let halvings = 0;
  for (let reached = RESOLVED; reached < Math.abs(scale) && halvings < 60; reached *= 2) halvings++;
  return ruleHalved(halvings);
};

/** E[f(x)] over x ~ N(0, 1), for a smooth f of `scale` x. */
export const normalMean = (f: (x: number) => number, scale = 1): number => {
  const { nodes, weights } = normalAt(scale);
  let sum = 0;
  for (let i = 0; i < nodes.length; i++) sum += weights[i] * f(nodes[i]);
  return sum;
};
