import type { Table } from "../../../charts/exhibits.ts";
import { boundaries, GAMMA, VARIANCE } from "../studies.ts";
import { squareAtJump, upperCoupling } from "../theory/laws.ts";

/** Where order ends, and how: measured beside the closed form. */
export const boundaryTable: Table = {
  name: "boundaries",
  title: "Where order ends at strong coupling",
  needs: boundaries.map(({ study }) => study.has("final")),
  columns: [
    { label: "hidden layers", numeric: true },
    { label: "sigma between", numeric: true },
    { label: "sigma_c2 predicted", numeric: true },
    { label: "M^2 measured", numeric: true },
    { label: "M^2 predicted", numeric: true },
    { label: "order" },
  ],
  caption: () =>
    "Halving a range of couplings by long flows of 200 networks from m = 1, with the quantiles of the normal law as data; predicted to leading order in 1/sigma.",
  rows: run =>
    boundaries.map(({ D, study }) => {
      const strong = { D, gamma: GAMMA, variance: VARIANCE };
      const { lower, upper, square } = study.of(run, "final")[0];
      const shown = (value: number | null, digits: number): string => value?.toFixed(digits) ?? "none found";
      return [
        String(D),
        `${shown(lower, 2)} and ${shown(upper, 2)}`,
        shown(upperCoupling(strong), 2),
        shown(square, 5),
        shown(squareAtJump(strong), 5),
        D === 1 ? "continuous" : "jump",
      ];
    }),
};
