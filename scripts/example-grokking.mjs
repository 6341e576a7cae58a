#!/usr/bin/env node
/**
 * Writes examples/data/grokking.csv: a network of 128 neurons that learns addition modulo 23 from half of the pairs and generalises long after it has them by heart (recipe S2 of
 * the system `modular`), every step up to 100 and every tenth after. Needs a build.
 *
 *     node scripts/example-grokking.mjs
 */
import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { inlineExecutor, runInMemory, systems } from "landau";

const DIGITS = 6;
const settings = {
  p: 23,
  K: 128,
  trainFraction: 0.5,
  weightDecay: 0.3,
  steps: 4000,
  evaluateEvery: 1,
  measurements: "none",
};

const own = { modular: await systems.modular.load() };
const { records } = await runInMemory(
  { system: "modular", seed: 1, studies: [{ name: "train", protocol: "train", chains: 1, settings }], claims: [] },
  { systems: own, executor: inlineExecutor(own) },
);
const seen = records("train", "evaluation");
const shown = seen.filter(({ step }) => step <= 100 || step % 10 === 0);
const number = value => String(Number(value.toPrecision(DIGITS)));
const rows = shown.map(({ step, trainLoss, testLoss, trainAccuracy, testAccuracy }) =>
  [step, ...[trainLoss, testLoss, trainAccuracy, testAccuracy].map(number)].join(","),
);
writeFileSync(
  resolve(import.meta.dirname, "../examples/data/grokking.csv"),
  `step,train_loss,test_loss,train_accuracy,test_accuracy\n${rows.join("\n")}\n`,
);
