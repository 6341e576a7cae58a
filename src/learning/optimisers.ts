import { adam } from "./adam.ts";
import { gradientDescent } from "./gradient-descent.ts";
import { heavyBall } from "./heavy-ball.ts";
import type { Optimiser } from "./optimiser.ts";

/** Every setting an optimiser of the table may read; each takes what it needs. */
export interface OptimiserSettings {
  readonly rate: number;
  readonly momentum: number;
  readonly weightDecay: number;
}

/** Optimisers by the name a spec calls them. */
export const optimisers: { readonly [name: string]: (settings: OptimiserSettings) => Optimiser } = {
  "gradient-descent": gradientDescent,
  "heavy-ball": heavyBall,
  adam: ({ rate }) => adam({ rate }),
  adamw: ({ rate, weightDecay }) => adam({ rate, weightDecay }),
};
