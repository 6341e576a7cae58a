/** a x^2 + b x + c. */
export interface Quadratic {
  readonly a: number;
  readonly b: number;
  readonly c: number;
}

/** Those of some quadratics, a >= 0, that are the least of all somewhere on the line, from left to right; one may come more than once. */
export const lowerEnvelope = <T extends Quadratic>(quadratics: readonly T[]): T[] => {
  if (quadratics.length === 0) return [];
  let current = quadratics.reduce((low, q) => (isBelowAtLeft(q, low) ? q : low));
  const found = [current];
  let at = -Infinity;
  for (;;) {
    let [next, nextAt]: [T | null, number] = [null, Infinity];
    for (const q of quadratics) {
      if (q === current) continue;
      const crossing = crossesBelow(q, current, at);
      if (crossing < nextAt || (crossing === nextAt && next && flatterAfter(q, next, crossing)))
        [next, nextAt] = [q, crossing];
    }
    if (!next) return found;
    found.push(next);
    [current, at] = [next, nextAt];
  }
};

const isBelowAtLeft = (p: Quadratic, q: Quadratic): boolean =>
  p.a !== q.a ? p.a < q.a : p.b !== q.b ? p.b > q.b : p.c < q.c;

/** Of two that are equal at x, whether the first is lower just after. */
const flatterAfter = (p: Quadratic, q: Quadratic, x: number): boolean => {
  const [rise, other] = [2 * p.a * x + p.b, 2 * q.a * x + q.b];
  return rise !== other ? rise < other : p.a < q.a;
};

/** Where p comes to lie below q after x, Infinity where it does not. */
const crossesBelow = (p: Quadratic, q: Quadratic, x: number): number => {
  const [a, b, c] = [p.a - q.a, p.b - q.b, p.c - q.c];
  // The difference falls through 0 at the smaller root where it opens upwards, at the larger where it opens downwards.
  let root = Infinity;
  if (a === 0) root = b < 0 ? -c / b : Infinity;
  else {
    const square = b * b - 4 * a * c;
    if (!(square > 0)) return Infinity;
    const half = Math.sqrt(square);
    // Of two forms of the same root, that which adds numbers of one sign.
    root = b > 0 ? (-b - half) / (2 * a) : (2 * c) / (half - b);
  }
  return root > x ? root : Infinity;
};
