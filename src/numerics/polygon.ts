export type PlanePoint = readonly [x: number, y: number];

/** The part of a convex polygon where a x + b y + c >= 0, vertices in the same sense; empty when there is none. [Sutherland and Hodgman 1974] */
export const clipPolygon = (
  polygon: readonly PlanePoint[],
  [a, b, c]: readonly [a: number, b: number, c: number],
): readonly PlanePoint[] => {
  const heights = polygon.map(([x, y]) => a * x + b * y + c);
  return polygon.flatMap((point, i): PlanePoint[] => {
    const j = (i + 1) % polygon.length;
    const kept = heights[i] >= 0 ? [point] : [];
    if (heights[i] >= 0 === heights[j] >= 0) return kept;
    const share = heights[i] / (heights[i] - heights[j]);
    const next = polygon[j];
    return [...kept, [point[0] + share * (next[0] - point[0]), point[1] + share * (next[1] - point[1])]];
  });
};

/** Area of a polygon, positive when its vertices go round counterclockwise. */
export const polygonArea = (polygon: readonly PlanePoint[]): number =>
  polygon.reduce((sum, [x, y], i) => {
    const [nextX, nextY] = polygon[(i + 1) % polygon.length];
    return sum + (x * nextY - nextX * y) / 2;
  }, 0);
