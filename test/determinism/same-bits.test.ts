import { existsSync, readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join, resolve } from "node:path";
import { build } from "rolldown";
import { expect, test } from "vitest";
import { launchChromium, node24 } from "../support/engines.ts";
import { full } from "../support/full.ts";
import { emptyFolder } from "../support/scratch.ts";
import { landau } from "./landau.ts";

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
  "--no-report",
  "--json",
];

const hashOf = (stdout: string): string => JSON.parse(stdout).contentHash;
const root = resolve(import.meta.dirname, "../..");

const runWith = async (workers: number, node?: string) => {
  const runs = emptyFolder();
  const started = performance.now();
  const { code, stdout, stderr } = await landau(train(runs, workers), { cwd: root, node });
  expect(code, stderr).toBe(0);
  return { runs, hash: hashOf(stdout), milliseconds: performance.now() - started };
};

const made: { [workers: number]: ReturnType<typeof runWith> } = {};
/** The run on so many workers, made once. */
const runOn = (workers: number) => {
  made[workers] ??= runWith(workers);
  return made[workers];
};
const one = async (): Promise<string> => (await runOn(1)).hash;

test("the spec file is the one these tests speak of", () => {
  expect(JSON.parse(readFileSync(join(root, "test/determinism/bits.json"), "utf8"))).toEqual(spec);
});

test.each([2, 5])("%i workers make the bits of one", async workers => {
  expect((await runOn(workers)).hash).toBe(await one());
});

test("Node 24 makes the bits of this Node", async () => {
  expect((await runWith(2, node24())).hash).toBe(await one());
});

const KILLS = full ? 20 : 6;

test(`killed at ${KILLS} random instants and resumed, runs end with the same bits and the same files`, async () => {
  const whole = await runOn(2);
  const wholeLogs = logsOf(whole.runs);

  let runs = emptyFolder();
  let kills = 0;
  let completed = 0;
  while (kills < KILLS || completed === 0) {
    const begun = readdirSync(runs).length > 0;
    const args = begun ? ["resume", "last", "--runs", runs, "--workers", "2", "--no-report", "--json"] : train(runs, 2);
    // The first third is the start of the process; after that, a kill falls while tasks run and files are written.
    const killAfter = kills < KILLS ? whole.milliseconds * (0.2 + 0.7 * Math.random()) : undefined;
    const { code, signal, stdout, stderr } = await landau(args, { cwd: root, killAfter });
    if (signal === "SIGKILL") {
      kills++;
      continue;
    }
    // A run killed before its record was written never was one; the way out is to start again.
    if (code === 2 && begun && !existsSync(join(runs, readdirSync(runs)[0], "run.json"))) {
      runs = emptyFolder();
      continue;
    }
    expect(code, stderr).toBe(0);
    expect(hashOf(stdout)).toBe(await one());
    expect(logsOf(runs)).toEqual(wholeLogs);
    completed++;
    runs = emptyFolder();
  }
}, 240_000);

const logsOf = (runs: string) => {
  const tasks = join(runs, readdirSync(runs)[0], "tasks");
  return readdirSync(tasks)
    .sort()
    .map(name => [name, readFileSync(join(tasks, name), "utf8")]);
};

test("headless Chromium, on the page and on two Web Workers, makes the bits of Node", async () => {
  const bundle = await build({
    input: join(root, "test/determinism/browser-run.ts"),
    platform: "browser",
    write: false,
    output: { format: "iife" },
  });
  // Workers need an origin: a page and the built worker, served on the loopback interface.
  const server = createServer((request, response) => {
    const isWorker = request.url === "/worker-web.mjs";
    response.setHeader("content-type", isWorker ? "text/javascript" : "text/html");
    response.end(isWorker ? readFileSync(join(root, "dist/worker-web.mjs")) : "<!doctype html><title>landau</title>");
  });
  await new Promise<void>(done => server.listen(0, "127.0.0.1", done));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    const outside: string[] = [];
    page.on("request", request => request.url().startsWith(origin) || outside.push(request.url()));
    await page.goto(origin);
    await page.addScriptTag({ content: bundle.output[0].code });
    for (const worker of [null, `${origin}worker-web.mjs`]) {
      const hash = await page.evaluate(
        ([text, url]) =>
          (globalThis as unknown as { run(text: string, worker: string | null): Promise<string> }).run(text!, url),
        [JSON.stringify(spec), worker] as const,
      );
      expect(hash, worker ?? "on the page").toBe(await one());
    }
    expect(outside).toEqual([]);
  } finally {
    await browser.close();
    server.close();
  }
});
