import type { WeightedData } from "./weighted.ts";

/**
 * Length and width of the sepals, length and width of the petals of 50 Iris versicolor and 50 Iris virginica, in tenths of a centimetre.
 * [E. Anderson 1935; R. A. Fisher, The Use of Multiple Measurements in Taxonomic Problems, 1936, Table I]
 */
const VERSICOLOR = `
  70 32 47 14, 64 32 45 15, 69 31 49 15, 55 23 40 13, 65 28 46 15, 57 28 45 13, 63 33 47 16, 49 24 33 10, 66 29 46 13, 52 27 39 14,
  50 20 35 10, 59 30 42 15, 60 22 40 10, 61 29 47 14, 56 29 36 13, 67 31 44 14, 56 30 45 15, 58 27 41 10, 62 22 45 15, 56 25 39 11,
  59 32 48 18, 61 28 40 13, 63 25 49 15, 61 28 47 12, 64 29 43 13, 66 30 44 14, 68 28 48 14, 67 30 50 17, 60 29 45 15, 57 26 35 10,
  55 24 38 11, 55 24 37 10, 58 27 39 12, 60 27 51 16, 54 30 45 15, 60 34 45 16, 67 31 47 15, 63 23 44 13, 56 30 41 13, 55 25 40 13,
  55 26 44 12, 61 30 46 14, 58 26 40 12, 50 23 33 10, 56 27 42 13, 57 30 42 12, 57 29 42 13, 62 29 43 13, 51 25 30 11, 57 28 41 13
`;
const VIRGINICA = `
  63 33 60 25, 58 27 51 19, 71 30 59 21, 63 29 56 18, 65 30 58 22, 76 30 66 21, 49 25 45 17, 73 29 63 18, 67 25 58 18, 72 36 61 25,
  65 32 51 20, 64 27 53 19, 68 30 55 21, 57 25 50 20, 58 28 51 24, 64 32 53 23, 65 30 55 18, 77 38 67 22, 77 26 69 23, 60 22 50 15,
  69 32 57 23, 56 28 49 20, 77 28 67 20, 63 27 49 18, 67 33 57 21, 72 32 60 18, 62 28 48 18, 61 30 49 18, 64 28 56 21, 72 30 58 16,
  74 28 61 19, 79 38 64 20, 64 28 56 22, 63 28 51 15, 61 26 56 14, 77 30 61 23, 63 34 56 24, 64 31 55 18, 60 30 48 18, 69 31 54 21,
  67 31 56 24, 69 31 51 23, 58 27 51 19, 68 32 59 23, 67 33 57 25, 67 30 52 23, 63 25 50 19, 65 30 52 20, 62 34 54 23, 59 30 51 18
`;

const flowers = (table: string): number[][] =>
  table
    .trim()
    .split(/,\s*/)
    .map(flower => flower.split(" ").map(Number));

/** Measurements in centimetres by species, 50 rows of 4 each. */
export const irisMeasurements = {
  versicolor: flowers(VERSICOLOR).map(flower => flower.map(value => value / 10)),
  virginica: flowers(VIRGINICA).map(flower => flower.map(value => value / 10)),
} as const;

const measured = [...irisMeasurements.versicolor, ...irisMeasurements.virginica];
const DX = 4;

/** The hundred flowers with each measurement centred and scaled to variance 1; y = -1 for versicolor and 1 for virginica, equal weights. */
export const irises: WeightedData = (() => {
  const count = measured.length;
  const x = new Float64Array(count * DX);
  for (let j = 0; j < DX; j++) {
    let [mean, variance] = [0, 0];
    for (const flower of measured) mean += flower[j] / count;
    for (const flower of measured) variance += ((flower[j] - mean) * (flower[j] - mean)) / count;
    const scale = 1 / Math.sqrt(variance);
    measured.forEach((flower, i) => {
      x[i * DX + j] = scale * (flower[j] - mean);
    });
  }
  return {
    dx: DX,
    x,
    y: Float64Array.from({ length: count }, (_, i) => (2 * i < count ? -1 : 1)),
    weight: new Float64Array(count).fill(1 / count),
  };
})();
