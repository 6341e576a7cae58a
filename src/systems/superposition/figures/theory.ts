import { columnPolygons } from "../../../charts/column-polygons.ts";
import { energyLevelDiagram } from "../../../charts/energy-levels.ts";
import type { Figure } from "../../../charts/exhibits.ts";
import { kgonPoint, solveKgon } from "../theory/kgon.ts";
import { levelsOf, phaseColour } from "./phases.ts";

/** All levels at c features, a column for each k and number of dead vertices. */
export const energyLevelFigure = (c: number): Figure => ({
  name: `energy-levels-c${c}`,
  title: `Energy levels at c = ${c}`,
  width: 900,
  height: 500,
  needs: [],
  caption: () =>
    `Theory: the population loss at the ${levelsOf(c).length} families of critical points k^(sigma+, phi-), in closed form. Thick ` +
    "bars are local minima (up to flat directions), dashed bars saddles. Every plus sign lowers the level by exactly " +
    `1/(4c^2) = ${(1 / (4 * c * c)).toFixed(6)}; every dead vertex (minus sign) raises it by 1/(3c). Nothing is measured here.`,
  draw: (_, surface) => {
    const levels = levelsOf(c);
    const names = [...new Set(levels.map(familyName))];
    return energyLevelDiagram(
      {
        title: `Energy levels at c = ${c}`,
        description: `${levels.map(({ family, loss, kind }) => `${family} ${loss.toFixed(4)} ${kind}`).join(", ")}.`,
        yLabel: "population loss",
        families: names.map(name => ({
          name,
          levels: levels
            .filter(level => familyName(level) === name)
            .map(({ family, label, loss, kind }) => ({ label: family, value: loss, kind, colour: phaseColour(label) })),
        })),
      },
      surface,
    );
  },
});

const familyName = ({ k, phi }: { readonly k: number; readonly phi: number }): string =>
  phi === 0 ? `${k}-gon` : `${k}-gon, ${phi} dead`;

const SIZES = [4, 5, 6, 7, 8, 9];

/** The regular k-gons that are minima at c = k. */
export const kgonGallery: Figure = {
  name: "kgons",
  title: "The regular k-gons",
  width: 860,
  height: 560,
  needs: [],
  caption: () =>
    "Theory: the columns of W at the regular k-gon with c = k, its radius l and common bias b, solved from the stationarity " +
    "conditions; the loss at c = k is h(k)/(3k). One scale for all panels. Nothing is measured here.",
  draw: (_, surface) =>
    columnPolygons(
      {
        title: "Regular k-gons, k = 4 to 9",
        description: `${SIZES.map(k => `k = ${k}: l = ${solveKgon(k).l.toFixed(5)}, b = ${solveKgon(k).bias.toFixed(5)}`).join("; ")}.`,
        rows: [SIZES.slice(0, 3), SIZES.slice(3)].map(row => ({
          panels: row.map(k => {
            const { l, bias } = solveKgon(k);
            const w = kgonPoint({ k, c: k, sigma: 0, vestigialBias: 0, rotation: 0 });
            return {
              title: `${k}-gon`,
              lines: [`l = ${l.toFixed(5)}`, `b = ${bias.toFixed(5)}`],
              columns: Array.from({ length: k }, (_, i) => [w[i]!, w[k + i]!] as const),
              bias: [...w.subarray(2 * k)],
              live: new Array<boolean>(k).fill(true),
              colour: phaseColour(String(k)),
            };
          }),
        })),
      },
      surface,
    ),
};
