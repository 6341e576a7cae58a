/** The one study of an experiment's runs, and its protocol. */
export const STUDY = "train";

/** Fields of a checkpoint that are no measurements of the model. */
export const bookkeeping: ReadonlySet<string> = new Set(["kind", "chain", "step", "batchLoss"]);

/** What a quantity is called where it is measured on test data: "loss" -> "testLoss". */
export const testName = (quantity: string): string => `test${quantity[0].toUpperCase()}${quantity.slice(1)}`;
