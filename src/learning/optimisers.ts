import { adam } from "./adam.ts";
import { gradientDescent } from "./gradient-descent.ts";
import { heavyBall } from "./heavy-ball.ts";
import type { Optimiser } from "./optimiser.ts";
import type { Rate } from "./rate.ts";

/** Every setting an optimiser of the table may read; each takes what it needs. */
export interface OptimiserSettings {
  readonly rate: Rate;
  readonly momentum: number;
  /** Decoupled decay, of AdamW only. */
  readonly weightDecay: number;
  /** Coupled decay, of all of them. 0 when absent. */
  readonly l2?: number;
}

/** Optimisers by the name a spec calls them. */
export const optimisers: { readonly [name: string]: (settings: OptimiserSettings) => Optimiser } = {
  "gradient-descent": ({ rate, l2 }) => gradientDescent({ rate, l2 }),
  "heavy-ball": ({ rate, momentum, l2 }) => heavyBall({ rate, momentum, l2 }),
  nesterov: ({ rate, momentum, l2 }) => heavyBall({ rate, momentum, nesterov: true, l2 }),
  adam: ({ rate, l2 }) => adam({ rate, l2 }),
  adamw: ({ rate, weightDecay, l2 }) => adam({ rate, weightDecay, l2 }),
};
