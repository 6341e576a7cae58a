import { type Controls, choice, integer, namesOf, number, type ValuesOf } from "../contracts/field.ts";
import type { JsonObject } from "../contracts/json.ts";
import type { SampledObjective } from "../contracts/objective.ts";
import type { Address, Member, ProtocolContext, ProtocolOf } from "../contracts/protocol.ts";
import { invalid } from "../errors.ts";
import { linearCheckpoints } from "../learning/checkpoints.ts";
import { descend } from "../learning/descend.ts";
import { minibatches, stepsPerEpoch } from "../learning/gradients.ts";
import { optimisers } from "../learning/optimisers.ts";
import { type CheckpointCoefficient, checkpointCoefficient } from "./checkpoint-coefficient.ts";
import { plateausByLevel } from "./plateaus-by-level.ts";
import { optimiserIn, savedOptimiser } from "./saved-optimiser.ts";
import type { StudyOf } from "./study.ts";

const epochControls = {
  n: integer("samples drawn once per chain", { default: 1000, min: 1, max: 10_000_000, scale: "log" }),
  epochs: integer("passes over the sample", { default: 4500, min: 1, max: 10_000_000, scale: "log" }),
  every: integer("epochs between checkpoints", { default: 30, min: 1, max: 1_000_000 }),
  batch: integer("samples per step", { default: 20, min: 1, max: 10_000_000 }),
  optimiser: choice("how a gradient becomes a step", namesOf(optimisers), { default: "gradient-descent" }),
  stepSize: number("step size on the unhalved loss", {
    default: 0.005,
    min: 1e-9,
    max: 100,
    scale: "log",
    formerly: ["rate"],
  }),
  momentum: number("momentum of the heavy ball", { default: 0.9, min: 0, max: 0.999 }),
  weightDecay: number("decoupled decay of adamw", { default: 0, min: 0, max: 10 }),
  lambdaChains: integer("chains that estimate the learning coefficient at a checkpoint (0: none)", {
    default: 0,
    min: 0,
    max: 1000,
  }),
  lambdaEvery: integer("checkpoints from one estimate of the learning coefficient to the next", {
    default: 1,
    min: 1,
    max: 1_000_000,
  }),
} as const satisfies Controls;

/** A plateau lasts at least this many checkpoints. */
const PLATEAU_POINTS = 4;

export type Placed = {
  /** Of the learner's own choice, such as its population loss: what plateaus are found on. */
  readonly loss: number;
  /** The phase; null in transit. */
  readonly label: string | null;
};

/** What training records: what is seen of a state at checkpoints, its parameters where it stays. */
export type EpochRecords<Seen, Parameters> = {
  checkpoint: { readonly epoch: number; readonly step: number; readonly trainLoss: number } & Seen;
  coefficient: { readonly epoch: number } & Placed & CheckpointCoefficient;
  plateau: {
    readonly label: string | null;
    readonly level: number;
    readonly fromEpoch: number;
    readonly toEpoch: number;
    readonly checkpoints: number;
  } & Parameters;
  final: { readonly epoch: number } & Seen & Parameters;
};

export interface EpochTraining<Declared extends Controls, Seen, Parameters> {
  readonly summary: string;
  readonly settings: Declared;
  readonly small?: Partial<ValuesOf<Declared>>;
  check?(at: ValuesOf<Declared>): void;
  /** The loss on n samples of the member's own. */
  objective(at: ValuesOf<Declared> & { readonly n: number }, address: Address): SampledObjective;
  start(at: ValuesOf<Declared>, address: Address): Float64Array;
  observe(at: ValuesOf<Declared>, w: Float64Array): Seen & Placed;
  parameters(at: ValuesOf<Declared>, w: Float64Array): Parameters;
  /** Largest distance of two losses on one plateau, and the phase whose level a loss is. */
  readonly width: number;
  labelOf(at: ValuesOf<Declared>, loss: number): string | null;
}

export type EpochProtocol<Declared extends Controls, Seen, Parameters> = ProtocolOf<
  Declared & typeof epochControls,
  EpochRecords<Seen, Parameters>
>;

/**
 * The protocol `train` with minibatches on a sample drawn once per chain. Every `every` epochs the state is observed, and its learning
 * coefficient estimated where that is asked for; at the end the plateaus of its loss are found without knowledge of the levels.
 */
export const trainEpochs = <const Declared extends Controls, Seen extends JsonObject, Parameters extends JsonObject>({
  summary,
  settings: own,
  small,
  check,
  objective: objectiveOf,
  start,
  observe,
  parameters,
  width,
  labelOf,
}: EpochTraining<Declared, Seen, Parameters>): EpochProtocol<Declared, Seen, Parameters> => {
  type Values = ValuesOf<Declared> & ValuesOf<typeof epochControls>;
  return {
    name: "train",
    summary,
    settings: { ...own, ...epochControls },
    small: { ...small, n: 100, epochs: 24, every: 2 },

    check(settings: Values) {
      check?.(settings);
      const { batch, n } = settings;
      if (batch > n) throw invalid("batch", batch, `at most n = ${n}`);
    },

    run({ settings, seed, chain }: Member<Values>, context: ProtocolContext<EpochRecords<Seen, Parameters>>) {
      const { n, epochs, every, batch, lambdaChains, lambdaEvery, stepSize, momentum, weightDecay } = settings;
      const address = { seed, chain };
      const objective = objectiveOf(settings, address);
      const { size } = objective;
      const perEpoch = stepsPerEpoch(n, batch);
      const checkpoints = linearCheckpoints(every * perEpoch, epochs * perEpoch);
      const { saved } = context;
      let visited = (saved?.visited as number | undefined) ?? 0;
      /** An array with a row for each checkpoint, those that were saved filled in. */
      const series = (name: string, width = 1): Float64Array => {
        const all = new Float64Array(checkpoints.length * width);
        if (saved) all.set(saved[name] as Float64Array);
        return all;
      };
      const [steps, losses, points] = [series("steps"), series("losses"), series("points", size)];

      descend({
        gradients: minibatches(objective, { batch, seed, chain }),
        optimiser: optimisers[settings.optimiser]({ stepSize, momentum, weightDecay }),
        w: (saved?.w as Float64Array | undefined)?.slice() ?? start(settings, address),
        ...(saved && { state: optimiserIn(saved), from: steps[visited - 1] }),
        checkpoints,
        visit({ step, w, state }) {
          const seen = observe(settings, w);
          const { loss, label } = seen;
          const epoch = step / perEpoch;
          steps[visited] = step;
          losses[visited] = loss;
          points.set(w, visited * size);
          visited++;
          context.record("checkpoint", { epoch, step, trainLoss: objective.loss(w), ...seen });
          if (lambdaChains > 0 && (visited - 1) % lambdaEvery === 0) {
            const estimate = checkpointCoefficient(objective, w, { chains: lambdaChains, seed, chain, step });
            context.record("coefficient", { epoch, loss, label, ...estimate });
          }
          context.save(() => ({
            ...savedOptimiser(state),
            visited,
            w,
            steps: steps.slice(0, visited),
            losses: losses.slice(0, visited),
            points: points.slice(0, visited * size),
          }));
          context.progress(visited / checkpoints.length);
        },
      });

      const band = { width, points: PLATEAU_POINTS };
      for (const { from, to, level, label } of plateausByLevel(losses, band, loss => labelOf(settings, loss))) {
        const middle = Math.floor((from + to) / 2) * size;
        context.record("plateau", {
          label,
          level,
          fromEpoch: steps[from] / perEpoch,
          toEpoch: steps[to] / perEpoch,
          checkpoints: to - from + 1,
          ...parameters(settings, points.subarray(middle, middle + size)),
        });
      }
      const last = points.slice((visited - 1) * size);
      context.record("final", { epoch: epochs, ...observe(settings, last), ...parameters(settings, last) });
      context.snapshot("trajectory", {
        step: { shape: [visited], data: steps },
        loss: { shape: [visited], data: losses },
        w: { shape: [visited, size], data: points },
      });
    },
  } as unknown as EpochProtocol<Declared, Seen, Parameters>;
};

/** A study of such a training, as pictures and claims see it. */
export type EpochStudy<Parameters = object> = Pick<
  StudyOf<Controls, EpochRecords<Placed, Parameters>>,
  "name" | "of" | "has"
>;
