type Point = readonly [x: number, y: number];

/**
 * The ways in which half-planes label points of the plane, no three of them on a line, as words of 0 and 1. A line between two groups can be moved
 * until it goes through two points; from there small moves give these two every labelling.
 */
export const labellingsByHalfPlanes = (points: readonly Point[]): ReadonlySet<string> => {
  const found = new Set(["0", "1"].map(label => label.repeat(points.length)));
  points.forEach(([x, y], i) => {
    points.slice(0, i).forEach(([u, v], j) => {
      const sides = points.map(([s, t]) => Number((u - x) * (t - y) > (v - y) * (s - x)));
      for (const flip of [0, 1])
        for (const own of [0, 1])
          for (const other of [0, 1])
            found.add(sides.map((side, k) => (k === i ? own : k === j ? other : side ^ flip)).join(""));
    });
  });
  return found;
};
