import { unzipSync } from "fflate";
import { expect, test } from "vitest";
import type { Verdict } from "../../src/contracts/claim.ts";
import type { RunRecord } from "../../src/contracts/protocol.ts";
import { readNpy } from "../../src/formats/npy.ts";
import { numberText } from "../../src/formats/number-text.ts";
import { exportCsv } from "../../src/lab/export-csv.ts";
import { exportNpz } from "../../src/lab/export-npz.ts";
import type { ExportedRun } from "../../src/lab/record-tables.ts";
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

const run = (over: Partial<ExportedRun> = {}): ExportedRun => ({
  ...table,
  studies: ["a", "b"].map(name => ({ name, protocol: "walk", settings: {} })),
  verdicts: [],
  ...over,
});
const filesOf = (exported: ExportedRun, system: Parameters<typeof exportCsv>[1] = { name: "own" }) =>
  Object.fromEntries(exportCsv(exported, system).map(({ name, content }) => [name, content]));

test("csv: a file per study and kind, quoted as RFC 4180 asks; columns the union of all fields, lists a column for each entry", () => {
  const files = filesOf(run());
  expect(Object.keys(files)).toEqual(["a-step.csv", "a-final.csv", "dictionary.csv"]);
  expect(files["a-step.csv"]).toBe(
    'chain,loss,label,note,extra\r\n0,0.1,4+,"says ""a,b""",\r\n1,,,"two\nlines",-1e-300\r\n',
  );
  expect(files["a-final.csv"]).toBe(
    'chain,"W[0,0]","W[0,1]","W[0,2]","W[1,0]","W[1,1]","W[1,2]",left\r\n0,1,2,3,4,5,6,true\r\n1,7,8,9,10,11,12,false\r\n',
  );
});

test("csv: objects and lists of different lengths become columns too; only what would be thousands stays JSON", () => {
  const uneven: RunRecord[] = [
    {
      kind: "x",
      chain: 0,
      occupancy: { "5+": 0.25, "5": 0.75 },
      list: [1],
      deep: [{ a: 1 }],
      none: [],
      long: new Array(1001).fill(0),
    },
    { kind: "x", chain: 1, occupancy: { "5+": 1 }, list: [1, 2], deep: null, none: [], long: [7] },
  ];
  const odd = recordTable(() => uneven);
  const { "a-x.csv": text } = filesOf(run({ ...odd, studies: [{ name: "a", protocol: "walk", settings: {} }] }));
  const [header, first, second] = text.split("\r\n");
  expect(header).toBe("chain,occupancy.5,occupancy.5+,list[0],list[1],deep[0].a,none,long");
  expect(first.startsWith('0,0.75,0.25,1,,1,,"[0,0,')).toBe(true);
  expect(second).toBe("1,,1,1,2,,,[7]");
});

test("csv: one row a draw, with the parameters that were kept", () => {
  const draws = recordTable(() => [
    { kind: "draws", chain: 0, from: 0, to: 2, loss: [0.5, 0.25], label: ["a", "b"] },
    { kind: "draws", chain: 0, from: 2, to: 3, loss: [0.125], label: ["a"] },
    { kind: "draws", chain: 1, from: 0, to: 2, loss: [1, 2], label: ["a", "a"] },
  ]);
  const parameters = () =>
    new Map([
      [
        0,
        {
          w: { shape: [3, 2], data: Float64Array.of(1, 2, 3, 4, 5, 6) },
          b: { shape: [3], data: Float64Array.of(7, 8, 9) },
        },
      ],
      [
        1,
        {
          w: { shape: [2, 2], data: Float64Array.of(0.1 + 0.2, 11, 12, 13) },
          b: { shape: [2], data: Float64Array.of(14, 15) },
        },
      ],
    ]);
  const studies = [{ name: "s", protocol: "posterior", settings: {} }];
  expect(filesOf(run({ ...draws, studies, parameters }))["s-draws.csv"].split("\r\n")).toEqual([
    'chain,draw,loss,label,"w[0]","w[1]",b'.replaceAll('"', ""),
    "0,0,0.5,a,1,2,7",
    "0,1,0.25,b,3,4,8",
    "0,2,0.125,a,5,6,9",
    "1,0,1,a,0.3,11,14",
    "1,1,2,a,12,13,15",
    "",
  ]);
  // Records that hold means of batches stay, and the draws have a table of their own.
  const means = recordTable(() => [{ kind: "draws", chain: 0, from: 0, to: 2, meanLoss: 0.5, occupancy: [1, 0] }]);
  const files = filesOf(run({ ...means, studies, parameters }));
  expect(files["s-draws.csv"].split("\r\n")[0]).toBe("chain,from,to,meanLoss,occupancy[0],occupancy[1]");
  expect(files["s-parameters.csv"].split("\r\n").slice(0, 2)).toEqual(["chain,draw,w[0],w[1],b", "0,0,1,2,7"]);
});

test("csv: a verdict has a row for each comparison, with the ends of its interval and of what is allowed", () => {
  const verdicts: Verdict[] = [
    {
      claim: "slope",
      outcome: "holds",
      reason: "all 2 within",
      comparisons: [
        {
          quantity: "slope, d = 1",
          measured: 0.3333,
          interval: [0.33, 0.34],
          predicted: 1 / 3,
          tolerance: 0.05,
          members: 4,
        },
        { quantity: "sign", measured: 2, predicted: { above: 0 }, kind: "bound" },
      ],
    },
    { claim: "lost", outcome: "undecided", reason: "not run", comparisons: [] },
  ];
  const claims = [
    {
      id: "slope",
      where: "eq. 1",
      statement: "It is a third.",
      routes: { measured: "", predicted: "", kind: "formula" },
    },
  ];
  const { "verdicts.csv": text } = filesOf(run({ verdicts }), { name: "own", claims: claims as never });
  const [header, ...rows] = text.trimEnd().split("\r\n");
  expect(header.split(",").slice(0, 6)).toEqual(["claim", "outcome", "comparison", "quantity", "measured", "low"]);
  expect(rows).toHaveLength(3);
  expect(rows[0]).toBe(
    'slope,holds,holds,"slope, d = 1",0.3333,0.33,0.34,4,0.2833333333333333,0.3833333333333333,formula,all 2 within,eq. 1,It is a third.',
  );
  expect(rows[1]).toContain("sign,2,,,,0,,bound,");
  expect(rows[2]).toBe("lost,undecided,,,,,,,,,,not run,,");
});

test("csv: the dictionary says of every column its file, type, unit and meaning", () => {
  const settings = { loss: { kind: "number", summary: "loss at the start", default: 1, unit: "nats" } } as const;
  const protocols = { walk: { name: "walk", summary: "", settings: { bias: settings.loss }, run: () => {} } };
  const records = recordTable(study =>
    study === "a" ? [{ kind: "step", chain: 0, step: 3, bias: 0.5, left: true, w: "y", z: null }] : [],
  );
  const { "dictionary.csv": text } = filesOf(run({ ...records }), { name: "own", protocols: protocols as never });
  expect(text.trimEnd().split("\r\n")).toEqual([
    "file,column,type,unit,meaning",
    expect.stringMatching(/^a-step\.csv,chain,integer,,"?member of the ensemble/),
    "a-step.csv,step,integer,steps,steps of training made",
    "a-step.csv,bias,number,nats,setting: loss at the start",
    "a-step.csv,left,true or false,,",
    "a-step.csv,w,text,,",
    "a-step.csv,z,empty,,",
  ]);
});

test.each([
  [0.1 + 0.2, "0.3"],
  [0.7 + 0.1, "0.8"],
  [1.1 * 3, "3.3"],
  [1 / 3, "0.3333333333333333"],
  [0.7500921755490058, "0.7500921755490058"],
  [1e21 / 7, "142857142857142860000"],
  [5e-324, "5e-324"],
  [4.35 * 100, "435"],
  [-0.1 - 0.2, "-0.3"],
  [123456789.123, "123456789.123"],
])("%f is written without the noise of rounding, and with all digits where they are no noise", (value, text) => {
  expect(numberText(value)).toBe(text);
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
