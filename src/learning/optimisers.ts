import { adam } from "./adam.ts";
import { gradientDescent } from "./gradient-descent.ts";
import { heavyBall } from "./heavy-ball.ts";
import type { Optimiser } from "./optimiser.ts";
import type { StepSize } from "./step-size.ts";

/** Every setting an optimiser of the table may read; each takes what it needs. */
export interface OptimiserSettings {
  readonly stepSize: StepSize;
  readonly momentum: number;
  /** Decoupled decay, of AdamW only. */
  readonly weightDecay: number;
  /** Coupled decay, of all of them. 0 when absent. */
  readonly l2?: number;
}

/** Optimisers by the name a spec calls them. */
export const optimisers: { readonly [name: string]: (settings: OptimiserSettings) => Optimiser } = {
  "gradient-descent": ({ stepSize, l2 }) => gradientDescent({ stepSize, l2 }),
  "heavy-ball": ({ stepSize, momentum, l2 }) => heavyBall({ stepSize, momentum, l2 }),
  nesterov: ({ stepSize, momentum, l2 }) => heavyBall({ stepSize, momentum, nesterov: true, l2 }),
  adam: ({ stepSize, l2 }) => adam({ stepSize, l2 }),
  adamw: ({ stepSize, weightDecay, l2 }) => adam({ stepSize, weightDecay, l2 }),
};
