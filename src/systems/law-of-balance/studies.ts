/** Step sizes of the runs whose mean and spread are drawn over the temperature, beside those that a claim reads. */
export const TEMPERATURES = [0.005, 0.01, 0.035, 0.05, 0.065, 0.08, 0.09, 0.1, 0.11, 0.14] as const;

export const temperatureStudy = (eta: number): string => `gamma-law-${Math.round(1000 * eta)}`;

/** Runs that show u^2 - w^2, by what is added to descent. */
export const IMBALANCE_RUNS = { none: 1, sgd: 8, isotropic: 200 } as const;

/** Where runs end over the temperature, by the number of hidden layers. */
export const spreadStudy = (depth: number): string => `spread-D${depth}`;
