import { describe, expect, test } from "vitest";
import { printedLine } from "../../src/logs/training/printed-line.ts";
import { readTrainingLog } from "../../src/logs/training/training-log.ts";

const read = async (text: string) => {
  const bytes = new TextEncoder().encode(text);
  const source = async function* () {
    for (let i = 0; i < bytes.length; i += 1000) yield bytes.subarray(i, i + 1000);
  };
  const { format, series, notes } = await readTrainingLog(source(), { name: "run.log" });
  const shown = Object.fromEntries(
    series.map(({ name, step, value }) => [name, [...step].map((at, i) => [at, value[i]])]),
  );
  return { format, series, shown, notes };
};
const lines = (count: number, line: (i: number) => string): string =>
  Array.from({ length: count }, (_, i) => line(i)).join("");

describe("a line", () => {
  const named = (text: string) => Object.fromEntries(printedLine(text).pairs.map(({ name, value }) => [name, value]));
  test.each([
    ["iter 10: loss 2.6019, time 30.59ms, mfu 8.61%", { iter: 10, loss: 2.6019, "time (ms)": 30.59, mfu: 8.61 }],
    ["step 250: train loss 4.2874, val loss 4.28", { step: 250, "train loss": 4.2874, "val loss": 4.28 }],
    [
      " [2026-01-01 10:00:01] iteration       10/    5000 | elapsed time per iteration (ms): 312.3 | lm loss: 2.6E+00 | number of nan iterations: 0 |",
      { iteration: 10, "elapsed time per iteration (ms)": 312.3, "lm loss": 2.6, "number of nan iterations": 0 },
    ],
    [
      "step    1/200 | loss 2.60 (+nanz)| norm 1.2 | lr 6.00e-04 | 2850.27 ms | 52.8% bf16 MFU",
      { step: 1, loss: 2.6, norm: 1.2, lr: 6e-4 },
    ],
    [
      "[rank0]:[titan] 2026-01-01 10:00:00,123 - root - INFO - \x1b[31mstep: 10  \x1b[32mloss:  2.60  \x1b[33mmemory: 50.1GiB(52.8%)  tps: 5,000",
      { step: 10, loss: 2.6, "memory (GiB)": 50.1, tps: 5000 },
    ],
    ["Train Epoch: 1 [640/60000 (1%)]\tLoss: 2.301", { "Train Epoch": 1, Loss: 2.301 }],
    [
      "Epoch: [0][ 10/5005]\tTime  0.342 ( 1.2)\tLoss 6.9e+00 (6.9e+00)\tAcc@1 0.39 ( 0.2)",
      { Epoch: 0, "Time (printed)": 0.342, Loss: 6.9, "Acc@1": 0.39 },
    ],
    ["[3]\ttrain-rmse:1.5\teval-rmse:nan", { step: 3, "train-rmse": 1.5, "eval-rmse": Number.NaN }],
    ["[12]\ttraining's l2: 2.5\tvalid_1's l2: 2.6", { step: 12, "training's l2": 2.5, "valid_1's l2": 2.6 }],
    ["{'loss': '2.5', 'grad_norm': -inf, 'epoch': 0.5}", { loss: 2.5, grad_norm: -Infinity, epoch: 0.5 }],
    ["   100: train loss 2.3e+00 test loss 6.9", { step: 100, "train loss": 2.3, "test loss": 6.9 }],
    [
      "I0101 10:00:01.123456 140737 logging_writer.py:48] [400] accuracy=0.5, loss=1.25",
      { step: 400, accuracy: 0.5, loss: 1.25 },
    ],
    ["2026-01-01 10:00:00.123 | INFO     | __main__:train:42 - step=40 loss=1.5", { step: 40, loss: 1.5 }],
    ["Epoch 3:  45%|####5     | 45/100 [00:01<00:02, 30.1it/s, loss=0.53]", { Epoch: 3, loss: 0.53 }],
    ["train:  45%|####5     | 45/100 [00:01<00:02, 30.1it/s, loss=0.53]", { loss: 0.53 }],
    ["Validation DataLoader 0:  45%|####5     | 9/20 [00:01<00:02]", {}],
    ["version 1.2.3 on 2026-01-02 at 10:30, host 10.0.0.1", {}],
    ["we took the run with name=7", { name: 7 }],
    ["so it is that in this very place 3 were seen", {}],
    ["loss 1.5.", { loss: 1.5 }],
  ])("%j", (text, expected) => {
    expect(named(text)).toEqual(expected);
  });

  test("its date, with the comma of Python's logging, and its bar", () => {
    expect(printedLine("2026-01-01 10:00:00,123 loss: 1")).toMatchObject({
      time: "2026-01-01T10:00:00.123",
      bar: undefined,
    });
    expect(printedLine("[2026-01-01T10:00:00+02:00] 3/10 loss=1")).toMatchObject({
      time: "2026-01-01T10:00:00+02:00",
      bar: { done: 3, of: 10 },
    });
  });
});

test("steps of an epoch go on from one epoch to the next; an epoch's lines behind stand where it ended", async () => {
  const text = lines(
    4,
    epoch =>
      `${lines(5, i => `Train Epoch: ${epoch + 1} [${i * 20}/100 (${i * 20}%)]\tLoss: ${epoch + i / 10}\n`)}\nTest set: Average loss: ${epoch}.5, Accuracy: ${90 + epoch}/100\n`,
  );
  const { format, shown } = await read(`Namespace(seed=1)\n${text}`);
  expect(format).toBe("text");
  expect(shown.Loss).toHaveLength(20);
  expect(shown.Loss[6]).toEqual([120, 1.1]);
  expect(shown["Average loss"]).toEqual([0, 1, 2, 3].map(epoch => [100 * epoch + 80, epoch + 0.5]));
  expect(shown.Accuracy.map(([, value]) => value)).toEqual([90, 91, 92, 93]);
});

test("a bar that writes over itself, alone or with backspaces; a name above it; what goes on over all epochs as it is", async () => {
  const keras = lines(
    3,
    epoch =>
      `Epoch ${epoch + 1}/3\n\r\x1b[1m1/5\x1b[0m \x1b[1m0s\x1b[0m 14ms/step - loss: ${epoch}.9${"\b".repeat(20)}5/5 ━━━ 0s 8ms/step - loss: ${epoch}.5 - val_loss: ${epoch}.7\n`,
  );
  const { shown, notes } = await read(keras);
  expect(shown).toEqual({
    loss: [0, 1, 2].flatMap(epoch => [
      [5 * epoch + 1, epoch + 0.9],
      [5 * epoch + 5, epoch + 0.5],
    ]),
    val_loss: [0, 1, 2].map(epoch => [5 * epoch + 5, epoch + 0.7]),
  });
  expect(notes).toEqual(["run.log: column Epoch not used beside step"]);
  const whole = await read(
    lines(9, i => ` ${i}%|#   | ${i * 10}/90 [00:01<00:02]{'loss': ${i}.5, 'epoch': ${i / 4}}\n`),
  );
  expect(whole.shown).toEqual({
    loss: lines(9, i => `${i} `)
      .trim()
      .split(" ")
      .map(i => [10 * +i, +i + 0.5]),
  });
});

test("bars before the first epoch, and of validation, are of nothing that is trained", async () => {
  const bar = (name: string, i: number, more: string) =>
    `\r${name}: ${25 * i}%|##  | ${i}/4 [00:00<00:01, 9it/s${more}]`;
  const bars = (name: string, more: (i: number) => string) => lines(5, i => bar(name, i, more(i)));
  const text = `${bars("Sanity Checking DataLoader 0", () => "")}\r 50%|# | 1/2 [00:01<00:01, loss=9]\n${lines(
    3,
    epoch =>
      `${bars(`Epoch ${epoch}`, i => (i === 0 ? "" : `, loss=${epoch}.${i}`))}${bars("Validation DataLoader 0", () => "")}${bar(`Epoch ${epoch}`, 4, `, loss=${epoch}.4, val_loss=${epoch}.7`)}${bar(`Epoch ${epoch}`, 0, `, loss=${epoch}.4`)}\n`,
  )}`;
  const { shown } = await read(text);
  expect(Object.keys(shown)).toEqual(["loss", "val_loss"]);
  expect(shown.loss.slice(-12)).toEqual(
    [0, 1, 2].flatMap(e => [1, 2, 3, 4].map(i => [4 * e + i, Number(`${e}.${i}`)])),
  );
  expect(shown.val_loss).toEqual([0, 1, 2].map(epoch => [4 * epoch + 4, epoch + 0.7]));
});

test("a total of 0 leaves the steps of the others alone", async () => {
  const { shown } = await read(
    lines(
      3,
      e =>
        `Epoch ${e}: 0/0 [00:00, loss=${e}.1]\n${lines(2, i => `Epoch ${e}: ${i + 1}/2 [00:01, loss=${e}.${i + 2}]\n`)}`,
    ),
  );
  expect(shown.loss.map(([step]) => step)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  expect(shown.loss.map(([, value]) => value)).toEqual([0.1, 0.2, 1.1, 1.2, 2.1, 2.2, 2.3]);
});

test("names that come fewer than three times, lines without numbers, and lines that stand in no table are no series", async () => {
  const { shown, notes, series } = await read(
    `seed=7 p=113\ncompiling the model...\n${lines(6, i => `2026-01-01 10:00:0${i},500 - step: ${10 * i}  loss: ${i}\n${i % 3 === 0 ? `step ${10 * i}: val loss ${i}.5\n` : ""}`)}saved\n`,
  );
  expect(Object.keys(shown)).toEqual(["loss"]);
  expect(series[0].time?.[1]).toBe(Date.parse("2026-01-01T10:00:01.5Z") / 1000);
  expect(notes.slice(0, 2)).toEqual([
    "run.log: seed, p, val loss: printed fewer than 3 times, not used",
    "run.log: 2 of 11 lines hold no number with a name, left out",
  ]);
});

test("a table stays one, and what is neither is refused as a table", async () => {
  expect((await read("step loss\n1 2.5\n2 2.25\n")).format).toBe("csv");
  expect((await read("# lr: 0.1\nstep,loss\n1,2.5\n2,2.25\n")).format).toBe("csv");
  expect((await read("run,name,step,value\na,loss: 1,1,2.5\na,loss: 1,2,2.25\n")).format).toBe("csv");
  expect((await read(lines(5, i => `[Epoch ${i}] loss 2.${i} acc ${i}.00%\n`))).shown).toEqual({
    loss: [0, 1, 2, 3, 4].map(i => [i, Number(`2.${i}`)]),
    acc: [0, 1, 2, 3, 4].map(i => [i, i]),
  });
  await expect(read("once upon a time\nthere was a loss\n")).rejects.toThrow("run.log");
});
