import type { RunView } from "../../../contracts/run-view.ts";
import { mean } from "../../../numerics/statistics.ts";
import { finalDistance } from "../theory/final-distance.ts";
import type { grids } from "./studies.ts";

/** A pair's final distance beside the prediction from rates of the reference pair. */
export interface GridPair {
  readonly dx: number;
  readonly dy: number;
  readonly h0: number;
  readonly measured: number;
  readonly predicted: number;
}

/** Runs that end above this loss are dropped, as in the source. */
const LEARNED = 1e-3;

/** Every learned cell of a grid, each network by its own start, with rates averaged over the fits at the reference pair. */
export const gridPairs = (run: RunView, { rates, cells }: (typeof grids)[number]): readonly GridPair[] => {
  const fits = rates.of(run, "fit").filter(({ isRead }) => isRead);
  const effective = { etaH: mean(fits.map(({ etaH }) => etaH)), etaY: mean(fits.map(({ etaY }) => etaY)) };
  return cells
    .of(run, "cell")
    .filter(({ loss }) => loss <= LEARNED)
    .map(({ dx, dy, h0, y0, hEnd }) => ({
      ...{ dx, dy, h0, measured: hEnd },
      predicted: finalDistance({ h0, y0 }, { dx2: dx * dx, dy2: dy * dy }, effective).hFinal,
    }));
};
