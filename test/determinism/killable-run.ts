import { writeSync } from "node:fs";
import { inlineExecutor } from "../../src/lab/executor.ts";
import { systemsWith } from "../../src/lab/node/experiment-file.ts";
import { type RunOptions, resumeRun, startRun } from "../../src/lab/node/run.ts";
import { trainingOf } from "./training-of.ts";

/*
 * Bundled for Node: trains an example as `landau train <path> --seeds 4` does, but for the workers and the report, into a folder
 * of runs, or goes on with the run that is there. It saves its state at every checkpoint, so that a short run has many to be
 * resumed from. Prints a dot for each record, then the content hash.
 */
const [example, folder, action] = process.argv.slice(2);
const { name, systems } = await systemsWith(example);
const options: RunOptions = {
  systems,
  folder,
  executor: inlineExecutor(systems),
  saveEvery: 0,
  onRecord: () => void writeSync(1, "."),
};
const { contentHash } =
  action === "resume"
    ? await resumeRun("last", options)
    : await startRun({ ...options, spec: trainingOf(name), command: "test" });
writeSync(1, `\n${contentHash}\n`);
