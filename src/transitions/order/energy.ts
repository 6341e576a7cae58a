import { divide } from "./bimodality.ts";
import { type Evidence, text } from "./evidence.ts";
import { binderCumulant } from "./statistics.ts";
import type { OrderTable } from "./table.ts";
import { pooled } from "./table.ts";

const LEAST = 32;

/**
 * Energies at the largest size: a latent heat shows as two groups of energies at one control, and as a dip of the cumulant
 * 1 - <e^4> / (3 <e^2>^2) below 2/3. Null where no energies were given.
 */
export const energy = (table: OrderTable): Evidence | null => {
  const { size, cells } = table.sizes[table.sizes.length - 1];
  const seen = cells.flatMap(({ control, series }) => {
    const energies = pooled(series.flatMap(each => (each.energies ? [each.energies] : [])));
    const division = energies.length >= LEAST ? divide(energies) : null;
    const cumulant = energies.length >= LEAST ? binderCumulant(energies) : null;
    return division && cumulant !== null ? [{ control, cumulant, ...division }] : [];
  });
  if (seen.length === 0) return null;
  const widest = Math.max(...seen.map(({ low, high }) => high - low));
  const best = seen.filter(({ low, high }) => high - low > 0.6 * widest).reduce((a, b) => (b.share > a.share ? b : a));
  const least = Math.min(...seen.map(({ cumulant }) => cumulant));
  return {
    probe: "energy",
    support:
      best.share > 0.9
        ? { none: -2, continuous: -2, discontinuous: 0 }
        : best.share < 0.8
          ? { none: 0, continuous: 0, discontinuous: -0.5 }
          : { none: 0, continuous: 0, discontinuous: 0 },
    finding:
      `at size ${text(size)} energies part into groups around ${text(best.low)} and ${text(best.high)}, ${text(100 * best.share)} % of their variance between them; ` +
      `the energy cumulant falls to ${text(least)}`,
    values: { share: best.share, low: best.low, high: best.high, cumulant: least },
  };
};
