import { experiment as linearFit } from "../../../examples/04-linear-fit.mjs";
import { experiment as twoMoons } from "../../../examples/05-two-moons.mjs";
import { experiment as xor } from "../../../examples/06-xor.mjs";
import { experiment as superposition } from "../../../examples/07-toy-superposition.mjs";
import { experiment as modularAddition } from "../../../examples/08-modular-addition.mjs";
import type { Experiment } from "../../../src/experiments/experiment.ts";
import { experimentSystem } from "../../../src/experiments/experiment-system.ts";
import { train, trainEnsemble } from "../../../src/experiments/train.ts";
import { inlineExecutor } from "../../../src/lab/executor.ts";
import { runInMemory } from "../../../src/lab/run-in-memory.ts";
import type { Table } from "./bits.ts";
import { hashTrained } from "./training.ts";

const experiments: { readonly [name: string]: Experiment } = {
  "04-linear-fit": linearFit,
  "05-two-moons": twoMoons,
  "06-xor": xor,
  "07-toy-superposition": superposition,
  "08-modular-addition": modularAddition,
};

/** The examples that train: by `train`, by `trainEnsemble`, and by the lab, whose content hash is that of the command. */
export const examples = async (): Promise<Table> => {
  const table: { [name: string]: string } = {};
  for (const [name, experiment] of Object.entries(experiments)) {
    table[`train ${name}`] = hashTrained([train(experiment)]);
    table[`trainEnsemble ${name}`] = hashTrained(trainEnsemble(experiment, { chains: 4 }));
    table[`landau train ./examples/${name}.mjs --seeds 4`] = await contentHashOf(experiment);
  }
  return table;
};

/** Of the run that the command line makes of an experiment and of four seeds. */
const contentHashOf = async (experiment: Experiment): Promise<string> => {
  const systems = { example: experimentSystem("example", experiment, "here") };
  const study = { name: "train", protocol: "train", chains: 4, chunk: 1, settings: {} };
  const spec = { system: "example", seed: 0, studies: [study] };
  const { contentHash } = await runInMemory(spec, { systems, executor: inlineExecutor(systems) });
  return contentHash;
};
