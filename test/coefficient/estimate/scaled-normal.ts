import { scaleMoves } from "../../../src/coefficient/estimate/scale-moves.ts";

/** Scale moves between two blocks of a standard normal in three dimensions, and a point of it. */
export const scaledNormal = () => ({
  v: Float64Array.of(0.3, -1, 0.5),
  move: scaleMoves(
    [[Int32Array.of(0), Int32Array.of(1, 2)]],
    new Float64Array(3),
    w => 0.5 * w.reduce((sum, x) => sum + x * x, 0),
  ),
});
