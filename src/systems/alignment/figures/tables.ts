import type { Table } from "../../../charts/exhibits.ts";
import { meanComparison } from "../../../contracts/comparisons.ts";
import { dropoutStudy, kindStudies, reference } from "../claims/studies.ts";

const digits = (value: number): string => value.toPrecision(3);

/** A mean with half the length of its 95 % interval. */
const meanText = (values: readonly number[]): string => {
  const { measured, interval } = meanComparison("", values, { predicted: 0 });
  return interval ? `${digits(measured)} ± ${((interval[1] - interval[0]) / 2).toPrecision(1)}` : digits(measured);
};

const studies = [reference, ...kindStudies, dropoutStudy];

const kindsTable: Table = {
  name: "kinds",
  title: "Networks of other kinds beside the same equations",
  needs: studies.map(study => study.has("fit")),
  columns: [
    { label: "networks" },
    ...["seeds", "etaH", "etaY", "R2 of h", "R2 of y", "R2 of w", "predicted / measured end"].map(label => ({
      label,
      numeric: true,
    })),
  ],
  caption: () =>
    "Measured: effective rates, coefficients of determination and final distances, means over seeds with 95 % Student intervals.",
  rows: run =>
    studies.map(study => {
      const fits = study.of(run, "fit").filter(({ isRead }) => isRead);
      const of = (value: (fit: (typeof fits)[number]) => number) => meanText(fits.map(value));
      return [
        study.name,
        String(fits.length),
        of(({ etaH }) => etaH),
        of(({ etaY }) => etaY),
        of(({ r2 }) => r2.h as number),
        of(({ r2 }) => r2.y as number),
        of(({ r2 }) => r2.w as number),
        of(({ hPredicted, hEnd }) => hPredicted / hEnd),
      ];
    }),
};

export const tables = [kindsTable];
