import type { Table } from "../../../charts/exhibits.ts";
import { DELTA } from "../claims/studies.ts";
import { isVacuous } from "../theory/deviation.ts";
import { boundAt, type Family, families, sufficientSize } from "../theory/families.ts";

const EPS = 0.1;
/** Size at which bounds are shown. */
const N = 16_384;

const short = (value: number): string => {
  if (!Number.isFinite(value)) return "none";
  return value < 1e6 ? String(Math.round(value)) : value.toPrecision(3).replace("e+", "e");
};

const boundText = (family: Family): string => {
  const bound = boundAt(family, N, DELTA);
  if (bound === null) return "not at fixed N";
  if (!Number.isFinite(bound)) return "vacuous";
  return isVacuous(bound) ? `vacuous (${bound.toPrecision(3)})` : bound.toPrecision(3);
};

export const familiesTable: Table = {
  name: "families",
  title: "Families of functions: dimension, samples that are enough, bound",
  needs: [],
  columns: [
    { label: "family" },
    { label: "structure" },
    { label: "dimension" },
    { label: "at most", numeric: true },
    { label: `N for ${EPS}, ${DELTA}`, numeric: true },
    { label: `bound on ${N} samples`, numeric: true },
  ],
  caption: () =>
    `Theory: the smallest o-minimal structure that holds each family, its dimension or a bound of it, how many samples are enough for accuracy ${EPS} with probability ${1 - DELTA}, ` +
    `and the uniform deviation on ${N} samples; "vacuous" where that is 1 or more. "None": no number of samples is enough, or no structure holds the family.`,
  rows: () =>
    families.map(family => {
      const dimension = family.dimension(EPS);
      return [
        family.name,
        family.structure ?? "none",
        family.capacity,
        Number.isFinite(dimension) ? short(dimension) : "infinite",
        short(sufficientSize(family, EPS, DELTA)),
        boundText(family),
      ];
    }),
};
