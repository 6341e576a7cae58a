#!/usr/bin/env node
/**
 * Writes examples/data/capability.csv: the trained classifiers of five seeds of the system `emergence` as a capability table, a row for each score. Needs a build.
 *
 *     node scripts/example-capability.mjs
 */
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { inlineExecutor, runInMemory, systems } from "landau";

const LENGTHS = [2, 5, 10, 20, 40, 100];
const SHOWN = [100, 2];

const own = { emergence: await systems.emergence.load() };
const { records } = await runInMemory(
  {
    system: "emergence",
    seed: 7,
    studies: [{ name: "classifiers", protocol: "classifiers", chains: 5, settings: {} }],
    claims: [],
  },
  { systems: own, executor: inlineExecutor(own) },
);
const models = records("classifiers", "sample");
const rows = SHOWN.flatMap(length =>
  models.flatMap(({ N, chain, tokens, right, exact }) => {
    const n = Math.floor(tokens / length);
    const row = (metric, score) => [`${length} tokens`, `softmax-${N}`, chain, N, metric, score, n, length].join(",");
    return [row("exact_match", exact[LENGTHS.indexOf(length)] / n), row("token_accuracy", right / tokens)];
  }),
);
writeFileSync(
  resolve(import.meta.dirname, "../examples/data/capability.csv"),
  `task,model,seed,training_tokens,metric,score,n,length\n${rows.join("\n")}\n`,
);
