import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
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

const run = async (road: "0" | "always", node: string, workers: number, kills = 0): Promise<string> => {
  const runs = emptyFolder();
  const common = ["--runs", runs, "--workers", String(workers), "--no-report", "--json"];
  const env = environment(road);
  let words = ["run", file];
  for (let kill = 0; kill < kills; kill++) {
    const { signal, stderr } = await landau([...words, ...common], { node, env, killAfter: 700 + 300 * kill });
    expect(signal, stderr).toBe("SIGKILL");
    words = ["resume", "last"];
  }
  const { code, stdout, stderr } = await landau([...words, ...common], { node, env });
  expect(code, stderr).toBe(0);
  return JSON.parse(stdout).contentHash;
};

describe.runIf(full && toolchain)("native code makes the bits of WebAssembly", () => {
  let expected: string | undefined;
  const inWebAssembly = async () => {
    expected ??= await run("0", process.execPath, 1);
    return expected;
  };

  test.each(
    versions.flatMap(version => [1, 2].flatMap(workers => [0, 3].map(kills => [version, workers, kills] as const))),
  )(
    "runs on %s, %i workers, killed %i times",
    async (version, workers, kills) => {
      expect(await run("always", nodes[version](), workers, kills)).toBe(await inWebAssembly());
    },
    300_000,
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
        output: { file: script },
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
