import { execFile } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";
import { build } from "rolldown";
import { describe, expect, test } from "vitest";
import { landau } from "../../../determinism/landau.ts";
import { node24 } from "../../../support/engines.ts";
import { full } from "../../../support/full.ts";
import { emptyFolder } from "../../../support/scratch.ts";
import { toolchain } from "./tools.ts";

/* Native code from the first step on, on the versions of Node, one worker and two, interrupted or not. */

const nodes = { "Node 20": () => process.execPath, "Node 24": node24 } as const;
const versions = Object.keys(nodes) as (keyof typeof nodes)[];
const cache = emptyFolder();
const environment = (road: "0" | "always") => ({ ...process.env, LANDAU_NATIVE: road, XDG_CACHE_HOME: cache });

/** Programs of several shapes, and the loops outside of them: normals, shuffles, products. */
const spec = {
  system: "modular",
  seed: 5,
  studies: [
    { name: "train", protocol: "train", chains: 3, settings: { p: 7, K: 12, steps: 600 } },
    { name: "coefficient", protocol: "coefficient", chains: 2, settings: { p: 7, burnIn: 300, draws: 300 } },
  ],
};

const folder = emptyFolder();
const file = join(folder, "spec.json");
writeFileSync(file, JSON.stringify(spec));

const common = (workers: number) => ["--workers", String(workers), "--no-report", "--json"];

const whole = async (road: "0" | "always", node: string, workers: number) => {
  const begun = performance.now();
  const words = ["run", file, "--runs", emptyFolder(), ...common(workers)];
  const { code, stdout, stderr } = await landau(words, { node, env: environment(road) });
  expect(code, stderr).toBe(0);
  return { hash: hashOf(stdout), milliseconds: performance.now() - begun };
};

/** Killed while tasks run, and again while the rest does, until enough kills fell into a run that was written. */
const killed = async (node: string, workers: number, milliseconds: number): Promise<string> => {
  const env = environment("always");
  let runs = emptyFolder();
  for (let kills = 0; ; ) {
    const begun = readdirSync(runs).some(name => existsSync(join(runs, name, "run.json")));
    if (!begun) runs = emptyFolder();
    const words = [...(begun ? ["resume", "last"] : ["run", file]), "--runs", runs, ...common(workers)];
    const killAfter = kills < KILLS ? milliseconds * (0.35 + 0.5 * Math.random()) : undefined;
    const { signal, code, stdout, stderr } = await landau(words, { node, env, killAfter });
    if (signal === "SIGKILL") {
      if (begun) kills++;
      continue;
    }
    expect(code, stderr).toBe(0);
    if (kills > 0) return hashOf(stdout);
    runs = emptyFolder();
  }
};

const KILLS = 2;
const hashOf = (stdout: string): string => JSON.parse(stdout).contentHash;

let expected: string | undefined;

describe.runIf(full && toolchain)("native code makes the bits of WebAssembly", () => {
  test.each(versions.flatMap(version => [1, 2].map(workers => [version, workers] as const)))(
    "runs on %s, workers: %i, killed or not",
    async (version, workers) => {
      const node = nodes[version]();
      expected ??= (await whole("0", process.execPath, 1)).hash;
      const { hash, milliseconds } = await whole("always", node, workers);
      expect(hash).toBe(expected);
      expect(await killed(node, workers, milliseconds)).toBe(expected);
    },
    600_000,
  );

  test.each(versions)(
    "the table on %s is golden.json",
    async version => {
      const out = resolve("node_modules/.cache/landau-native-table");
      mkdirSync(out, { recursive: true });
      const script = join(out, "table.mjs");
      await build({
        input: join(import.meta.dirname, "table.ts"),
        platform: "node",
        external: ["koffi"],
        output: { file: script, codeSplitting: false },
        logLevel: "silent",
      });
      const { stdout } = await promisify(execFile)(nodes[version](), [script], {
        env: environment("always"),
        maxBuffer: 2 ** 28,
      });
      const { programs, table } = JSON.parse(stdout);
      expect(programs).toBeGreaterThan(5);
      expect(table).toEqual(JSON.parse(readFileSync("test/determinism/golden.json", "utf8")));
    },
    600_000,
  );
});
