import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { extname, join, resolve } from "node:path";
import { build } from "rolldown";
import { loaded } from "../../scripts/loaded.mjs";
import { bundle } from "../shared/bundle.mjs";
import { startEngine } from "../shared/engine.mjs";
import { describeMachine } from "../shared/machine.mjs";
import { markdownTable, median, showRatio, showTime } from "../shared/table.mjs";

const here = import.meta.dirname;
const root = resolve(here, "../..");
const ROUNDS = 5;
const STEPS = 4000;
/** Members of the ensemble on the page: so many that drawing it counts as it does on a long run. */
const MEMBERS = 2048;
/** Steps of the run of one member: so many that starting its worker does not count. */
const ALONE = 20_000_000;
const MILLISECONDS = 2000;
const STEP_SIZE = 0.3;
/**
 * Amplitudes of each feature in the peer's data; losses over the first steps agree with the population loss within the tolerance. They are compared at a
 * smaller step: at that of the page a run bounces at first, and what differs in the sixth digit ends in another phase.
 */
const AMPLITUDES = 32;
const CHECKED = 200;
const CHECKED_STEP_SIZE = 0.02;
const TOLERANCE = 5e-3;
/** How the peer is tried; its best counts. */
const VARIANTS = [1, 64, 512].flatMap(members => ["optimiser", "by hand"].map(way => ({ members, way })));

export const run = async ({ json }) => {
  const page = join(root, "dist/lab");
  if (!existsSync(page)) throw new Error("dist/lab is missing: run npm run build first");
  const { launchChromium } = await loaded("test/support/engines.ts");
  const { serveLab } = await loaded("src/cli/lab-server.ts");
  const folder = mkdtempSync(join(tmpdir(), "landau-bench-page-"));
  const closing = [() => rmSync(folder, { recursive: true, force: true })];
  try {
    const library = await installPeer(folder);
    const lab = await serveLab({ port: 0, runs: folder, page });
    const files = await serveFiles(library);
    closing.push(
      () => lab.close(),
      () => files.close(),
    );
    const browser = await launchChromium();
    closing.push(() => browser.close());
    const node = await startEngine("Landau in Node", process.execPath, [
      await bundle("page-ensemble", join(here, "ours.ts")),
    ]);
    closing.push(() => node.stop());
    const engines = { node, peer: await openPeer(browser, files.origin), clock: await clockOf(browser) };
    const ours = {
      ensemble: await openOurs(browser, lab.origin, { members: MEMBERS, steps: STEPS }),
      alone: await openOurs(browser, lab.origin, { members: 1, steps: ALONE }),
    };
    const error = await checkPeer(engines);
    publish({ ...(await timeAll(engines, ours)), error, browser: browser.version(), engines, json });
  } finally {
    for (const close of closing.reverse()) await close();
  }
};

/** With the gradients of all kernels, which its own bundle leaves out. */
const ENTRY = `import * as tf from "@tensorflow/tfjs-core";
import "@tensorflow/tfjs-core/dist/register_all_gradients.js";
import * as wasm from "@tensorflow/tfjs-backend-wasm";
globalThis.tf = { ...tf, wasm };
`;

/** From its lock file, into a temporary folder; one file of it for the page. */
const installPeer = async folder => {
  cpSync(join(here, "peer"), folder, { recursive: true });
  console.error("Installing TensorFlow.js in a temporary folder");
  execFileSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: folder, stdio: ["ignore", 2, 2] });
  writeFileSync(join(folder, "entry.mjs"), ENTRY);
  const library = join(folder, "node_modules/@tensorflow");
  await build({
    ...{ input: join(folder, "entry.mjs"), cwd: folder, platform: "browser", logLevel: "silent" },
    output: { file: join(library, "tf.js"), format: "iife", minify: true },
  });
  return library;
};

const PAGE = `<!doctype html><meta charset="utf-8"><title>TensorFlow.js</title>
<script src="/tf.js"></script>
<script src="/tensorflow.js"></script>`;
const TYPES = { ".js": "text/javascript", ".wasm": "application/wasm" };

const serveFiles = async library => {
  const server = createServer(({ url }, response) => {
    const path = url === "/tensorflow.js" ? join(here, "tensorflow.js") : join(library, url);
    if (url !== "/" && !existsSync(path)) return response.writeHead(404).end();
    response.setHeader("content-type", TYPES[extname(url)] ?? "text/html");
    response.end(url === "/" ? PAGE : readFileSync(path));
  });
  await new Promise(done => server.listen(0, "127.0.0.1", done));
  return { origin: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
};

const openPeer = async (browser, origin) => {
  const tab = await browser.newPage();
  await tab.goto(origin);
  const versions = await tab.evaluate(() => peer.begin());
  if (versions.backend !== "wasm") throw new Error(`TensorFlow.js runs on ${versions.backend}: needs wasm`);
  return {
    versions,
    open: settings => tab.evaluate(given => peer.open(given), settings),
    losses: steps => tab.evaluate(count => peer.losses(count), steps),
    time: milliseconds => tab.evaluate(given => peer.time(given), milliseconds),
  };
};

/** CPU seconds that all pages of the browser have used: their main threads, workers, compilers and collectors. */
const clockOf = async browser => {
  const session = await browser.newBrowserCDPSession();
  return async () => {
    const { processInfo } = await session.send("SystemInfo.getProcessInfo");
    return processInfo.reduce((sum, { type, cpuTime }) => sum + (type === "renderer" ? cpuTime : 0), 0);
  };
};

/** The page of the lab at its opening values, the single run at rest; `train` lets "Many seeds" run from its start to its end. */
const openOurs = async (browser, origin, { members, steps }) => {
  const context = await browser.newContext({ reducedMotion: "reduce" });
  const tab = await context.newPage();
  // A link to several members lets them run at once.
  await tab.goto(`${origin}superposition.html#/superposition/live?v=1&seed=0&chains=2&start=R&every=10&steps=${steps}`);
  const ended = () => tab.locator('[data-state="done"]').waitFor({ timeout: 600_000 });
  await ended();
  return {
    units: members * steps,
    async train() {
      await tab.locator("#members").evaluate((box, value) => {
        box.value = value;
        box.dispatchEvent(new Event("change", { bubbles: true }));
      }, String(members));
      await tab.locator('[data-state="running"]').waitFor();
      await ended();
      return Number(await tab.locator("[data-rate]").getAttribute("data-rate"));
    },
  };
};

/** The peer begins where the page begins, and its losses over the first steps are those of the population. */
const checkPeer = async ({ node, peer }) => {
  const settings = { steps: CHECKED, stepSize: CHECKED_STEP_SIZE };
  await node.ask({ do: "open", key: "losses", workload: "losses", settings });
  const expected = await node.ask({ do: "check", key: "losses" });
  let worst = 0;
  for (const way of ["optimiser", "by hand"]) {
    await peer.open({ ...(await settingsOf(node, { members: 1, way })), stepSize: CHECKED_STEP_SIZE });
    const found = await peer.losses(CHECKED);
    for (const [i, loss] of found.entries()) worst = Math.max(worst, Math.abs(loss - expected[i]) / expected[i]);
  }
  if (!(worst <= TOLERANCE))
    throw new Error(`the losses of TensorFlow.js differ by ${worst}, more than ${TOLERANCE}: nothing was timed`);
  return worst;
};

const settingsOf = async (node, { members, way }) => {
  await node.ask({ do: "open", key: "share", workload: "share", settings: { members } });
  const starts = await node.ask({ do: "check", key: "share" });
  return { way, members, starts, amplitudes: AMPLITUDES, stepSize: STEP_SIZE };
};

/** Microseconds of CPU time for a training step of one member, in turns. */
const timeAll = async ({ node, peer, clock }, ours) => {
  const nodes = {
    ensemble: { members: 512, steps: STEPS },
    alone: { members: 1, steps: ALONE },
  };
  for (const [key, settings] of Object.entries(nodes))
    await node.ask({ do: "open", key, workload: "ensemble", settings });
  const times = { page: { ensemble: [], alone: [] }, node: { ensemble: [], alone: [] }, peer: VARIANTS.map(() => []) };
  const rates = [];
  for (let round = 0; round < ROUNDS; round++) {
    console.error(`round ${round + 1} of ${ROUNDS}`);
    for (const name of ["ensemble", "alone"]) {
      const begun = await clock();
      const rate = await ours[name].train();
      times.page[name].push((1e6 * ((await clock()) - begun)) / ours[name].units);
      if (name === "ensemble") rates.push(rate);
      times.node[name].push(await node.ask({ do: "time", key: name, seconds: 1 }));
    }
    for (const [i, variant] of VARIANTS.entries()) {
      await peer.open(await settingsOf(node, variant));
      await peer.time(200);
      const begun = await clock();
      const steps = await peer.time(MILLISECONDS);
      times.peer[i].push((1e6 * ((await clock()) - begun)) / (steps * variant.members));
    }
  }
  const both = of => ({ ensemble: median(of.ensemble), alone: median(of.alone) });
  return {
    page: both(times.page),
    inNode: both(times.node),
    rate: median(rates),
    variants: VARIANTS.map((variant, i) => ({ ...variant, time: median(times.peer[i]) })),
  };
};

const publish = ({ page, inNode, rate, variants, error, browser, engines, json }) => {
  const alone = variants.filter(({ members }) => members === 1);
  const best = list => list.reduce((fastest, other) => (other.time < fastest.time ? other : fastest));
  const named = ({ members, way }) =>
    `TensorFlow.js, ${members === 1 ? "one member" : `${members} members in one tensor`}, ${way}`;
  const row = (workload, ours, peer, theirs) => ({ workload, ours, peer, theirs, ratio: theirs / ours });
  const ensemble = `page, ${MEMBERS} members`;
  const rows = [
    row(ensemble, page.ensemble, named(best(alone)), best(alone).time),
    ...variants.filter(({ members }) => members > 1).map(each => row(ensemble, page.ensemble, named(each), each.time)),
    ...alone.map(each => row("page, one member", page.alone, named(each), each.time)),
    row(ensemble, page.ensemble, "Landau in Node, 512 members", inNode.ensemble),
    row("page, one member", page.alone, "Landau in Node, one member", inNode.alone),
  ];
  const landau = JSON.parse(readFileSync(join(root, "package.json"), "utf8")).version;
  const versions = { Landau: landau, Chromium: browser, ...engines.peer.versions, ...engines.node.versions };
  const machine = describeMachine();
  const result = { machine, versions, rows, rate, error };
  const text = `${markdownTable(
    ["ours", "a step of a member", "beside", "theirs", "ratio"],
    rows.map(({ workload, ours, peer, theirs, ratio }) => [
      workload,
      showTime(ours),
      peer,
      showTime(theirs),
      showRatio(ratio),
    ]),
  )}

CPU time of a training step of one member, medians over ${ROUNDS} rounds in turns; ratio = theirs / ours.

- The page counted ${Math.round(rate).toLocaleString("en")} steps of members a second by the clock on the wall, as it shows them.
- Losses of TensorFlow.js over the first ${CHECKED} steps differ from the page's by at most ${error.toExponential(1)} of them.
- Machine: ${Object.entries(machine)
    .map(([name, value]) => `${name} ${value}`)
    .join(", ")}.
- Versions: ${Object.entries(versions)
    .map(([name, value]) => `${name} ${value}`)
    .join(", ")}.
`;
  writeFileSync(join(here, "results.json"), `${JSON.stringify(result, null, 2)}\n`);
  writeFileSync(join(here, "results.md"), `# Page: last results\n\nWritten by \`npm run bench -- page\`.\n\n${text}`);
  console.log(json ? JSON.stringify(result) : text);
};
