import { type Evidence, text } from "./evidence.ts";
import type { QuietCurve } from "./quiet-curve.ts";

/** Largest distance of a point from the cubic through its four neighbours, in shares of the range, that a smooth curve may have. */
const SMOOTH = 0.01;

/** Of a curve that vanishes nowhere: whether it is smooth. */
export const smoothness = ({ controls, values }: QuietCurve): Evidence => {
  const range = Math.max(...values) - Math.min(...values);
  let worst = 0;
  for (let i = 2; i + 2 < values.length; i++) {
    const places = [i - 2, i - 1, i + 1, i + 2];
    let guess = 0;
    for (const a of places) {
      let weight = 1;
      for (const b of places) if (b !== a) weight *= (controls[i] - controls[b]) / (controls[a] - controls[b]);
      guess += weight * values[a];
    }
    worst = Math.max(worst, Math.abs(values[i] - guess));
  }
  const rough = range > 0 ? worst / range : 0;
  return {
    probe: "edge",
    support:
      rough < SMOOTH ? { none: 0, continuous: -3, discontinuous: -4 } : { none: 0, continuous: 0, discontinuous: 0 },
    finding: `the order parameter vanishes nowhere; its curve departs from a smooth one by at most ${text(100 * rough)} % of its range`,
    values: { roughness: rough },
  };
};
