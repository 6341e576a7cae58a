import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { packNpz } from "../../src/formats/pack-npz.ts";
import { packParquet } from "../../src/formats/pack-parquet.ts";
import { packZarr } from "../../src/formats/pack-zarr.ts";
import { lossChains } from "../support/loss-chains.ts";
import { emptyFolder } from "../support/scratch.ts";
import { call } from "./call.ts";

const fixtures = resolve(import.meta.dirname, "../logs/fixtures");
const folder = emptyFolder();

const diagnosed = async (words: readonly string[]) => {
  const { code, stdout, stderr } = await call(["diagnose", ...words, "--json"]);
  expect(stderr).not.toContain("landau:");
  return { code, ...JSON.parse(stdout) };
};

interface Right {
  readonly quantities: {
    readonly [name: string]: { readonly [what in "rHat" | "essBulk" | "essTail" | "mean"]: number };
  };
}

describe("stores that devinterp 2.0.1 and ArviZ 0.22 wrote: R-hat and effective draws as ArviZ says", () => {
  test.each([
    ["devinterp-2.zarr", "devinterp-2.json"],
    ["arviz.zarr", "arviz.json"],
    ["arviz.nc", "arviz.json"],
  ])("%s", async (store, answers) => {
    const right: Right = JSON.parse(readFileSync(join(fixtures, answers), "utf8"));
    const { quantities } = await diagnosed([join(fixtures, store)]);
    for (const [name, numbers] of Object.entries(right.quantities)) {
      const ours = quantities.find((quantity: { name: string }) => quantity.name === name);
      for (const [what, value] of Object.entries(numbers))
        expect(Math.abs(ours[what].value / value - 1), `${name} ${what}`).toBeLessThan(1e-6);
    }
  });

  test("of a store of devinterp, the coefficient with the settings that it was made with", async () => {
    // K = |w|^2 / 2 in four directions: 2, made larger by 1 / (1 - lr (nBeta + localisation) / 4), which is 1.11, and smaller by the localisation, 0.995.
    const { coefficient } = await diagnosed([join(fixtures, "devinterp-2.zarr")]);
    expect(coefficient).toMatchObject({ loss: "sampling_loss", nBeta: 200, chains: 4 });
    expect(coefficient.settings).toContain("lr 0.002, localization 1");
    expect(Math.abs(coefficient.baseline - 0.3)).toBeLessThan(1e-6);
    expect(Math.abs(coefficient.lambda - 2 * 1.11 * 0.995)).toBeLessThan(3 * coefficient.standardError);
    expect(coefficient.stepBias).toBeGreaterThan(0.05);
    expect(coefficient.stepBias).toBeLessThan(0.2);
  });
});

const NBETA = 500;
/** A store as devinterp 2 lays it out, of losses by chain and draw. */
const store = async (name: string, chains: readonly Float64Array[], completed = 1): Promise<string> => {
  const draws = chains[0].length;
  const packed = await packZarr({
    attributes: { completed, metadata: { config: { sampler: { n_beta: NBETA, lr: 1e-4, num_steps_bw_draws: 1 } } } },
    arrays: {
      sampling_loss: {
        dimensions: ["chain", "draw", "batch", "token_pos"],
        shape: [chains.length, draws, 1, 2],
        // Two positions whose mean is the loss.
        data: Float64Array.from(chains.flatMap(chain => [...chain].flatMap(loss => [loss - 0.1, loss + 0.1]))),
        attributes: {},
      },
      init_loss: {
        dimensions: ["chain", "token_pos"],
        shape: [chains.length, 2],
        data: Float64Array.from(chains.flatMap(() => [0.3, 0.5])),
        attributes: {},
      },
    },
  });
  const path = join(folder, name);
  for (const [key, bytes] of packed) {
    const file = join(path, key);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, bytes);
  }
  return path;
};

describe("five good stores and five of each failure", () => {
  test.each([1, 2, 3, 4, 5])("good, seed %i", async seed => {
    const path = await store(`good-${seed}.zarr`, lossChains({ seed, draws: 500 }));
    const { code, coefficient } = await diagnosed([path]);
    expect(coefficient.health).toMatchObject({ outcome: "good" });
    expect(coefficient.verdict).toContain("the draws support this number");
    expect(Math.abs(coefficient.lambda - 4)).toBeLessThan(3 * coefficient.standardError);
    expect(code).toBe(0);
  });

  test.each<[string, string, (chains: Float64Array[], seed: number) => Float64Array[]]>([
    ["drift", "drift", chains => chains.map(chain => chain.map((loss, draw) => loss + (8 * draw) / 500 / NBETA))],
    [
      "spikes",
      "spikes",
      (chains, seed) => {
        chains[seed % 4][70 * seed] += 200 / NBETA;
        return chains;
      },
    ],
    [
      "finite",
      "nan",
      (chains, seed) => chains.map((chain, i) => (i === seed % 4 ? chain.fill(Number.NaN, 200) : chain)),
    ],
    ["moving", "dead", (chains, seed) => chains.map((chain, i) => (i === seed % 4 ? chain.fill(0.4) : chain))],
    ["signal", "low", (_, seed) => lossChains({ seed, draws: 500, noise: 1000 })],
  ])("%s", async (sign, name, spoil) => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const path = await store(`${name}-${seed}.zarr`, spoil(lossChains({ seed, draws: 500 }), seed));
      const { code, coefficient } = await diagnosed([path]);
      expect(coefficient.health.findings.find((each: { name: string }) => each.name === sign).outcome).not.toBe("good");
      expect(coefficient.verdict).toContain(sign);
      expect(code).toBe(1);
    }
  });

  test("a store that was interrupted says so", async () => {
    const { notes } = await diagnosed([await store("cut.zarr", lossChains({ seed: 1, draws: 500 }), 0)]);
    expect(notes.join()).toContain("interrupted");
  });
});

describe("tables of losses, with what they were multiplied by and the loss at w*", () => {
  const chains = lossChains({ seed: 1, draws: 300 });
  const rows = chains.flatMap((chain, c) => [...chain].map((loss, draw) => ({ chain: c, draw, loss })));
  const column = (name: "chain" | "draw" | "loss") => Float64Array.from(rows, row => row[name]);
  const write = (name: string, content: string | Uint8Array): string => {
    const path = join(folder, name);
    writeFileSync(path, content);
    return path;
  };
  const flat = Float64Array.from(chains.flatMap(chain => [...chain]));
  const files: [string, () => string][] = [
    ["CSV", () => write("l.csv", ["chain,draw,loss", ...rows.map(row => Object.values(row).join())].join("\n"))],
    ["npz", () => write("l.npz", packNpz({ loss: { shape: [4, 300], data: flat } }))],
    [
      "Parquet",
      () =>
        write(
          "l.parquet",
          packParquet(
            (["chain", "draw", "loss"] as const).map(name => ({
              name,
              type: "number" as const,
              values: [...column(name)],
            })),
          ),
        ),
    ],
  ];
  test.each(files)("%s: the same number", async (_, file) => {
    const { coefficient } = await diagnosed([file(), "--nBeta", "500", "--baseline", "0.4"]);
    expect(coefficient.lambda).toBeCloseTo(500 * (flat.reduce((a, b) => a + b) / 1200 - 0.4), 9);
    expect(Math.abs(coefficient.lambda - 4)).toBeLessThan(3 * coefficient.standardError);
  });

  test.each<[string[], string]>([
    [["--nBeta", "500"], "needs --baseline"],
    [["--baseline", "0.4"], "needs --nBeta"],
    [["--nBeta", "500", "--baseline", "0.4", "--loss", "los"], "no quantity los"],
    [["--nBeta", "-1", "--baseline", "0.4"], "nBeta is -1: needs a number above 0"],
    [["--nBeta", "500", "--baseline", "low"], 'baseline is "low": needs a finite number'],
  ])("%j", async (words, part) => {
    const { code, stderr } = await call(["diagnose", files[0][1](), ...words]);
    expect(code).toBe(2);
    expect(stderr).toContain(part);
  });
});
