type Point = readonly [x: number, y: number];

/**
 * Indices of the vertices of the convex hull, counterclockwise from the leftmost point; points on an edge are left out.
 * Fewer than three points are returned as they are. [Andrew 1979, the monotone chain]
 */
export const convexHull = (points: readonly Point[]): number[] => {
  const order = points.map((_, i) => i);
  if (points.length < 3) return order;
  order.sort((i, j) => points[i][0] - points[j][0] || points[i][1] - points[j][1]);
  const lower = chain(points, order);
  const upper = chain(points, order.reverse());
  return [...lower.slice(0, -1), ...upper.slice(0, -1)];
};

/** The points, in the given order, that make only left turns. */
const chain = (points: readonly Point[], order: readonly number[]): number[] => {
  const turning: number[] = [];
  for (const next of order) {
    for (let top = turning.length - 1; top >= 1; top--) {
      if (cross(points[turning[top - 1]], points[turning[top]], points[next]) > 0) break;
      turning.pop();
    }
    turning.push(next);
  }
  return turning;
};

/** Twice the signed area of the triangle a b c. */
const cross = (a: Point, b: Point, c: Point): number => (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]);
