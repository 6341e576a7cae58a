import { log } from "../../../numerics/elementary.ts";
import { stream } from "../../../numerics/stream.ts";
import { langevinLocalCoefficient, localCoefficient } from "../../../protocols/local-coefficient.ts";
import { drawDataset } from "../model/dataset.ts";
import { empiricalObjective } from "../model/empirical.ts";
import { populationObjective } from "../model/population.ts";
import { familyPoint } from "../theory/families.ts";
import { checkFamily, controls } from "./controls.ts";

const { c, n, family, vestigialBias, kappa } = controls;

/** Where both estimate: at a critical point by its family. */
const place = {
  check: checkFamily,
  centre: (at: { c: number; family: string; vestigialBias: number }) => familyPoint(at.c, at.family, at.vestigialBias),
  label: ({ family }: { family: string }) => family,
};

export const coefficient = localCoefficient({
  ...place,
  summary: "sample around a critical point of the population loss: its learning coefficient at finite nBeta",
  settings: { c, family, vestigialBias },
  objective: ({ c }) => populationObjective({ c, r: 2 }),
});

/** Estimated learning coefficients at the k-gons: the source's Table K.1. */
export const langevin = langevinLocalCoefficient({
  ...place,
  summary: "estimate the learning coefficient at a critical point by Langevin steps on a finite sample, beta = 1/ln n",
  settings: { c, n: { ...n, default: 5000 }, family, vestigialBias, kappa },
  small: { n: 200 },
  objective: ({ c, n }, address) =>
    empiricalObjective(drawDataset(stream({ ...address, purpose: "dataset" }), { c, n }), 2),
  nBeta: ({ n, kappa }) => (n > 1 ? (kappa * n) / log(n) : kappa),
});
