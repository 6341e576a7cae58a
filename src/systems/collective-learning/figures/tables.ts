import type { Table } from "../../../charts/exhibits.ts";
import { BOUNDARIES, GAMMA, VARIANCE } from "../studies.ts";
import { squareAtJump, upperCoupling } from "../theory.ts";

/** Where order ends, and how: measured beside the closed form. */
export const boundaries: Table = {
  name: "boundaries",
  title: "Where order ends at strong coupling",
  needs: Object.keys(BOUNDARIES).map(study => ({ study, kind: "final" })),
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
    Object.entries(BOUNDARIES).map(([study, { D }]) => {
      const strong = { D, gamma: GAMMA, variance: VARIANCE };
      const { lower, upper, square } = run.records(study, "final")[0]!;
      const shown = (value: unknown, digits: number): string =>
        typeof value === "number" ? value.toFixed(digits) : "none found";
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
