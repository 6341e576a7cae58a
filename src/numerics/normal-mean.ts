import { exp } from "./elementary.ts";
import { gaussLegendre, onPanels, type QuadratureRule } from "./gauss-legendre.ts";

/** Nodes and weights, of sum 1, for x ~ N(0, 1) cut off at `reach`: a rule of `order` nodes on each of an even number of `panels`. */
export const normalRule = (order: number, reach: number, panels: number): QuadratureRule => {
  const ends = Array.from({ length: panels + 1 }, (_, i) => reach * (i / (panels / 2) - 1));
  const { nodes, weights } = onPanels(gaussLegendre(order), ends);
  const mass = weights.map((w, i) => w * exp(-0.5 * nodes[i] * nodes[i]));
  const whole = mass.reduce((a, b) => a + b, 0);
  return { nodes, weights: mass.map(m => m / whole) };
};

/** Inputs beyond 9 have no weight that float64 could see. */
export const normal = normalRule(16, 9, 24);

/** E[f(x)] over x ~ N(0, 1), for a smooth f. */
export const normalMean = (f: (x: number) => number): number => {
  let sum = 0;
  for (let i = 0; i < normal.nodes.length; i++) sum += normal.weights[i] * f(normal.nodes[i]);
  return sum;
};
