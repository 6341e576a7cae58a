import type { Control, Settings } from "../contracts/control.ts";
import type { EnsembleContext, Members, Protocol } from "../contracts/protocol.ts";
import type { System } from "../contracts/system.ts";
import { evaluator } from "./evaluator.ts";
import { type CheckedExperiment, checkExperiment, type Experiment } from "./experiment.ts";
import { checkpointsOf } from "./train.ts";
import { trainer } from "./trainer.ts";

/** A user's own experiment as a system that the lab can run: it has no phases and no theory, but all that comes with runs. */
export const experimentSystem = (name: string, experiment: Experiment, source: string): System => {
  const checked = checkExperiment(experiment);
  return {
    name,
    title: name,
    summary: "a model of one's own",
    source: { citation: "", url: "" },
    theory: {},
    phases: () => [],
    protocols: { train: trainProtocol(checked, source) },
    reproductions: { quick: nothing, full: nothing },
    claims: [],
    vectors: {},
  };
};

const nothing = { summary: "", studies: [] };

const trainProtocol = (experiment: CheckedExperiment, source: string): Protocol => {
  const { data, steps, batch } = experiment;
  const settings: { [name: string]: Control } = {
    steps: { kind: "integer", summary: "training steps", default: steps, min: 1, max: 1_000_000_000, scale: "log" },
    source: {
      kind: "choice",
      summary: "hash of the file that holds the model: a run goes on only with the model it began with",
      default: source,
      choices: [source],
    },
  };
  if (batch !== undefined)
    settings.batch = { kind: "integer", summary: "samples per step", default: batch, min: 1, max: data.samples };
  const together = (members: Members, context: EnsembleContext) => trainMembers(experiment, members, context);
  return {
    name: "train",
    summary: "train the model",
    settings,
    run: ({ settings, seed, chain }, context) =>
      together(
        { settings, seed, from: chain, to: chain + 1 },
        {
          ...context,
          record: (_, kind, fields) => context.record(kind, fields),
          snapshot: (_, name, arrays) => context.snapshot(name, arrays),
        },
      ),
    runTogether: together,
  };
};

/** Records every checkpoint of every member, and in the end its trained parameters and the whole loss curve. */
const trainMembers = (
  experiment: CheckedExperiment,
  { settings, seed, from, to }: Members,
  context: EnsembleContext,
): void => {
  const own = withSettings(experiment, settings);
  const running = trainer(own, { seed, from, count: to - from });
  const { saved } = context;
  if (saved) running.restore(saved);
  const evaluate = evaluator(own.model, own.test ?? own.data, own.precision);
  const checkpoints = checkpointsOf(own);
  const first = saved ? checkpoints.indexOf(saved.step as number) + 1 : 0;
  for (const step of checkpoints.slice(first)) {
    running.advance(step);
    for (let chain = from; chain < to; chain++) {
      const { loss, outputs } = evaluate(running.parameters(chain - from), { seed, step });
      const numbers = Object.entries(outputs).flatMap(([name, { data }]) =>
        data.length === 1 ? [[name, data[0]]] : [],
      );
      const last = step === 0 ? {} : { batchLoss: running.losses(chain - from)[step - 1] };
      context.record(chain, "checkpoint", { step, ...last, loss, ...Object.fromEntries(numbers) });
    }
    context.save(() => running.save());
    context.progress(step / own.steps);
  }
  for (let chain = from; chain < to; chain++) {
    const parameters = running.parameters(chain - from);
    const { loss } = evaluate(parameters, { seed, step: own.steps });
    context.record(chain, "final", { step: own.steps, loss });
    context.snapshot(chain, "parameters", parameters);
    const losses = running.losses(chain - from).slice();
    context.snapshot(chain, "losses", { loss: { shape: [losses.length], data: losses } });
  }
};

const withSettings = (experiment: CheckedExperiment, { steps, batch }: Settings): CheckedExperiment => ({
  ...experiment,
  steps: steps as number,
  ...(batch !== undefined && { batch: batch as number }),
});
