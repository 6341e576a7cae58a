import type { Control, Settings } from "../contracts/field.ts";
import type { JsonObject } from "../contracts/json.ts";
import type { EnsembleContext, Members, Protocol } from "../contracts/protocol.ts";
import type { System } from "../contracts/system.ts";
import { invalid, LandauError } from "../errors.ts";
import { type Evaluation, evaluator, testEvaluator } from "./evaluator.ts";
import { type CheckedExperiment, checkExperiment, type Experiment } from "./experiment.ts";
import { bookkeeping, STUDY, testName } from "./records.ts";
import { checkpointsOf, reportingDivergence } from "./train.ts";
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
    protocols: { [STUDY]: trainProtocol(checked, source) },
    studies: [],
    claims: [],
    vectors: {},
  };
};

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
    name: STUDY,
    summary: "train the model",
    settings,
    check: settings => tryOut(withSettings(experiment, settings)),
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

const START = { seed: 0, from: 0, count: 1 };

/** Makes ready all that a run needs, so that what is wrong is reported before one begins. */
const tryOut = (experiment: CheckedExperiment): void => {
  measuring(experiment)(trainer(experiment, START).parameters(0), { seed: 0, step: 0 });
};

/** About so many steps lie between two states that could be saved. */
const SAVE_STEPS = 1024;

/** Records every checkpoint of every member, and in the end its trained parameters and the whole loss curve. */
const trainMembers = (
  experiment: CheckedExperiment,
  { settings, seed, from, to }: Members,
  { record, snapshot, save, saved, progress }: EnsembleContext,
): void => {
  const own = withSettings(experiment, settings);
  const running = trainer(own, { seed, from, count: to - from });
  if (saved) running.restore(saved);
  const measure = measuring(own);
  const measureChain = (chain: number) =>
    reportingDivergence(running, chain - from, () =>
      measure(running.parameters(chain - from), { seed, step: running.step }),
    );
  const keep = () => {
    save(() => running.save());
    progress(running.step / own.steps);
  };
  for (const step of checkpointsOf(own).filter(step => !saved || step > (saved.step as number))) {
    while (running.step < step) {
      running.advance(Math.min(step, running.step + SAVE_STEPS));
      if (running.step < step) keep();
    }
    for (let chain = from; chain < to; chain++) {
      const last: JsonObject = step === 0 ? {} : { batchLoss: running.losses(chain - from)[step - 1] };
      record(chain, "checkpoint", { step, ...last, ...measureChain(chain) });
    }
    keep();
  }
  for (let chain = from; chain < to; chain++) {
    record(chain, "final", { step: own.steps, ...measureChain(chain) });
    snapshot(chain, "parameters", running.parameters(chain - from));
    const losses = running.losses(chain - from).slice();
    snapshot(chain, "losses", { loss: { shape: [losses.length], data: losses } });
  }
};

/** The loss and every single number that the model returns, on its training data and on its test data if it has some. */
const measuring = ({ model, data, test, precision }: CheckedExperiment) => {
  const onData = evaluator(model, data, precision);
  const onTest = test && testEvaluator(model, test, precision);
  return (...at: Parameters<typeof onData>): JsonObject => {
    const numbers = numbersOf(onData(...at));
    const others = onTest ? numbersOf(onTest(...at)) : {};
    return {
      ...numbers,
      ...Object.fromEntries(Object.entries(others).map(([name, value]) => [testName(name), value])),
    };
  };
};

const numbersOf = ({ loss, outputs }: Evaluation): { readonly [name: string]: number } => {
  const numbers: { [name: string]: number } = { loss };
  for (const [name, { data }] of Object.entries(outputs)) {
    if (data.length !== 1) continue;
    if (!/^[A-Za-z][A-Za-z0-9_-]*$/.test(name))
      throw invalid("the name of a number that the model returns", name, "letters, digits, - or _, and first a letter");
    if (bookkeeping.has(name) || /^test[A-Z]/.test(name))
      throw new LandauError("input", `the model returns ${name}: needs another name, as records have one of their own`);
    [numbers[name]] = data;
  }
  return numbers;
};

const withSettings = (experiment: CheckedExperiment, { steps, batch }: Settings): CheckedExperiment => ({
  ...experiment,
  steps: steps as number,
  ...(batch !== undefined && { batch: batch as number }),
});
