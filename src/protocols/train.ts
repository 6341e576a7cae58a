import { type Controls, choice, integer, type NumberField, type ValuesOf } from "../contracts/field.ts";
import type { JsonObject } from "../contracts/json.ts";
import type { Learner, Seen as Observed } from "../contracts/learner.ts";
import type { Member, ProtocolContext, ProtocolOf } from "../contracts/protocol.ts";
import { linearCheckpoints, logAndLinearCheckpoints } from "../learning/checkpoints.ts";
import { moveAt, stepSizeControl } from "./move-rule.ts";

export interface TrainDefaults {
  readonly steps?: number;
  readonly every?: number;
  readonly spacing?: "linear" | "log";
}

const trainControls = ({ steps = 4000, every = 100, spacing = "log" }: TrainDefaults) =>
  ({
    steps: integer("steps of training", { default: steps, min: 1, max: 100_000_000, scale: "log" }),
    every: integer("steps between checkpoints", { default: every, min: 1, max: 100_000_000 }),
    spacing: choice(
      "checkpoints equally spaced alone, or with others that lie closer the earlier it is",
      ["linear", "log"],
      { default: spacing },
    ),
  }) as const;

/** Of learners that watch their runs. */
const stopControl = {
  stop: choice("whether a run ends with its steps, or as soon as its phase is decided", ["end", "decided"]),
} as const;

type TrainControls = ReturnType<typeof trainControls>;
type TrainValues = ValuesOf<TrainControls> & { readonly stepSize: number };

/** Checkpoints on the logarithmic axis. */
const EARLY = 40;

/** What training records. */
export type TrainRecords<Seen> = {
  readonly checkpoint: { readonly step: number } & Observed<Seen>;
  readonly final: Observed<Seen>;
};

export type TrainProtocol<Declared extends Controls, Seen> = ProtocolOf<
  Declared & TrainControls & { readonly stepSize: NumberField & { readonly default: number } },
  TrainRecords<Seen>
>;

/** The protocol `train`: from the learner's start by its own rule or by gradient descent, with what it observes at checkpoints. */
export const train = <Declared extends Controls, Seen extends JsonObject>(
  learner: Learner<Declared, Seen>,
  { summary, ...defaults }: TrainDefaults & { readonly summary?: string } = {},
): TrainProtocol<Declared, Seen> => {
  type Values = ValuesOf<Declared> & TrainValues;
  return {
    name: "train",
    summary: summary ?? "train from a random start, and follow the loss and the order parameter",
    settings: {
      ...learner.controls,
      ...stepSizeControl(learner),
      ...trainControls(defaults),
      ...(learner.course && stopControl),
    },
    small: { ...learner.small, steps: 60, every: 10 },

    check: (settings: Values) => learner.check?.(settings),

    run({ settings, seed, chain }: Member<Values>, context: ProtocolContext<TrainRecords<Seen>>) {
      const { steps, every, spacing, stop } = settings as Values & { readonly stop?: string };
      const address = { seed, chain };
      const { saved } = context;
      const w = (saved?.w as Float64Array | undefined)?.slice() ?? learner.start(settings, address);
      const apart = Math.min(every, steps);
      const checkpoints =
        spacing === "linear" ? linearCheckpoints(apart, steps) : logAndLinearCheckpoints(EARLY, apart, steps);
      const objective = learner.objective(settings, address);
      let loss = (saved?.loss as number | undefined) ?? objective.loss(w);
      const move = moveAt(learner, settings, address);
      const course = learner.course?.(settings, address, saved);
      const seen = (): Observed<Seen> => ({ loss, ...learner.observe(settings, w, { ...address, loss }) });
      for (let stage = (saved?.stage as number | undefined) ?? 0; stage < checkpoints.length; stage++) {
        const step = checkpoints[stage];
        if (stage > 0) loss = move(w, step - checkpoints[stage - 1], stage - 1);
        const state = seen();
        context.record("checkpoint", { step, ...state });
        course?.see?.(step, state);
        if (stop === "decided" && course?.isDecided(state)) break;
        context.save(() => ({ ...course?.save?.(), w, loss, stage: stage + 1 }));
        context.progress(step / steps);
      }
      const end = seen();
      context.record("final", { ...end, ...course?.passages?.(), ...(course && { label: course.phase(end) }) });
    },
  } as unknown as TrainProtocol<Declared, Seen>;
};
