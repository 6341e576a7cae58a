import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { checkpointsIn } from "../../src/cli/along.ts";
import { readLogs } from "../../src/lab/node/log-files.ts";

let folder = "";
beforeEach(() => {
  folder = join(mkdtempSync(join(tmpdir(), "landau-")), "tuned");
});
afterEach(() => rmSync(dirname(folder), { recursive: true }));

const put = (name: string, text: string): void => {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
};

/** A trainer's state after so many steps of ten. */
const state = (steps: number): string =>
  JSON.stringify({
    global_step: 10 * steps,
    log_history: Array.from({ length: steps }, (_, i) => ({ step: 10 * (i + 1), loss: 1 / (i + 1) })),
  });

const read = async () => {
  const { series, notes } = await readLogs([folder]);
  return { shown: series.map(({ run, name, step }) => [run, name, step.length]), notes };
};

test("a trainer's checkpoints and what it saved at the end are one run: the later state has it all", async () => {
  put("checkpoint-20/trainer_state.json", state(2));
  put("checkpoint-30/trainer_state.json", state(3));
  expect((await read()).shown).toEqual([["tuned", "loss", 3]]);
  put("trainer_state.json", state(4));
  const ended = await read();
  expect(ended.shown).toEqual([["tuned", "loss", 4]]);
  expect(ended.notes).toContain(`${folder}: the states of its checkpoints are parts of that beside them, not used`);
  // Training that was taken up again.
  put("checkpoint-90/trainer_state.json", state(9));
  const again = await read();
  expect(again.shown).toEqual([["tuned", "loss", 9]]);
  expect(again.notes).toContain(`${join(folder, "trainer_state.json")}: older than the last checkpoint, not used`);
});

test("the files of DVCLive, one for each metric, are one run; other tables beside them are not", async () => {
  const home = "first/dvclive/plots/metrics";
  put(`${home}/train/loss.tsv`, "timestamp\tstep\tloss\n1767225600500\t0\t2\n1767225601500\t1\t1\n");
  put(`${home}/acc.tsv`, "step\tacc\n0\t0.5\n");
  put(`${home}/table.tsv`, "step\tp\tq\n0\t1\t2\n");
  put(`${home}/other.tsv`, "step\tp\n0\t1\n");
  put(`${home}/epoch.tsv`, "step\tepoch\n0\t0\n1\t0\n");
  put(`second/${home}/acc.tsv`, "step\tacc\n0\t0.75\n");
  const { shown, notes } = await read();
  expect(notes).toEqual([`${join(folder, home, "epoch.tsv")}: columns step, epoch: nothing else is logged`]);
  expect(shown).toEqual([
    ["first/dvclive", "acc", 1],
    [`${home}/other`, "p", 1],
    [`${home}/table`, "p", 1],
    [`${home}/table`, "q", 1],
    ["first/dvclive", "train/loss", 2],
    ["second/first/dvclive", "acc", 1],
  ]);
  // A folder within the run names the same.
  const { series } = await readLogs([join(folder, home, "train")]);
  expect(series.map(({ run, name, time }) => [run, name, time?.[0]])).toEqual([
    ["dvclive", "train/loss", 1767225600.5],
  ]);
});

test("checkpoints in folders with the step in their names, as Hugging Face saves them", async () => {
  for (const step of [100, 20]) put(`checkpoint-${step}/model.safetensors`, "");
  put("checkpoint-20/optimizer.pt", "");
  put("model.safetensors", "");
  put("runs/events.npz", "");
  expect(await checkpointsIn(folder)).toEqual(
    [20, 100].map(step => ({ step, path: join(folder, `checkpoint-${step}`, "model.safetensors") })),
  );
  put("checkpoint-300/model-00001-of-00002.safetensors", "");
  put("checkpoint-300/model-00002-of-00002.safetensors", "");
  await expect(checkpointsIn(folder)).rejects.toThrow(
    "checkpoint-300: 2 files of weights, model-00001-of-00002.safetensors and",
  );
});
