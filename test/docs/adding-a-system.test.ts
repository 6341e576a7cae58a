import { execFileSync, spawnSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildCli, grownTree } from "./grown-tree.ts";

const page = readFileSync(resolve(import.meta.dirname, "../../docs/adding-a-system.md"), "utf8");

/** The files that the page shows: a paragraph that begins with the path, then the block. */
const shown = new Map(
  [...page.matchAll(/^`(src\/[\w/.-]+)` [\s\S]*?```\w+\n([\s\S]*?)```$/gm)].map(([, path, text]) => [path, text]),
);
const TABLE = "src/systems/index.ts";
const files = new Map([...shown].filter(([path]) => path !== TABLE));
const row = { import: shown.get(TABLE)!, entry: /^```ts\n( {2}"saddle-node": [\s\S]*?)```$/m.exec(page)![1] };
const vectors = /^```json\n([\s\S]*?)```$/m.exec(page)![1];

/** Commands of the page with what they print, line by line. */
const commands = [...page.matchAll(/^```console\n([\s\S]*?)```$/gm)]
  .flatMap(([, block]) => block.split(/^\$ landau /m).slice(1))
  .map(block => block.trimEnd().split("\n"))
  .map(([words, ...lines]) => ({ words, lines }));

let tree: ReturnType<typeof grownTree>;
let cli: string;
beforeAll(async () => {
  tree = grownTree({ files, row });
  cli = await buildCli(tree.path);
  writeFileSync(join(tree.path, "wells.json"), vectors);
});
afterAll(() => tree.remove());

const run = (words: string) => {
  const { NO_COLOR: _, FORCE_COLOR: __, ...env } = process.env;
  const { stdout, stderr, status } = spawnSync(process.execPath, [cli, ...words.split(" ")], {
    cwd: tree.path,
    env,
    encoding: "utf8",
  });
  return { stdout, stderr, status };
};

const linesOf = (text: string): string[] => text.trimEnd().split("\n");

test("at most six files and 120 lines beside its mathematics, as many as the page says, and two places elsewhere", () => {
  const lengths = new Map([...files].map(([path, text]) => [path.split("/").at(-1)!, linesOf(text).length]));
  expect([...lengths.keys()].sort()).toEqual([
    "README.md",
    "card.ts",
    "claims.ts",
    "index.ts",
    "learner.ts",
    "theory.ts",
  ]);
  const all = [...lengths.values()].reduce((a, b) => a + b);
  const own = all - lengths.get("theory.ts")!;
  expect(own).toBeLessThanOrEqual(120);
  expect(page).toContain(`six files of ${all} lines, comments included, ${own} without \`theory.ts\``);
  expect(page).toContain("two places touched elsewhere");
  // An import and a row of one file.
  expect(tree.added).toBe(1 + linesOf(row.entry).length);
});

test("its files typecheck, and a misspelt control does not", () => {
  const config = join(tree.path, "tsconfig.page.json");
  writeFileSync(config, JSON.stringify({ extends: "./tsconfig.json", include: ["src/systems/saddle-node"] }));
  const tsc = resolve(import.meta.dirname, "../../node_modules/typescript-7/bin/tsc");
  const check = () => spawnSync(process.execPath, [tsc, "-p", config], { encoding: "utf8" }).stdout;
  expect(check()).toBe("");
  const learner = join(tree.path, "src/systems/saddle-node/learner.ts");
  const text = files.get("src/systems/saddle-node/learner.ts")!;
  writeFileSync(learner, text.replace("sweeps: { mu:", "sweeps: { nu:"));
  expect(check()).toContain("'nu' does not exist");
  writeFileSync(learner, text);
});

test("its files are formatted and lint as the project's are", () => {
  const biome = resolve(import.meta.dirname, "../../node_modules/@biomejs/biome/bin/biome");
  for (const [path, text] of files)
    if (path.endsWith(".ts")) {
      const formatted = execFileSync(process.execPath, [biome, "check", "--write", `--stdin-file-path=${path}`], {
        cwd: resolve(import.meta.dirname, "../.."),
        input: text,
        encoding: "utf8",
      });
      expect(formatted, path).toBe(text);
    }
});

describe("commands print what the page says", () => {
  // One after the other: `last` is the run of the one before.
  test.each(commands)("landau $words", ({ words, lines }) => {
    const { stdout, stderr, status } = run(words);
    const isRefused = lines.some(line => line.startsWith("landau: "));
    expect(status, stderr).toBe(isRefused ? 2 : 0);
    const printed = `${stdout}\n${stderr}`.split("\n").map(line => line.trim());
    for (const line of lines) expect(printed).toContain(line.trim());
  });

  test("every verb is among them", () => {
    const verbs = new Set(commands.map(({ words }) => words.split(" ")[0]));
    for (const verb of ["train", "anneal", "order", "sample", "coefficient", "theory", "reproduce", "verify"])
      expect(verbs).toContain(verb);
  });
});

test("the share of the left well that the page puts beside the sampled one is that of the integral", () => {
  const step = 1e-3;
  const density = (x: number) => Math.exp(-8 * (x ** 4 / 4 - x ** 2 / 2 - 0.1 * x) - x ** 2 / 2);
  const side = (sign: 1 | -1) => Array.from({ length: 4000 }, (_, i) => density(sign * (i + 0.5) * step));
  const [left, right] = [side(-1), side(1)].map(values => values.reduce((a, b) => a + b));
  expect(page).toContain(`says ${(left / (left + right)).toFixed(4)} for the left well`);
});

test("reports hold the pictures that the page names, with finite numbers", () => {
  const runs = readdirSync(join(tree.path, "runs"));
  const pictures = runs.flatMap(name => {
    const folder = join(tree.path, "runs", name, "figures");
    return readdirSync(folder)
      .filter(file => file.endsWith(".svg"))
      .map(file => join(folder, file));
  });
  for (const picture of pictures) expect(readFileSync(picture, "utf8"), picture).not.toMatch(/NaN|Infinity|undefined/);
  const names = new Set(pictures.map(path => path.split("/").at(-1)!.replace(".svg", "")));
  const named = [...page.matchAll(/`((?:loss|order|ends|sweep|occupancy|traces)-[\w-]+)`/g)].map(([, name]) => name);
  expect([...names].sort()).toEqual(named.sort());
});

test("an altered vector fails", () => {
  writeFileSync(join(tree.path, "altered.json"), vectors.replace('"right": 2', '"right": 2.0001'));
  const { stdout, status } = run("verify altered.json");
  expect(stdout).toContain("2 passed, 1 failed, 0 skipped");
  expect(status).not.toBe(0);
});
