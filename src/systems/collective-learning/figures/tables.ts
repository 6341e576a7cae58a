import type { Table } from "../../../charts/exhibits.ts";
import { boundaries, strongAt } from "../studies.ts";
import { squareAtJump, upperCoupling } from "../theory/laws.ts";

const shown = (value: number | null, digits: number): string => value?.toFixed(digits) ?? "none found";

/** Where order ends, and how: measured beside the closed form. */
export const boundaryTable: Table = {
  name: "boundaries",
  title: "Where order ends at strong coupling",
  needs: boundaries.map(({ study }) => study.has("final")),
  columns: [
    ...["hidden layers", "sigma between", "sigma_c2 predicted", "M^2 measured", "M^2 predicted"].map(label => ({
      label,
      numeric: true,
    })),
    { label: "order" },
  ],
  caption: () =>
    "Halving a range of couplings by long flows of 200 networks from m = 1, with the quantiles of the normal law as data; predicted to leading order in 1/sigma.",
  rows: run =>
    boundaries.map(({ D, study }) => {
      const { lower, upper, square } = study.of(run, "final")[0];
      return [
        String(D),
        `${shown(lower, 2)} and ${shown(upper, 2)}`,
        shown(upperCoupling(strongAt(D)), 2),
        shown(square, 5),
        shown(squareAtJump(strongAt(D)), 5),
        D === 1 ? "continuous" : "jump",
      ];
    }),
};
