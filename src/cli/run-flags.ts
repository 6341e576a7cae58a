import type { Command } from "commander";
import { callText } from "../call-text.ts";
import { wholeNumber } from "./option-values.ts";

/** Where runs are kept unless given otherwise. */
const RUNS = "runs";

/** Flags of the commands that run something. */
export interface RunFlags {
  readonly runs: string;
  readonly workers?: number;
  readonly json?: true;
  /** Whether a report is written. */
  readonly report: boolean;
}

export const withRunFlags = (command: Command): Command =>
  withRuns(command)
    .option("--workers <number>", "threads to use (default: all cores)", wholeNumber("workers", { min: 1, max: 1024 }))
    .option("--json", "print JSON only; progress goes to the standard error")
    .option("--no-report", `leave out the report, which ${callText("resume RUN")} writes later`);

export const withRuns = (command: Command): Command => command.option("--runs <folder>", "folder of the runs", RUNS);

export const withSeed = (command: Command): Command =>
  command.option("--seed <number>", "seed of all random numbers", wholeNumber("seed"), 0);
