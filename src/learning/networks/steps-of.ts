import type { Objective } from "../../contracts/objective.ts";
import { fastest } from "../../numerics/native-loops.ts";
import type { linearSteps } from "./loops/linear.ts";

interface Arrays {
  readonly space: Float64Array;
  readonly shape: Int32Array;
  readonly constants: Float64Array;
}

/** Many steps of an objective by a loop that makes them, of which one takes about so many nanoseconds. */
export const stepsOf =
  (name: string, loop: typeof linearSteps, time: number, { space, shape, constants }: Arrays): Objective["steps"] =>
  (w, gradient, velocity, count, { stepSize, momentum, nesterov, l2 }) =>
    fastest(
      name,
      loop,
      time * count,
    )(
      ...([w, gradient, velocity, space, shape, constants, w.length, count] as const),
      ...([stepSize, momentum === null ? 0 : 1, momentum ?? 0, nesterov ? 1 : 0, l2] as const),
    );
