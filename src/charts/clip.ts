import type { Frame } from "./axes.ts";

type Place = readonly [x: number, y: number];

/** Rounding must not cut off what lies on an edge. */
const NEAR = 0.01;

export const isInside = ([x, y]: Place, { left, right, top, bottom }: Frame): boolean =>
  x >= left - NEAR && x <= right + NEAR && y >= top - NEAR && y <= bottom + NEAR;

/** The parts of a broken line that lie in a frame, each with the points where it enters and leaves (Liang and Barsky). */
export const clipped = (points: readonly Place[], frame: Frame): readonly (readonly Place[])[] => {
  if (points.every(point => isInside(point, frame))) return points.length > 0 ? [points] : [];
  const parts: Place[][] = [];
  let ended = true;
  for (let i = 1; i < points.length; i++) {
    const piece = segmentIn(points[i - 1], points[i], frame);
    if (piece === null) {
      ended = true;
      continue;
    }
    if (ended) parts.push([piece.from]);
    parts[parts.length - 1].push(piece.to);
    ended = piece.leaves;
  }
  return parts;
};

const segmentIn = ([x1, y1]: Place, [x2, y2]: Place, frame: Frame) => {
  const { left, right, top, bottom } = frame;
  let [enter, leave] = [0, 1];
  for (const [from, to, low, high] of [
    [x1, x2, left - NEAR, right + NEAR],
    [y1, y2, top - NEAR, bottom + NEAR],
  ]) {
    if (from === to) {
      if (from < low || from > high) return null;
      continue;
    }
    const ends = [(low - from) / (to - from), (high - from) / (to - from)];
    enter = Math.max(enter, Math.min(...ends));
    leave = Math.min(leave, Math.max(...ends));
  }
  if (enter > leave) return null;
  // Of ends very far away rounding leaves little of the place.
  const at = (share: number): Place => [
    Math.max(left, Math.min(right, x1 + share * (x2 - x1))),
    Math.max(top, Math.min(bottom, y1 + share * (y2 - y1))),
  ];
  const [start, end]: readonly [Place, Place] = [
    [x1, y1],
    [x2, y2],
  ];
  return {
    from: isInside(start, frame) ? start : at(enter),
    to: isInside(end, frame) ? end : at(leave),
    leaves: !isInside(end, frame),
  };
};
