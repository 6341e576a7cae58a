import { expect, test } from "vitest";
import { stream } from "../../../src/numerics/stream.ts";
import { criterionOf, fitCurve } from "../../../src/transitions/change/curve-fit.ts";
import { residualsOf, tangentColumns } from "../../../src/transitions/change/law-fit.ts";
import { leastMissed } from "../../../src/transitions/change/least-missed.ts";
import type { MeanChange } from "../../../src/transitions/change/mean-change.ts";

const N = 160;
const changes: MeanChange[] = [
  { at: 20, kind: "level", width: 1 },
  { at: 45, kind: "slope", width: 1 },
  { at: 70, kind: "level and slope", width: 1 },
  { at: 100, kind: "ramp", width: 9 },
  { at: 130, kind: "level", width: 1 },
];

test("the changes that are missed least are those of fits without each", () => {
  for (let seed = 0; seed < 4; seed++) {
    const values = new Float64Array(N);
    stream({ seed, purpose: "noise" }).normals(values);
    for (let t = 1; t < N; t++) values[t] += 0.5 * values[t - 1] + (t >= 100 ? 1 : 0);
    const curve = { values, steps: Float64Array.from(values, (_, t) => t + 1) };
    const fit = fitCurve(curve, changes);
    const criterionWithout = (change: MeanChange): number => {
      const others = changes.filter(other => other !== change);
      const { residuals } = residualsOf(values, tangentColumns(curve, fit, others), fit.noise);
      const squares = residuals.reduce((sum, value) => sum + value * value, 0);
      return criterionOf(curve, { ...fit, ...fit.noise, changes: others, squares });
    };
    const order = [...changes].sort((a, b) => criterionWithout(a) - criterionWithout(b));
    for (const count of [1, 3, 4]) expect(leastMissed(curve, fit, count)).toEqual(order.slice(0, count));
    expect(leastMissed(curve, fit, 9)).toEqual(changes);
  }
});
