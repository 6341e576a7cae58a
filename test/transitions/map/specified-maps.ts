import { realPower } from "../../../src/numerics/power.ts";
import type { KnownMap } from "./support.ts";

/**
 * Maps of the specifications in closed form, on 64 x 64 cells: the deep linear network with two hidden layers over data strength N and weight decay (the learned minimum is global up to
 * 0.396850 N^(4/3), and ends at the spinodal 0.472470 N^(4/3)); the same with two outputs of strengths z and 1, whose modes end each at its own spinodal; and the law of
 * balance with bounded inputs over weight decay and temperature, where a product of weights is zero above T_c = (b - weightDecay) / a, and has a Gamma law below, whose mode is away from
 * zero below T_c / 3.
 */
export const specifiedMaps: { readonly [name: string]: KnownMap } = (() => {
  const n = 64;
  const grid = { columns: n, rows: n };
  const at = (cell: number, from: number, to: number): number => from + ((to - from) * (cell + 0.5)) / n;
  const growth = (strength: number): number => realPower(strength, 4 / 3);
  return {
    "deep linear network": {
      grid,
      phaseAt: (x, y) => {
        const unit = growth(at(x, 0.2, 2));
        const decay = at(y, 0, 1);
        if (decay < 0.39685 * unit) return "learned";
        return decay < 0.47247 * unit ? "metastable" : "zero";
      },
    },
    "two modes": {
      grid,
      phaseAt: (x, y) => {
        const decay = at(y, 0, 1);
        const alive = (strength: number): boolean => decay < 0.47247 * growth(strength);
        return `${alive(at(x, 0.2, 2)) ? "z" : ""}${alive(1) ? "1" : ""}` || "none";
      },
    },
    "law of balance": {
      grid,
      phaseAt: (x, y) => {
        const critical = (0.3 - at(x, 0, 0.4)) / 1;
        const temperature = at(y, 0, 0.4);
        if (temperature > critical) return "collapsed";
        return temperature > critical / 3 ? "mode at zero" : "mode away from zero";
      },
    },
  };
})();
