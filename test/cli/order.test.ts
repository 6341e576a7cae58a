import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { readOrderTable } from "../../src/logs/order-table.ts";
import { emptyFolder } from "../support/scratch.ts";
import { crossover, curieWeiss, range } from "../transitions/order/samplers.ts";
import { call } from "./call.ts";

const folder = emptyFolder();
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const sampling = { sizes: [16, 32, 64], samples: 150, burnIn: 0, seed: 3 };
const csv = (cells: ReturnType<typeof crossover>): string =>
  [
    "control,size,sample",
    ...cells.flatMap(({ control, size, samples }) => samples.map(m => `${control},${size},${m}`)),
  ].join("\n");
const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

describe("landau order", () => {
  test("a table of a mean-field magnet is continuous, with place, exponents and evidence", async () => {
    const path = file("magnet.csv", csv(curieWeiss({ ...sampling, controls: range(0.5, 1.5, 13) })));
    const { code, stdout } = await call(["order", path]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^continuous, /);
    expect(stdout).toMatch(/\n1\/nu /);
    expect(stdout).toMatch(/growth +with size/);
    const json = JSON.parse((await call(["order", path, "--json"])).stdout);
    expect(json.verdict).toBe("continuous");
    expect(json.evidence.length).toBeGreaterThan(2);
  });

  test("a table of spins in a field has no transition", async () => {
    const path = file("field.csv", csv(crossover({ ...sampling, controls: range(-2, 2, 13) })));
    expect((await call(["order", path])).stdout).toMatch(/^no transition, high confidence/);
  });

  test("a run of landau anneal is read by its name", async () => {
    const runs = join(folder, "runs");
    const anneal = [
      "anneal",
      "mirror-symmetry",
      "--from",
      "0.4",
      "--to",
      "1.2",
      "--rate",
      "1e-4",
      "--values",
      "21",
      "--paces",
      "2",
    ];
    const made = await call([...anneal, "--runs", runs, "--workers", "1", "--json"]);
    expect(made.code, made.stderr).toBe(0);
    const { run } = JSON.parse(made.stdout);
    const { stdout, code } = await call(["order", run, "--runs", runs, "--json"]);
    expect(code).toBe(0);
    expect(JSON.parse(stdout).verdict).toBe("continuous");
  });

  test.each([
    [["order", join(folder, "nothing.csv")], /cannot read/],
    [["anneal", "superposition", "--control", "c"], /control is "c": needs one of weightDecay/],
    [["anneal", "modular", "--from", "-1"], /from is -1: needs a value of weightDecay/],
    [["anneal", "deep-linear", "--control", "depth"], /control is "depth": needs one of weightDecay/],
    [["anneal", "deep-linear", "--rate", "5"], /--rate is 5: needs at most/],
    [["anneal", "deep-linear", "--set", "D=1", "activation=tanh", "sigma2=1"], /sigma2 is 1: needs 0/],
  ])("%j is refused with code 2", async (words, message) => {
    const { code, stderr } = await call(words);
    expect(stderr).toMatch(message);
    expect(code).toBe(2);
  });
});

describe("tables", () => {
  const read = (text: string) =>
    readOrderTable(new TextEncoder().encode(text), "t.csv").observations.map(({ samples, ...rest }) => ({
      ...rest,
      samples: Array.from(samples),
    }));

  test("lines of one cell belong together; several samples may share a cell; names may be those of physics", () => {
    expect(read("T,L,m,direction\n1,8,0.5,up\n1,8,0.6,up\n1,8,0.7 0.8,down\n")).toEqual([
      { control: 1, size: 8, pace: 1, chain: "", direction: "up", samples: [0.5, 0.6] },
      { control: 1, size: 8, pace: 1, chain: "", direction: "down", samples: [0.7, 0.8] },
    ]);
  });

  test.each([
    ["size,sample\n8,1\n", /t\.csv: no column control/],
    ["control,sample\n", /t\.csv: no line below/],
    ["control,sample\n1,two\n", /t\.csv:2: column sample is "two"/],
    ["control,sample\nInfinity,1\n", /t\.csv:2: column control/],
    ["control,sample,direction\n1,1,left\n", /t\.csv:2: column direction is "left": needs up or down/],
  ])("%j is refused by file, line and column", (text, message) => {
    expect(() => read(text)).toThrow(message);
  });
});
