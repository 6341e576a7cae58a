import { grokking } from "../../../src/systems/embedding/claims/studies.ts";
import { trainProtocol } from "../../../src/systems/embedding/protocols/train.ts";
import { recordsOf } from "../../systems/swept.ts";
import type { RunTable } from "./writers.ts";

/**
 * The published grokking run of toy addition as a log, a row every ten steps: the training pairs are learned at step 1584, the others at 2594. Those are the two
 * transitions that an instrument has to find in it.
 */
export const grokkingRun = (): RunTable & { readonly trainStep: number; readonly testStep: number } => {
  const records = recordsOf(trainProtocol, { ...grokking.quick!.settings, stop: "end", every: 10 });
  const seen = records.filter(({ kind }) => kind === "checkpoint");
  const [final] = records.filter(({ kind }) => kind === "final");
  const column = (name: string): number[] => seen.map(record => record[name] as number);
  return {
    run: "grokking",
    step: column("step"),
    columns: { loss: column("loss"), trainAccuracy: column("trainAccuracy"), testAccuracy: column("testAccuracy") },
    trainStep: final.trainStep as number,
    testStep: final.testStep as number,
  };
};
