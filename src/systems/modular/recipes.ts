import type { TrainValues } from "./protocols/train.ts";

/** Training pairs as a share that gives exactly this many. */
export const fractionOf = (p: number, N: number): number => N / (p * p);

const S1 = {
  p: 23,
  K: 128,
  trainFraction: 0.5,
  optimiser: "adamw",
  stepSize: 0.01,
  weightDecay: 1,
  steps: 3000,
} as const;

/**
 * The training recipes by name, as settings of the train protocol that differ from its defaults: full batch, mean loss, A and B from
 * N(0, startScale^2), C from N(0, outputScale^2). S6 is the control without decay.
 */
export const recipes = {
  S0: {
    p: 13,
    K: 64,
    trainFraction: 0.7,
    optimiser: "adamw",
    stepSize: 0.01,
    weightDecay: 0.5,
    steps: 8000,
    evaluateEvery: 5,
  },
  S1,
  S2: { ...S1, weightDecay: 0.3, steps: 4000 },
  S2c: { ...S1, weightDecay: 0.3, centred: "yes", steps: 7000 },
  S3: {
    p: 47,
    K: 256,
    trainFraction: 0.4,
    optimiser: "adamw",
    stepSize: 0.01,
    weightDecay: 0.5,
    startScale: 0.2,
    steps: 1000,
  },
  S4: { ...S1, optimiser: "adam", weightDecay: 0, l2: 1e-4, stepSize: 0.005, steps: 5000 },
  S5: {
    ...S1,
    trainFraction: 0.7,
    optimiser: "heavy-ball",
    weightDecay: 0,
    l2: 1e-4,
    stepSize: 0.2,
    momentum: 0.9,
    steps: 13_000,
  },
  S6: { ...S1, weightDecay: 0, steps: 6000 },
} as const satisfies { readonly [name: string]: Partial<TrainValues> };
