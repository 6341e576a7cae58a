#!/usr/bin/env node
/**
 * Renders the reports of all reproductions and of small runs of the other commands in a headless Chromium, at 390 and 1280 px, light and
 * dark, measures them and keeps pictures. Ends with code 1 when something is wider than the page, cut or overlapping, or when the first
 * figure stands too low; each offender is named. Needs a build.
 *
 *     node scripts/look.mjs [--folder look] [--again] [NAME ...]
 *
 * With `--again` runs that the folder holds are written anew instead of run anew. NAMEs are those of reports, "linear-vae" or "train".
 */
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { loaded } from "./loaded.mjs";
import { measure } from "./look/measure.mjs";

const root = resolve(import.meta.dirname, "..");
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { folder: { type: "string", default: "look" }, again: { type: "boolean", default: false } },
});
const folder = resolve(values.folder);

const systems = [
  "superposition",
  "deep-linear",
  "modular",
  "collective-learning",
  "law-of-balance",
  "linear-ssl",
  "linear-vae",
  "mirror-symmetry",
  "embedding",
  "relations",
  "tame",
  "alignment",
  "emergence",
  "output-distribution",
];

/** The commands whose reports are looked at, by the name of the report. */
const commands = {
  ...Object.fromEntries(systems.map(name => [name, ["reproduce", name, "--quick"]])),
  train: ["train", "superposition", "--seeds", "4", "--set", "epochs=1000"],
  "train-model": ["train", "examples/06-xor.mjs", "--seeds", "4"],
  anneal: ["anneal", "linear-vae", "--from", "0.2", "--to", "4.4", "--values", "40", "--rate", "2e-4"],
  sweep: [
    "sweep",
    "deep-linear",
    "--x",
    "weightDecay=lin(0.02,0.6,16)",
    "--y",
    "strength=lin(0.4,1.6,12)",
    "--seeds",
    "3",
    "--adaptive",
  ],
  "sweep-line": ["sweep", "linear-vae", "--x", "beta=lin(0.2,4.4,12)", "--seeds", "3"],
  sample: ["sample", "deep-linear", "--chains", "4"],
  coefficient: ["coefficient", "superposition", "--at", "5+", "--budget", "200000"],
  audit: ["audit", "examples/data/capability.csv"],
  detect: ["detect", "examples/data/grokking.csv", "--regions", "--joint", "--thresholds"],
  dissimilarity: ["dissimilarity", "examples/data/ising.csv"],
  run: ["run", "examples/wider.toml"],
};

const unknown = positionals.find(name => !Object.hasOwn(commands, name));
if (unknown !== undefined) {
  console.error(`no report is called ${unknown}: one of ${Object.keys(commands).join(", ")}`);
  process.exit(2);
}
const names = positionals.length > 0 ? positionals : Object.keys(commands);

/** Reports that belong to no run. */
const instruments = ["coefficient", "audit", "detect", "dissimilarity"];

/** Path of a report, made when it isn't there. */
const reportOf = name => {
  const runs = join(folder, "runs", name);
  const done = existsSync(runs) ? readdirSync(runs) : [];
  const report = join(folder, "runs", name, "report.html");
  const isRun = !instruments.includes(name);
  const again = values.again && done.length > 0;
  if (!again) rmSync(runs, { recursive: true, force: true });
  const words = again && isRun ? ["resume", "last"] : commands[name];
  const { status, stderr } = spawnSync(
    process.execPath,
    ["dist/cli.mjs", ...words, ...(isRun ? ["--runs", runs] : ["--report", report])],
    { cwd: root, encoding: "utf8" },
  );
  // Code 1 tells of a claim that fails, which is none of this script's business.
  if (status !== 0 && status !== 1) throw new Error(`landau ${words.join(" ")} ended with code ${status}:\n${stderr}`);
  return isRun ? join(runs, readdirSync(runs).sort().at(-1), "report.html") : report;
};

const { launchChromium } = await loaded("test/support/engines.ts");

/** Height of a picture; a page that is longer gives several. */
const PICTURE = 2000;

/** A busy machine now and then has no picture ready. */
const picture = async (page, path, tries = 5) => {
  try {
    await page.screenshot({ path });
  } catch (error) {
    if (tries === 1) throw error;
    await page.waitForTimeout(500);
    await picture(page, path, tries - 1);
  }
};

const keepPictures = async (page, name, width) => {
  await page.setViewportSize({ width, height: PICTURE });
  const height = await page.evaluate(() => document.documentElement.scrollHeight);
  for (let y = 0; y < height; y += PICTURE) {
    await page.evaluate(top => scrollTo({ top, behavior: "instant" }), y);
    await picture(page, join(folder, `${name}-${1 + y / PICTURE}.png`));
  }
};

/** Looks at a report on a page of a width, and returns how many offences it found. */
const look = async (browser, report, { name, width, colorScheme }) => {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
  const page = await context.newPage();
  await page.goto(pathToFileURL(report).href);
  await page.evaluate(() => document.fonts.ready);
  const label = `${name}-${width}-${colorScheme}`;
  await keepPictures(page, label, width);
  const { found, firstFigure, height } = await page.evaluate(measure);
  if (width === 1280 && !(firstFigure <= LOWEST)) found.push(`the first figure stands at ${firstFigure} px`);
  for (const offence of found) console.log(`${label}: ${offence}`);
  console.log(`${label}: ${height} px high, first figure at ${firstFigure} px, ${found.length} offences`);
  await context.close();
  return found.length;
};

/** Where the first figure may stand at most, in px from the top of a page of 1280. */
const LOWEST = 1100;

mkdirSync(folder, { recursive: true });
let offences = 0;
for (const name of names) {
  const report = reportOf(name);
  // One that has taken many large pictures refuses to take more.
  const browser = await launchChromium();
  try {
    for (const width of [1280, 390])
      for (const colorScheme of ["light", "dark"])
        offences += await look(browser, report, { name, width, colorScheme });
  } finally {
    await browser.close();
  }
}
console.log(`${offences === 0 ? "nothing" : offences} to mend; pictures in ${folder}`);
process.exit(offences === 0 ? 0 : 1);
