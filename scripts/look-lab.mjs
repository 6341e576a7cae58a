#!/usr/bin/env node
/**
 * Takes pictures of every page of the browser lab in a headless Chromium, at 390 and 1440 px, light and dark, after a moment of running. Ends with code 1
 * when a page is wider than its window or says an error. Needs a build.
 *
 *     node scripts/look-lab.mjs [--folder look] [NAME ...]
 */
import { mkdirSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { loaded } from "./loaded.mjs";

const root = resolve(import.meta.dirname, "..");
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { folder: { type: "string", default: "look" } },
});
const folder = resolve(values.folder);

const { launchChromium } = await loaded("test/support/engines.ts");
const { serveLab } = await loaded("src/cli/lab-server.ts");

const page = join(root, "dist/lab");
const all = readdirSync(page).flatMap(name => (name.endsWith(".html") ? [name.replace(".html", "")] : []));
const unknown = positionals.find(name => !all.includes(name));
if (unknown !== undefined) {
  console.error(`no page is called ${unknown}: one of ${all.join(", ")}`);
  process.exit(2);
}

/** Milliseconds in which a run shows something. */
const MOMENT = 2500;
const LONGEST = 4000;

const server = await serveLab({ port: 0, runs: folder, page });
mkdirSync(folder, { recursive: true });
let faults = 0;
for (const name of positionals.length > 0 ? positionals : all) {
  const browser = await launchChromium();
  for (const width of [1440, 390])
    for (const colorScheme of ["light", "dark"]) {
      const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme });
      const tab = await context.newPage();
      const say = text => {
        faults++;
        console.log(`${name}-${width}-${colorScheme}: ${text}`);
      };
      tab.on("pageerror", error => say(error.message));
      tab.on("console", message => message.type() === "error" && say(message.text()));
      await tab.goto(`${server.origin}${name}.html`);
      await tab.waitForFunction(() => document.documentElement.dataset.ready === "yes");
      await tab.waitForTimeout(MOMENT);
      const [wide, high] = await tab.evaluate(() => {
        const { scrollWidth, scrollHeight } = document.documentElement;
        return [scrollWidth, scrollHeight];
      });
      if (wide > width) say(`${wide} px wide`);
      await tab.setViewportSize({ width, height: Math.min(LONGEST, high) });
      await tab.screenshot({ path: join(folder, `lab-${name}-${width}-${colorScheme}.png`) });
      await context.close();
    }
  await browser.close();
  console.log(`${name}: looked at`);
}
await server.close();
console.log(`${faults === 0 ? "nothing" : faults} to mend; pictures in ${folder}`);
process.exit(faults === 0 ? 0 : 1);
