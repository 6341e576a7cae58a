import { unzipSync } from "fflate";
import { expect, test } from "vitest";
import type { RunRecord } from "../../src/contracts/protocol.ts";
import { readNpy } from "../../src/formats/npy.ts";
import { exportCsv } from "../../src/lab/export-csv.ts";
import { exportNpz } from "../../src/lab/export-npz.ts";
import { recordTable } from "../../src/lab/records.ts";

const records: RunRecord[] = [
  { kind: "step", chain: 0, loss: 0.1, label: "4+", note: 'says "a,b"' },
  {
    kind: "final",
    chain: 0,
    W: [
      [1, 2, 3],
      [4, 5, 6],
    ],
    left: true,
  },
  { kind: "step", chain: 1, loss: null, label: null, note: "two\nlines", extra: -1e-300 },
  {
    kind: "final",
    chain: 1,
    W: [
      [7, 8, 9],
      [10, 11, 12],
    ],
    left: false,
  },
];
const table = recordTable(study => (study === "a" ? records : []));

test("csv: a file per study and kind, quoted as RFC 4180 asks, columns the union of all fields", () => {
  expect(exportCsv(["a", "b"], table)).toEqual([
    {
      name: "a-step.csv",
      content: 'chain,loss,label,note,extra\r\n0,0.1,4+,"says ""a,b""",\r\n1,,,"two\nlines",-1e-300\r\n',
    },
    {
      name: "a-final.csv",
      content: 'chain,W,left\r\n0,"[[1,2,3],[4,5,6]]",true\r\n1,"[[7,8,9],[10,11,12]]",false\r\n',
    },
  ]);
});

const readNpz = (bytes: Uint8Array) =>
  Object.fromEntries(
    Object.entries(unzipSync(bytes)).map(([name, file]) => {
      expect(new TextDecoder("latin1").decode(file)).toContain("'descr':'<f8'");
      const { shape, data } = readNpy(file, name);
      return [name, { shape, data: [...data] }];
    }),
  );

test("npz: numbers, truth values and rectangular lists as float64 arrays, what is missing as NaN", () => {
  const [step, final] = exportNpz(["a", "b"], table);
  expect(step.name).toBe("a-step.npz");
  expect(readNpz(step.content)).toEqual({
    "chain.npy": { shape: [2], data: [0, 1] },
    "loss.npy": { shape: [2], data: [0.1, Number.NaN] },
    "extra.npy": { shape: [2], data: [Number.NaN, -1e-300] },
  });
  expect(readNpz(final.content)).toEqual({
    "chain.npy": { shape: [2], data: [0, 1] },
    "W.npy": { shape: [2, 2, 3], data: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12] },
    "left.npy": { shape: [2], data: [1, 0] },
  });
});

test("npz: a list that is not rectangular, or changes its shape, is left out", () => {
  const odd = recordTable(() => [
    { kind: "x", chain: 0, ragged: [[1], [2, 3]], grows: [1], empty: [] },
    { kind: "x", chain: 1, ragged: [[1], [2, 3]], grows: [1, 2], empty: [] },
  ]);
  expect(readNpz(exportNpz(["a"], odd)[0].content)).toEqual({
    "chain.npy": { shape: [2], data: [0, 1] },
    "empty.npy": { shape: [2, 0], data: [] },
  });
});

test("npz: equal records give equal bytes in every time zone", () => {
  const zone = process.env.TZ;
  const first = exportNpz(["a"], table)[0].content;
  process.env.TZ = "Pacific/Kiritimati";
  try {
    expect(exportNpz(["a"], table)[0].content).toEqual(first);
  } finally {
    if (zone === undefined) delete process.env.TZ;
    else process.env.TZ = zone;
  }
});
