import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { packNpz } from "../../src/formats/pack-npz.ts";
import { reference, referenceChains } from "../sampling/diagnostics/reference.ts";
import { emptyFolder } from "../support/scratch.ts";
import { call } from "./call.ts";

const folder = emptyFolder();
const file = (name: string, content: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

const [white, slow] = [referenceChains(0), referenceChains(0.9)];
const rows = white.flatMap((chain, c) => Array.from(chain, (x, i) => `${c + 1},${i},${x},${slow[c][i]},7`));
const draws = file("draws.csv", ["chain,draw,white,slow,still", ...rows].join("\n"));

/** Ends with 1 when something is doubtful. */
const json = async (words: string[], expected = 0) => {
  const { code, stdout, stderr } = await call(["diagnose", ...words, "--json"]);
  expect({ code, stderr }).toEqual({ code: expected, stderr: "" });
  return JSON.parse(stdout);
};

describe("what it says of the reference chains", () => {
  test("as JSON: the reference numbers, through a CSV file", async () => {
    const { chains, draws: length, quantities } = await json([draws], 1);
    expect({ chains, length }).toEqual({ chains: 4, length: 500 });
    for (const [i, { phi, mean, essBulk, essTail, rHat, mcseMean }] of [reference[0], reference[2]].entries()) {
      expect(phi).toBe([0, 0.9][i]);
      for (const [name, value] of Object.entries({ mean, essBulk, essTail, rHat, mcseMean }))
        expect(Math.abs(quantities[i][name].value / value - 1), name).toBeLessThan(1e-9);
    }
    expect(quantities.map(({ health }: { health: { outcome: string } }) => health.outcome)).toEqual([
      "good",
      "doubtful",
      "undefined",
    ]);
  });

  test("through npz and through a file for each chain: the same", async () => {
    const expected = (await json([draws, "--only", "white"])).quantities;
    const npz = file(
      "draws.npz",
      packNpz({ white: { shape: [4, 500], data: Float64Array.from(white.flatMap(chain => [...chain])) } }),
    );
    expect((await json([npz])).quantities).toEqual(expected);
    const files = white.map((chain, c) => file(`chain-${c}.csv`, ["white", ...chain].join("\n")));
    expect((await json(files)).quantities).toEqual(expected);
  });

  test("as a table, with health in words and what to do", async () => {
    const { code, stdout, stderr } = await call(["diagnose", draws]);
    expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
    expect(stdout).toMatch(/^ +mean +\+- +sd +5 % +median +95 % +ESS bulk +tail +R-hat$/m);
    expect(stdout).toMatch(/^white +0\.01438 +0\.006542 .* 1942 +1855 +1\.000$/m);
    expect(stdout).toMatch(/^slow .* 81 +226 +1\.054$/m);
    expect(stdout).toMatch(/^slow: doubtful: /m);
    expect(stdout.replace(/\s+/g, " ")).toContain("the chains disagree (R-hat 1.054 > 1.01): run longer");
    expect(stdout).toMatch(/^still +7 +- +0 +7 +7 +7 +- +- +-$/m);
    expect(stdout).toMatch(/^still: undefined: every draw is 7$/m);
    expect(stdout).toContain("4 chains of 500 draws: 1 of 3 quantities good");
  });

  test("what it took for granted is noted", async () => {
    const { stdout } = await call([
      "diagnose",
      file("plain.csv", ["a,b", ...Array.from({ length: 9 }, (_, i) => `${i % 4},${i % 5}`)].join("\n")),
    ]);
    expect(stdout.replace(/\s+/g, " ")).toContain(
      'note: there is no column "chain": every column is taken for a chain of one quantity',
    );
  });
});

test("what never moves may be meant so: code 0", async () => {
  await json([draws, "--only", "still"]);
});

test("a file that is given twice is no second chain", async () => {
  const one = file("one.csv", ["mu", ...white[0]].join("\n"));
  const { findings } = await json([one, one], 1);
  expect(findings).toMatchObject([{ name: "copies", outcome: "bad" }]);
  expect(findings[0].text).toContain("chains 1 and 2 hold the same draws");
});

describe("files that are not read: what they are, and how to go on", () => {
  const bytes = (text: string) => Uint8Array.from(text, character => character.charCodeAt(0));
  mkdirSync(join(folder, "store.zarr"));
  file("store.zarr/zarr.json", "{}");
  mkdirSync(join(folder, "plain"));
  test.each([
    [file("a.nc", bytes("\x89HDF\r\n\x1a\n and more")), "netCDF that cannot be read", "a.nc"],
    [file("b.nc", bytes("CDF\x01")), "netCDF", "arviz.from_netcdf("],
    [join(folder, "store.zarr"), "store.zarr: no array of numbers", "chains x draws"],
    [join(folder, "plain"), "a folder that is no Zarr store", "needs a file of draws"],
    [file("c.zip", packNpz({ "g/zarr.json": { shape: [1], data: new Float64Array(1) } })), "shape (1,)", "reshape"],
    [file("d.csv.gz", bytes("\x1f\x8b")), "gzip", "gunzip"],
    [file("e.parquet", bytes("PAR1")), "the metadata at its end", "was the file cut"],
    [file("f.pkl", bytes("\x80\x04")), "pickle", "numpy.savez"],
    [file("g.json", '{"mu": [1]}'), "JSON", "numpy.savez"],
    [file("h.jsonl", '{"step": 1, "train/loss": 2}\n'), "a training log", "landau order"],
    [file("events.out.tfevents.1", "x"), "a training log", "landau order"],
    [file("i.csv", "epoch,loss,val_loss\n1,2,3\n"), "a training log (columns epoch and loss)", "landau order"],
  ])("%s", async (path, what, way) => {
    const { code, stdout, stderr } = await call(["diagnose", path]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
    expect(stderr).toContain(what);
    expect(stderr).toContain(way);
  });
});

describe("bad input: one line, code 2", () => {
  test.each<[string[], string]>([
    [[join(folder, "none.csv")], "cannot read "],
    [[file("bad.csv", "chain,mu\n1,x\n")], 'bad.csv:2: column "mu" is "x": needs a number'],
    [
      [file("cut.npz", packNpz({ x: { shape: [1, 4], data: new Float64Array(4) } }).subarray(0, 60))],
      "cut.npz: no end of a zip archive",
    ],
    [[file("empty.csv", "")], "empty.csv: no line: needs a header and rows"],
    [[draws, "--only", "wite"], 'unknown quantity "wite": did you mean white?'],
    [[draws, file("two.npz", packNpz({}))], "2 files, one of them npz: needs a single npz file, or CSV files"],
  ])("%j", async (words, message) => {
    const { code, stdout, stderr } = await call(["diagnose", ...words]);
    expect(stderr).toMatch(/^landau: [^\n]*\n$/);
    expect(stderr).toContain(message);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  });
});
