import { type Controls, integer, number, type ValuesOf } from "../contracts/field.ts";
import type { JsonObject } from "../contracts/json.ts";
import type { Learner } from "../contracts/learner.ts";
import type { Address, Member, ProtocolContext, ProtocolOf } from "../contracts/protocol.ts";
import { descend as run } from "../learning/descend.ts";
import { fullBatch } from "../learning/gradients.ts";
import { heavyBall } from "../learning/heavy-ball.ts";
import { optimiserIn, savedOptimiser } from "./saved-optimiser.ts";

const descentControls = ({ steps, stepSize }: { readonly steps: number; readonly stepSize: number }) =>
  ({
    steps: integer("steps of descent", { default: steps, min: 1, max: 100_000_000, scale: "log" }),
    stepSize: number("step size of descent", {
      default: stepSize,
      min: 1e-9,
      max: 100,
      scale: "log",
      formerly: ["rate"],
    }),
    momentum: number("momentum of the heavy ball", { default: 0.9, min: 0, max: 0.999 }),
  }) as const;

/** What a descent needs: of a learner its objective, and where to begin. */
export interface Descent<Declared extends Controls, End>
  extends Pick<Learner<Declared>, "check" | "objective" | "start"> {
  readonly name: string;
  readonly summary: string;
  readonly settings: Declared;
  readonly steps: number;
  readonly stepSize: number;
  readonly small?: Partial<ValuesOf<Declared>>;
  /** What is recorded of where it ends. */
  end(at: ValuesOf<Declared>, w: Float64Array, address: Address): End;
}

export type DescentProtocol<Declared extends Controls, End> = ProtocolOf<
  Declared & ReturnType<typeof descentControls>,
  { readonly final: End }
>;

/** Steps between two states that could be saved. */
const SLICE = 5000;

/**
 * A protocol that descends with momentum on the whole loss for a number of steps, from random starts or from copies of a point that are
 * perturbed, and records where each member ends.
 */
export const descend = <const Declared extends Controls, End extends JsonObject>({
  name,
  summary,
  settings: own,
  steps: defaultSteps,
  stepSize: defaultStepSize,
  small,
  check,
  objective,
  start,
  end,
}: Descent<Declared, End>): DescentProtocol<Declared, End> => {
  type Values = ValuesOf<Declared> & ValuesOf<ReturnType<typeof descentControls>>;
  return {
    name,
    summary,
    settings: { ...own, ...descentControls({ steps: defaultSteps, stepSize: defaultStepSize }) },
    small: { ...small, steps: 300 },
    ...(check && { check }),

    run({ settings, seed, chain }: Member<Values>, context: ProtocolContext<{ final: End }>) {
      const { steps, stepSize, momentum } = settings;
      const address = { seed, chain };
      const { saved } = context;
      const w = (saved?.w as Float64Array | undefined)?.slice() ?? start(settings, address);
      run({
        gradients: fullBatch(objective(settings, address)),
        optimiser: heavyBall({ stepSize, momentum }),
        w,
        ...(saved && { state: optimiserIn(saved), from: saved.step as number }),
        checkpoints: Array.from({ length: Math.ceil(steps / SLICE) }, (_, i) => Math.min(steps, (i + 1) * SLICE)),
        visit({ step, state }) {
          if (step < steps) context.save(() => ({ ...savedOptimiser(state), w, step }));
          context.progress(step / steps);
        },
      });
      context.record("final", end(settings, w, address));
    },
  } as unknown as DescentProtocol<Declared, End>;
};
