import { join, resolve } from "node:path";
import { drawStores } from "./draw-stores.ts";
import type { FuzzedReader } from "./reader.ts";
import { sqliteStores } from "./sqlite-stores.ts";
import { tables } from "./tables.ts";
import { texts } from "./texts.ts";
import { trainingLogs } from "./training-logs.ts";

/** Every reader of foreign bytes of the project, with valid inputs from the fixtures of the tests. */
export const readers = (root: string): readonly FuzzedReader[] => {
  const fixtures = resolve(root, "test/logs/fixtures");
  const training = join(fixtures, "training");
  return [
    ...trainingLogs(training),
    ...sqliteStores(training),
    ...tables(fixtures),
    ...drawStores(fixtures),
    ...texts(),
  ];
};
