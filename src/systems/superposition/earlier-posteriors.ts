/**
 * Posterior quantities of earlier, independent long runs of parallel tempering and Hamiltonian Monte Carlo, which claims hold new
 * ones against.
 */

/** Population posterior exp(-A L) N(0, I): occupancy of the numbers of hull vertices, and the mean loss. Standard errors up to 0.009. */
export interface EarlierOccupancy {
  readonly A: number;
  /** By the number of hull vertices, from 3. */
  readonly occupancy: readonly number[];
  readonly meanLoss: number;
}

export const earlierPopulation: { readonly [c: number]: readonly EarlierOccupancy[] } = {
  4: [
    { A: 25, occupancy: [0.3168, 0.6832], meanLoss: 0.1919 },
    { A: 50, occupancy: [0.2175, 0.7823], meanLoss: 0.1227 },
    { A: 100, occupancy: [0.0227, 0.9775], meanLoss: 0.0556 },
    { A: 150, occupancy: [0.0015, 0.9985], meanLoss: 0.0366 },
  ],
  5: [
    { A: 25, occupancy: [0.1255, 0.6015, 0.273], meanLoss: 0.2283 },
    { A: 50, occupancy: [0.0855, 0.608, 0.3065], meanLoss: 0.1734 },
    { A: 75, occupancy: [0.0398, 0.5585, 0.4017], meanLoss: 0.1356 },
    { A: 100, occupancy: [0.0112, 0.4457, 0.5428], meanLoss: 0.1091 },
    { A: 125, occupancy: [0.0025, 0.2875, 0.71], meanLoss: 0.0892 },
    { A: 150, occupancy: [0, 0.1525, 0.847], meanLoss: 0.0741 },
    { A: 200, occupancy: [0, 0.0292, 0.9708], meanLoss: 0.0565 },
  ],
  6: [
    { A: 50, occupancy: [0.0398, 0.4375, 0.4498, 0.073], meanLoss: 0.2089 },
    { A: 100, occupancy: [0.008, 0.317, 0.57, 0.105], meanLoss: 0.1557 },
    { A: 150, occupancy: [0.001, 0.1265, 0.6972, 0.1755], meanLoss: 0.1252 },
    { A: 200, occupancy: [0, 0.0307, 0.6835, 0.2855], meanLoss: 0.1075 },
    { A: 250, occupancy: [0, 0.0055, 0.5732, 0.4207], meanLoss: 0.0961 },
    { A: 275, occupancy: [0, 0.0023, 0.5028, 0.4948], meanLoss: 0.0915 },
    { A: 300, occupancy: [0, 0.001, 0.414, 0.5855], meanLoss: 0.0874 },
    { A: 350, occupancy: [0, 0, 0.2592, 0.7405], meanLoss: 0.0805 },
    { A: 400, occupancy: [0, 0, 0.1285, 0.8715], meanLoss: 0.0746 },
    { A: 500, occupancy: [0, 0, 0.0278, 0.9722], meanLoss: 0.0676 },
  ],
};

/** Mean occupancy of 4, 5 and 6 hull vertices over 16 datasets of n samples, c = 6, exp(-n L_n / 2) N(0, I). */
export const earlierData: { readonly [n: number]: readonly [four: number, five: number, six: number] } = {
  400: [0.05, 0.763, 0.188],
  500: [0.012, 0.69, 0.297],
  600: [0.003, 0.671, 0.326],
  700: [0, 0.431, 0.569],
  800: [0, 0.332, 0.667],
  900: [0, 0.271, 0.729],
};

/** lambda(nBeta) = nBeta (E[L] - L*) at gamma = 1, by family and c; standard errors 0.006 to 0.026. */
export const earlierCoefficients: readonly {
  readonly family: string;
  readonly c: number;
  readonly values: readonly (readonly [nBeta: number, lambda: number, tolerance: number])[];
}[] = [
  {
    family: "6",
    c: 6,
    values: [
      [100, 10.79, 0.35],
      [300, 10.68, 0.35],
      [1000, 9.02, 0.3],
      [3000, 8.62, 0.3],
      [1e4, 8.53, 0.3],
      [1e5, 8.5, 0.3],
    ],
  },
  {
    family: "5",
    c: 5,
    values: [
      [100, 8.98, 0.3],
      [300, 8.24, 0.3],
      [1000, 7.77, 0.3],
      [3000, 7.24, 0.25],
      [1e4, 7.06, 0.25],
      [1e5, 7, 0.25],
    ],
  },
  {
    family: "4",
    c: 4,
    values: [
      [100, 5.53, 0.25],
      [300, 5.84, 0.25],
      [1000, 5.78, 0.25],
      [3000, 5.65, 0.25],
      [1e4, 5.57, 0.25],
      [1e5, 5.53, 0.25],
    ],
  },
];

/** Mean of the estimates of lambda over the checkpoints on each plateau of runs from the 4-gon, in rising order. */
export const earlierPlateaus: readonly (readonly [label: string, lambda: number])[] = [
  ["4", 3.1],
  ["4+", 4.35],
  ["4++", 5.47],
  ["5", 6.69],
];
