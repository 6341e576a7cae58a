import { expect, test } from "vitest";
import { readTrainingLog } from "../../src/logs/training/training-log.ts";
import { tfRecordFile } from "../support/logs/framed.ts";

/** Pieces of TensorBoard's messages: a key, and a length where one follows. */
const varint = (value: number): number[] =>
  value < 128 ? [value] : [(value % 128) + 128, ...varint(Math.floor(value / 128))];
const part = (key: number, content: readonly number[]): number[] => [key, ...varint(content.length), ...content];
const text = (key: number, words: string): number[] => part(key, [...new TextEncoder().encode(words)]);
const double = (value: number): number[] => [...new Uint8Array(Float64Array.of(value).buffer)];
const float = (...values: readonly number[]): number[] => [...new Uint8Array(Float32Array.from(values).buffer)];

const event = (step: number, ...rest: readonly number[]): Uint8Array =>
  Uint8Array.from([0x09, ...double(1e9 + step), 0x10, ...varint(step), ...rest]);
const scalar = (step: number, value: number): Uint8Array =>
  event(step, ...part(0x2a, part(0x0a, [...text(0x0a, "loss"), 0x15, ...float(value)])));
const tensor = (step: number, tag: string, shape: readonly number[], ...values: readonly number[]): Uint8Array => {
  const content = [
    0x08,
    1,
    ...part(
      0x12,
      shape.flatMap(size => part(0x12, [0x08, size])),
    ),
    ...part(0x2a, float(...values)),
  ];
  return event(step, ...part(0x2a, part(0x0a, [...text(0x0a, tag), ...part(0x42, content)])));
};
/** SessionLog START, as a writer with purge_step puts it down. */
const restart = (step: number): Uint8Array => event(step, ...part(0x3a, [0x08, 1]));

const read = (...events: readonly Uint8Array[]) => readUpTo(undefined, ...events);
const readUpTo = async (mostPoints: number | undefined, ...events: readonly Uint8Array[]) => {
  const bytes = tfRecordFile([event(0, ...text(0x1a, "brain.Event:2")), ...events]);
  const source = async function* () {
    yield bytes;
  };
  const { series, notes } = await readTrainingLog(source(), { name: "events.out.tfevents.1", mostPoints });
  return {
    notes,
    series: series.map(({ name, step, value, provenance: { dropped, resets } }) => ({
      ...{ name, dropped, resets },
      points: [...step].map((at, i) => [at, value[i]]),
    })),
  };
};

test("a restart takes back the points from its step on, and no other; steps may have several bytes", async () => {
  const { series } = await read(
    ...[100, 200, 300, 70_000].map(step => scalar(step, step / 100)),
    restart(200),
    ...[250, 20_000].map(step => scalar(step, -step)),
  );
  expect(series).toEqual([
    {
      ...{ name: "loss", dropped: 3, resets: 1 },
      points: [
        [100, 1],
        [250, -250],
        [20_000, -20_000],
      ],
    },
  ]);
});

test("a tensor is a number where it holds one", async () => {
  const { series, notes } = await read(
    tensor(1, "one", [], 2.5),
    tensor(1, "two", [2], 3, 4),
    tensor(2, "one", [1], 7),
  );
  expect(series.map(({ name, points }) => [name, points])).toEqual([
    [
      "one",
      [
        [1, 2.5],
        [2, 7],
      ],
    ],
  ]);
  expect(notes.join("\n")).toMatch(/tensors not used: two/);
});

test("beyond the most points that are held, evenly spaced ones of each series are kept, and it is said", async () => {
  const events = Array.from({ length: 1000 }, (_, i) => [scalar(i, i), tensor(i, "accuracy", [], -i)]).flat();
  const { series, notes } = await readUpTo(300, ...events);
  expect(notes).toContainEqual(expect.stringMatching(/more than 300 points: one of every 8 of each series is kept/));
  const kept = Array.from({ length: 125 }, (_, i) => 8 * i);
  expect(series.map(({ name, points }) => ({ name, points }))).toEqual([
    { name: "loss", points: kept.map(i => [i, i]) },
    { name: "accuracy", points: kept.map(i => [i, -i]) },
  ]);
});

test("an event file is called by its folder, as its own name says nothing", async () => {
  const bytes = tfRecordFile([event(0, ...text(0x1a, "brain.Event:2")), scalar(1, 0.5)]);
  const runOf = async (name: string): Promise<string> => {
    const source = async function* () {
      yield bytes;
    };
    return (await readTrainingLog(source(), { name })).series[0].run;
  };
  expect(await runOf("runs/exp.3/events.out.tfevents.17.host")).toBe("exp.3");
  expect(await runOf("events.out.tfevents.17.host")).toBe("events.out.tfevents.17");
  expect(await runOf("../events.out.tfevents.17.host")).toBe("events.out.tfevents.17");
  expect(await runOf("runs/log.tfevents")).toBe("log");
});
