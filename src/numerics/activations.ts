import { erf, exp, tanh } from "./elementary.ts";

/** A nonlinearity with phi(0) = 0: its value, its derivative, and phi(z) = c1 z + c2 z^2 + c3 z^3 + ... at the origin. */
export interface Activation {
  readonly value: (z: number) => number;
  readonly slope: (z: number) => number;
  /** Null when it has no such expansion. */
  readonly taylor: readonly [c1: number, c2: number, c3: number] | null;
}

const SQRT_PI = 1.772453850905516;
const SQRT_TWO_PI = 2.5066282746310002;

const logistic = (z: number): number => (z >= 0 ? 1 / (1 + exp(-z)) : 1 - 1 / (1 + exp(z)));
const normalCdf = (z: number): number => 0.5 * (1 + erf(z * Math.SQRT1_2));

export const activations = {
  linear: { value: z => z, slope: () => 1, taylor: [1, 0, 0] },
  tanh: {
    value: tanh,
    slope: z => {
      const t = tanh(z);
      return 1 - t * t;
    },
    taylor: [1, 0, -1 / 3],
  },
  erf: { value: erf, slope: z => (2 / SQRT_PI) * exp(-z * z), taylor: [2 / SQRT_PI, 0, -2 / (3 * SQRT_PI)] },
  swish: {
    value: z => z * logistic(z),
    slope: z => {
      const p = logistic(z);
      return p + z * p * (1 - p);
    },
    taylor: [1 / 2, 1 / 4, 0],
  },
  gelu: {
    value: z => z * normalCdf(z),
    slope: z => normalCdf(z) + (z * exp(-0.5 * z * z)) / SQRT_TWO_PI,
    taylor: [1 / 2, 1 / SQRT_TWO_PI, 0],
  },
  relu: { value: z => Math.max(z, 0), slope: z => (z > 0 ? 1 : 0), taylor: null },
} as const satisfies { readonly [name: string]: Activation };

export type ActivationName = keyof typeof activations;
