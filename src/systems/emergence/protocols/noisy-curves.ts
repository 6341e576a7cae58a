import { number } from "../../../contracts/field.ts";
import { protocol } from "../../../contracts/protocol.ts";
import { exp } from "../../../numerics/elementary.ts";
import { stream } from "../../../numerics/stream.ts";
import { gaussianModels } from "../../../transitions/emergence/gaussian-models.ts";

/** Scales of a table, and jumps in standard deviations of the noise. */
export const POINTS = [8, 10, 12, 16] as const;
export const JUMPS = [3, 6, 10, 20] as const;
/** Scales of the tables with a jump. */
export const JUMP_POINTS = 12;

export type CurveRecord = {
  readonly curve: "line" | "crossover" | "jump";
  /** Scales. */
  readonly N: number;
  /** In standard deviations of the noise. */
  readonly jump: number;
  readonly deltaJump: number;
  readonly deltaKink: number;
};

export const noisyCurvesProtocol = protocol<{ sample: CurveRecord }>()({
  name: "noisy-curves",
  summary: "straight lines, smooth crossovers and jumps with noise: evidence for a jump",
  settings: { noise: number("standard deviation of the noise", { default: 0.1, above: 0, max: 10 }) },
  run({ settings: { noise }, seed, chain }, context) {
    const seen = (
      curve: CurveRecord["curve"],
      T: number,
      jump: number,
      of: (x: number) => number,
      step: number,
    ): void => {
      const random = stream({ seed, chain, purpose: curve, step });
      const x = Array.from({ length: T }, (_, i) => i);
      const y = x.map(at => of(at / (T - 1)) + noise * random.normal());
      const { deltaJump, deltaKink } = gaussianModels(x, y);
      context.record("sample", { curve, N: T, jump, deltaJump, deltaKink });
    };
    for (const T of POINTS) {
      seen("line", T, 0, x => -2 * x, T);
      seen("crossover", T, 0, x => -2 / (1 + exp(-10 * (x - 0.5))), T);
    }
    JUMPS.forEach((jump, i) => {
      seen("jump", JUMP_POINTS, jump, x => -2 * x - (x > 0.5 ? jump * noise : 0), i);
    });
    context.progress(1);
  },
});
