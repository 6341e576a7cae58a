import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { build } from "rolldown";
import { expect, test } from "vitest";
import { launchChromium, node24 } from "../support/engines.ts";
import { emptyFolder, landau } from "./landau.ts";

/** An ensemble with every source of randomness and every kind of record, small enough to be run many times. */
const spec = {
  system: "superposition",
  seed: 5,
  title: "bits",
  studies: [
    { name: "a", protocol: "train", chains: 5, settings: { scheme: "A", epochs: 240, every: 10 } },
    {
      name: "b",
      protocol: "train",
      chains: 3,
      settings: { scheme: "B", epochs: 120, optimiser: "adamw", weightDecay: 0.01 },
    },
    { name: "r", protocol: "census", chains: 6, chunk: 4, settings: { steps: 3000 } },
    { name: "e", protocol: "escape", chains: 4, chunk: 2, settings: { steps: 3000 } },
  ],
};

const train = (runs: string, workers: number) => [
  "run",
  "test/determinism/bits.json",
  "--runs",
  runs,
  "--workers",
  String(workers),
  "--json",
];

const hashOf = (stdout: string): string => JSON.parse(stdout).contentHash;
const root = resolve(import.meta.dirname, "../..");

const runWith = async (workers: number, node?: string): Promise<string> => {
  const { code, stdout, stderr } = await landau(train(emptyFolder(), workers), { cwd: root, node });
  expect(code, stderr).toBe(0);
  return hashOf(stdout);
};

let reference: Promise<string> | undefined;
const one = (): Promise<string> => {
  reference ??= runWith(1);
  return reference;
};

test("the spec file is the one these tests speak of", () => {
  expect(JSON.parse(readFileSync(join(root, "test/determinism/bits.json"), "utf8"))).toEqual(spec);
});

test.each([2, 5])("%i workers make the bits of one", async workers => {
  expect(await runWith(workers)).toBe(await one());
});

test("Node 24 makes the bits of this Node", async () => {
  expect(await runWith(2, node24())).toBe(await one());
});

test("killed at 20 random instants and resumed, a run ends with the same bits and the same files", async () => {
  const whole = emptyFolder();
  const { stdout } = await landau(train(whole, 2), { cwd: root });
  expect(hashOf(stdout)).toBe(await one());

  const runs = emptyFolder();
  await landau(train(runs, 2), { cwd: root, killAfter: 900 });
  let kills = 1;
  let last = "";
  while (kills < 20) {
    // Most kills fall while tasks run; some before the first line is written, a few after the end.
    const {
      signal,
      stdout: out,
      stderr,
    } = await landau(["resume", "last", "--runs", runs, "--workers", "2", "--json"], {
      cwd: root,
      killAfter: 150 + Math.floor(Math.random() * 700),
    });
    if (signal === "SIGKILL") kills++;
    else if (readdirSync(runs).length === 0) await landau(train(runs, 2), { cwd: root, killAfter: 900 });
    else {
      last = out;
      expect(stderr).not.toMatch(/corrupt/);
      break;
    }
  }
  const finished = await landau(["resume", "last", "--runs", runs, "--workers", "2", "--json"], { cwd: root });
  expect(finished.code, finished.stderr).toBe(0);
  last = finished.stdout || last;
  expect(hashOf(last)).toBe(await one());

  const logs = (folder: string) => {
    const tasks = join(folder, readdirSync(folder)[0], "tasks");
    return readdirSync(tasks)
      .filter(name => name.endsWith(".jsonl"))
      .sort()
      .map(name => [name, readFileSync(join(tasks, name), "utf8")]);
  };
  expect(logs(runs)).toEqual(logs(whole));
}, 180_000);

test("headless Chromium makes the bits of Node", async () => {
  const bundle = await build({
    input: join(root, "test/determinism/browser-run.ts"),
    platform: "browser",
    write: false,
    output: { format: "iife" },
  });
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    const outside: string[] = [];
    page.on("request", request => outside.push(request.url()));
    await page.addScriptTag({ content: bundle.output[0].code });
    const hash = await page.evaluate(
      text => (globalThis as unknown as { run(text: string): Promise<string> }).run(text),
      JSON.stringify(spec),
    );
    expect(hash).toBe(await one());
    expect(outside).toEqual([]);
  } finally {
    await browser.close();
  }
}, 120_000);
