import { findPlateaus, type Plateau, type PlateauSettings } from "../learning/plateaus.ts";
import { quantile } from "../numerics/statistics.ts";

/**
 * Plateaus found without knowledge of the levels, then named by the level they lie on, if any. Neighbours on the same level
 * are one plateau: a slow relaxation can leave the band before it has settled.
 */
export const plateausByLevel = (
  losses: Float64Array,
  settings: PlateauSettings,
  labelOf: (loss: number) => string | null,
): readonly (Plateau & { readonly label: string | null })[] => {
  const plateaus: (Plateau & { label: string | null })[] = [];
  for (const plateau of findPlateaus(losses, settings)) {
    const label = labelOf(plateau.level);
    const before = plateaus.at(-1);
    if (label !== null && before?.label === label && before.to + 1 === plateau.from) {
      const values = Array.from(losses.subarray(before.from, plateau.to + 1));
      plateaus[plateaus.length - 1] = { from: before.from, to: plateau.to, level: quantile(values, 0.5), label };
    } else plateaus.push({ ...plateau, label });
  }
  return plateaus;
};
