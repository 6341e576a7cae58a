import { expect, test } from "vitest";
import type { LogOptions } from "../../src/logs/training/training-log.ts";
import { readTrainingLog } from "../../src/logs/training/training-log.ts";

/** A source of bytes in pieces of a size. */
async function* source(text: string, piece = 7): AsyncGenerator<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; at += piece) yield bytes.subarray(at, at + piece);
}

const read = async (text: string, options: Partial<LogOptions> = {}, piece?: number) => {
  const { format, series, notes } = await readTrainingLog(source(text, piece), { name: "log.txt", ...options });
  const shown = Object.fromEntries(
    series.map(({ run, name, step, value }) => [`${run}: ${name}`, [...step].map((at, i) => [at, value[i]])]),
  );
  return { format, series, notes, shown };
};

test("CSV: a column of steps, quantities, blank cells that are no values, NaN and infinities that are", async () => {
  const { format, shown, notes } = await read("step,loss,acc\n0,2.5,\n10,NaN,0.5\n20,-inf,\n30,Infinity,1\n");
  expect(format).toBe("csv");
  expect(shown).toEqual({
    "log: loss": [
      [0, 2.5],
      [10, Number.NaN],
      [20, -Infinity],
      [30, Infinity],
    ],
    "log: acc": [
      [10, 0.5],
      [30, 1],
    ],
  });
  expect(notes).toEqual([]);
});

test("TSV, decimal commas, a byte-order mark, row numbers, a header that comes again, and one with more columns", async () => {
  const { shown, notes } = await read(
    "\ufeff;step;loss\n0;1;0,5\n1;2;1.234,25\n;step;loss\n2;3;1e-3\n;step;loss;acc\n3;4;7;0,75\n",
  );
  expect(shown).toEqual({
    "log: loss": [
      [1, 0.5],
      [2, 1234.25],
      [3, 0.001],
      [4, 7],
    ],
    "log: acc": [[4, 0.75]],
  });
  expect(notes).toEqual([
    "log.txt: line 4 is the header once more",
    "log.txt: line 6 is a header with other columns",
    "log.txt: commas in numbers are decimal points",
    "log.txt: column without a name counts the rows and is not used",
  ]);
  expect((await read("step\tloss\n1\t0.5\n2\t0.25\n")).shown).toEqual({
    "log: loss": [
      [1, 0.5],
      [2, 0.25],
    ],
  });
});

test("JSON Lines: keys in any order, nested, late and in words; bare NaN; a last line that breaks off", async () => {
  const { format, shown, notes } = await read(
    '{"step": 1, "loss": 0.5}\n{"loss": NaN, "step": 2, "eval": {"acc": 0.25}}\n{"step":3,"loss":-Infinity,"note":"a"}\n' +
      'starting again\n{"step":4,"loss":"NaN","grads":[1,2]}\n{"step":5,"loss":1}\n{"step":6,"lo',
  );
  expect(format).toBe("jsonl");
  expect(shown).toEqual({
    "log: loss": [
      [1, 0.5],
      [2, Number.NaN],
      [3, -Infinity],
      [4, Number.NaN],
      [5, 1],
    ],
    "log: eval/acc": [[2, 0.25]],
  });
  expect(notes).toEqual([
    "log.txt: line 4 is not a JSON object, left out",
    "log.txt: the last line breaks off and is left out",
    "log.txt: grads holds 1 lists, not used",
    'log.txt: column note: words, such as "a", not used',
  ]);
});

test("a restart that overlaps: what follows counts, and is counted", async () => {
  const { series, notes } = await read("step,loss\n1,1\n2,2\n3,3\n4,4\n3,30\n4,40\n5,50\n5,51\n");
  expect([...series[0].step]).toEqual([1, 2, 3, 4, 5]);
  expect([...series[0].value]).toEqual([1, 2, 30, 40, 51]);
  expect(series[0].provenance).toEqual({ kept: 5, dropped: 3, duplicates: 1, resets: 1, sampling: undefined });
  expect(notes).toEqual([
    "loss of log: the steps go back once, as after a restart: 2 points from there on are replaced by what follows",
    "loss of log: 1 point has the step of a later one, which counts",
  ]);
});

test("steps that begin anew are another run; a point that comes late is put in its place", async () => {
  const { shown } = await read("epoch,loss\n0,1\n1,2\n2,NA\n0,4\n1,5\n2,6\n3,7\n");
  expect(shown).toEqual({
    "log: loss": [
      [0, 1],
      [1, 2],
    ],
    "log (2): loss": [
      [0, 4],
      [1, 5],
      [2, 6],
      [3, 7],
    ],
  });
  const late = await read("step,loss\n1,1\n2,2\n4,4\n5,5\n6,6\n3,3\n7,7\n");
  expect([...late.series[0].value]).toEqual([1, 2, 3, 4, 5, 6, 7]);
  expect(late.notes).toEqual(["loss of log: 1 point stands later than its step"]);
});

test("runs, splits, names and times in columns", async () => {
  const { series, shown, notes } = await read(
    "run,split,step,timestamp,loss\na,train,1,2026-01-01 00:00:01,1\na,test,1,2026-01-01T00:00:02Z,2\nb,train,1,2026-01-01T01:00:03+01:00,3\nb,train,2,2026-01-01T00:00:04.5,4\n",
  );
  expect(shown).toEqual({
    "a: train/loss": [[1, 1]],
    "a: test/loss": [[1, 2]],
    "b: train/loss": [
      [1, 3],
      [2, 4],
    ],
  });
  const start = Date.UTC(2026, 0, 1) / 1000;
  expect(series.map(({ time }) => [...time!].map(at => at - start))).toEqual([[1], [2], [3, 4.5]]);
  expect(notes).toEqual([]);
  const tall = await read("run_id,metric,value,step\n7,loss,0.5,1\n7,acc,0.25,1\n7,loss,0.4,2\n");
  expect(tall.shown).toEqual({
    "run_id 7: loss": [
      [1, 0.5],
      [2, 0.4],
    ],
    "run_id 7: acc": [[1, 0.25]],
  });
});

test("the same in pieces of any size", async () => {
  const text =
    'step,"a, b",c\r\n1,"0.5",2\r\n2,"two\nlines",3\r\n3,1e300,\r\n4,-0.1234567890123456789,5\r\nbroken\r\n5,6,7';
  const whole = await read(text, {}, 1000);
  for (const piece of [1, 2, 3, 16]) expect(await read(text, {}, piece)).toEqual(whole);
  expect(whole.notes).toEqual([
    "log.txt: line 7 is of another length than the header, left out",
    "log.txt: no line break after the last line: its last number may be cut",
    'log.txt: column a, b: words among the numbers, such as "two\\nlines", not used',
  ]);
});

test("an export of W&B's charts: a series for each run, said to be a sample; the ranges are noted", async () => {
  const { series, shown, notes } = await read(
    '"Step","a - b - loss","a - b - loss__MIN","a - b - loss__MAX","c - loss","c - loss__MIN","c - loss__MAX"\n0,"1","0.5","2",,,\n7,"0.5","0.25","1","3","3","3"\n',
  );
  expect(shown).toEqual({
    "a - b: loss": [
      [0, 1],
      [7, 0.5],
    ],
    "c: loss": [[7, 3]],
  });
  expect(series[0].provenance.sampling).toContain("W&B");
  // Ranges that are single values are those of an export of all points of one run.
  expect(series[1].provenance.sampling).toBeUndefined();
  expect(notes[0]).toBe("log.txt: columns __MIN and __MAX, the ranges of a chart of W&B, are not used");
});

test("exactly 500 points at uneven steps are likely a sample", async () => {
  const rows = (count: number, step: (i: number) => number) =>
    `step,loss\n${Array.from({ length: count }, (_, i) => `${step(i)},1\n`).join("")}`;
  const uneven = (i: number) => 10 * i + ((i * i) % 7);
  const sampling = async (text: string) => (await read(text, {}, 1000)).series[0].provenance.sampling;
  expect(await sampling(rows(500, uneven))).toContain("exactly 500 points");
  expect(await sampling(rows(499, uneven))).toBeUndefined();
  expect(await sampling(rows(500, i => 10 * i))).toBeUndefined();
});

test("documents: lists by name, records, the state of a trainer whose loss was lost", async () => {
  expect((await read('{"loss": [3, NaN, 1], "epoch": [1, 2, 3]}')).shown).toEqual({
    "log: loss": [
      [1, 3],
      [2, Number.NaN],
      [3, 1],
    ],
  });
  const { format, shown, notes } = await read(
    '{\n "epoch": 1.0,\n "log_history": [\n {"step": 10, "loss": 2.0, "grad_norm": 1.0},\n {"step": 20, "loss": 0.0, "grad_norm": NaN},\n {"step": 30, "loss": 0.0, "grad_norm": NaN},\n {"step": 30, "eval_loss": NaN},\n {"step": 30, "train_runtime": 5.0, "train_loss": 0.7}\n ]\n}\n',
  );
  expect(format).toBe("json");
  expect(shown["log: loss"]).toEqual([
    [10, 2],
    [20, Number.NaN],
    [30, Number.NaN],
  ]);
  expect(shown["log: eval_loss"]).toEqual([[30, Number.NaN]]);
  expect(notes).toHaveLength(3);
});

test("losses that Hugging Face's trainer writes as 0, as they are not finite, are NaN whatever it reports to", async () => {
  const rows = [
    [10, 2, 1],
    [15, 0, 0.5],
    [20, 0, Number.NaN],
    [25, 3, Number.NaN],
  ];
  const log = (norm: string) =>
    rows
      .map(([step, loss, size]) => `{"step": ${step}, "train/loss": ${loss}, "${norm}": ${size}, "eval/loss": 0}\n`)
      .join("");
  const { shown, notes } = await read(log("train/grad_norm"));
  expect(shown["log: train/loss"]).toEqual([
    [10, 2],
    [15, 0],
    [20, Number.NaN],
    [25, 3],
  ]);
  expect(shown["log: eval/loss"].map(([, value]) => value)).toEqual([0, 0, 0, 0]);
  expect(notes).toEqual([
    "train/loss of log: 0 from step 20 on where train/grad_norm is NaN, as trainers of Hugging Face write a loss that is not finite: read as NaN",
  ]);
  const other = await read(log("eval_grad_norm"));
  expect(other.shown["log: train/loss"].map(([, value]) => value)).toEqual([2, 0, 0, 3]);
  expect(other.notes).toEqual([]);
});

test("a row that counts something else among the steps, as the epochs of MMEngine, is no new run", async () => {
  const train = (from: number) => [0, 1, 2, 3].map(i => `{"loss": ${from + i}.5, "step": ${from + i}}\n`).join("");
  const { shown } = await read(`${train(1)}{"mAP": 0.5, "step": 1}\n${train(5)}{"mAP": 0.75, "step": 2}\n${train(9)}`);
  expect(Object.keys(shown)).toEqual(["log: loss", "log: mAP"]);
  expect(shown["log: loss"]).toHaveLength(12);
  expect(shown["log: mAP"]).toEqual([
    [1, 0.5],
    [2, 0.75],
  ]);
  // Two runs one after the other are two, also where the first ended early.
  const twice = await read(`${train(1)}${train(1)}${train(5)}`);
  expect(Object.keys(twice.shown)).toEqual(["log: loss", "log (2): loss"]);
});

test("what is no log is refused by name, with the line", async () => {
  await expect(read("step,loss\n1,2,3\n1,2,3\n")).rejects.toThrow("log.txt:2: of another length than the header");
  await expect(read("step\n1\n2\n")).rejects.toThrow("log.txt: no series: needs numbers over steps");
  await expect(read("")).rejects.toThrow("log.txt: no line");
  await expect(read("{1}\n{2}\n", { format: "jsonl" })).rejects.toThrow("log.txt:1: not a JSON object");
  await expect(read("CDF\x01\0\0\0")).rejects.toThrow("netCDF");
  const lines = [1, 2, 3].map(second => `[2026-01-01 10:00:0${second}] INFO saved the weights\n`);
  await expect(read(lines.join(""))).rejects.toThrow("log.txt:2: words again, and more such lines than rows");
});

test("words in the place of steps are named, and refused where they are most of them", async () => {
  const rows = (steps: readonly string[]): string =>
    `step,loss\n${steps.map((step, i) => `${step},0.${i}\n`).join("")}`;
  await expect(read(rows(["950", '"1,000"', '"1,050"']))).rejects.toThrow(
    'log.txt: column step: 2 rows hold words instead of a step, such as "1,000": needs numbers such as 1050',
  );
  const { notes } = await read(rows(["1", "2", "three", "4"]));
  expect(notes[0]).toBe('log.txt: column step: 1 row holds a word instead of a step, such as "three"');
  await expect(read("step,share\n1,4 %\n2,5 %\n")).rejects.toThrow(
    'needs numbers over steps (log.txt: column share: words, such as "4 %", not used)',
  );
});

test("true and false in JSON are 1 and 0, in lines and within a document", async () => {
  const lines = ['{"step":1,"best":true}', '{"step":2,"best":false}', '{"step":3,"best":true}'];
  for (const text of [lines.join("\n"), `{"log_history":[${lines.join(",")}]}`])
    expect((await read(text)).shown).toEqual({
      "log: best": [
        [1, 1],
        [2, 0],
        [3, 1],
      ],
    });
});

test("a quantity of each step, as Lightning names it, is no counter; a counter is whole and goes up", async () => {
  const { shown, notes } = await read(
    "epoch,step,train/loss_step,train/loss_epoch\n0,9,0.5,\n0,19,0.25,\n0,19,,0.4\n1,29,0.125,\n",
  );
  expect(shown).toEqual({
    "log: train/loss_step": [
      [9, 0.5],
      [19, 0.25],
      [29, 0.125],
    ],
    "log: train/loss_epoch": [[19, 0.4]],
  });
  expect(notes).toEqual(["log.txt: column epoch not used beside step"]);
  const counters = await read("env_step,reward_step,reward\n10,2,1\n20,3,2\n30,0,3\n10,1,4\n20,5,5\n30,2,6\n40,4,7\n");
  expect(Object.keys(counters.shown)).toContain("log: reward_step");
  expect(counters.notes.join()).toContain("the steps begin anew once");
});

test("of two counters beside as many values, that of the same section", async () => {
  const { shown } = await read("train/step,val/step,train/loss,val/loss\n0,0,4,8\n10,100,2,6\n20,200,1,5\n");
  expect(shown).toEqual({
    "log: train/loss": [
      [0, 4],
      [10, 2],
      [20, 1],
    ],
    "log: val/loss": [
      [0, 8],
      [100, 6],
      [200, 5],
    ],
  });
});

test("JSON: lists beside their own steps, as sections and as Sacred has them", async () => {
  const sections = { train: { step: [0, 1, 2, 3], loss: [4, 3, 2, 1] }, val: { epoch: [0, 2], loss: [5, 4] } };
  expect((await read(JSON.stringify(sections))).shown).toEqual({
    "log: train/loss": [
      [0, 4],
      [1, 3],
      [2, 2],
      [3, 1],
    ],
    "log: val/loss": [
      [0, 5],
      [2, 4],
    ],
  });
  const sacred = {
    "train.loss": { name: "train.loss", steps: [0, 10, 20], timestamps: ["a", "b", "c"], values: [3, 2, 1] },
    "val.acc": { name: "val.acc", steps: [20], timestamps: ["c"], values: [0.5] },
  };
  const { shown, notes } = await read(JSON.stringify(sacred, null, 2));
  expect(shown).toEqual({
    "log: train.loss": [
      [0, 3],
      [10, 2],
      [20, 1],
    ],
    "log: val.acc": [[20, 0.5]],
  });
  expect(notes).toEqual(["log.txt: train.loss/name, train.loss/timestamps, val.acc/name, val.acc/timestamps not used"]);
});

test("JSON: tables as pandas writes them, points as TensorBoard downloads and tensorboardX exports them", async () => {
  const loss = {
    "log: loss": [
      [0, 3],
      [10, 2],
      [20, 1],
    ],
  };
  for (const document of [
    { step: { 0: 0, 1: 10, 2: 20 }, loss: { 0: 3, 1: 2, 2: 1 } },
    { 0: { step: 0, loss: 3 }, 1: { step: 10, loss: 2 }, 2: { step: 20, loss: 1 } },
    {
      columns: ["step", "loss"],
      index: [0, 1, 2],
      data: [
        [0, 3],
        [10, 2],
        [20, 1],
      ],
    },
    {
      loss: [
        [1.7e9, 0, 3],
        [1.7e9 + 1, 10, 2],
        [1.7e9 + 2, 20, 1],
      ],
    },
  ])
    expect((await read(JSON.stringify(document))).shown).toEqual(loss);
  for (const document of [
    { loss: { 0: 3, 10: 2, 20: 1 } },
    { 0: { loss: 3 }, 10: { loss: 2 }, 20: { loss: 1 } },
    { columns: ["loss"], index: [0, 10, 20], data: [[3], [2], [1]] },
  ]) {
    const { shown, notes } = await read(JSON.stringify(document));
    expect(shown).toEqual(loss);
    expect(notes).toEqual(["log.txt: column index, which labels the rows, is taken for steps"]);
  }
  const points = await read("[[1700000000.5, 0, 3.0], [1700000001.5, 10, NaN]]");
  expect(points.shown).toEqual({
    "log: value": [
      [0, 3],
      [10, Number.NaN],
    ],
  });
  expect([...points.series[0].time!]).toEqual([1700000000.5, 1700000001.5]);
});

test("a document on one line that is longer than what tells the format, and lines as long", async () => {
  const loss = Array.from({ length: 8000 }, (_, i) => 1 / (i + 3));
  for (const document of [
    { loss },
    { log_history: loss.map((each, step) => ({ step, loss: each })) },
    { loss: { ...loss } },
  ]) {
    const { series } = await read(JSON.stringify(document), {}, 4096);
    expect(series.map(({ name, value }) => [name, [...value]])).toEqual([["loss", loss]]);
  }
  const lines = [0, 1, 2].map(step => JSON.stringify({ step, bins: loss, loss: 3 - step })).join("\n");
  const { shown, notes } = await read(lines, {}, 4096);
  expect(shown["log: loss"]).toEqual([
    [0, 3],
    [1, 2],
    [2, 1],
  ]);
  expect(notes).toEqual(["log.txt: bins holds 3 lists, not used"]);
});
