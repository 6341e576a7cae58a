import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { listedSystems } from "../../../src/systems/index.ts";
import { emptyFolder } from "../../support/scratch.ts";
import { type Lab, openLab } from "./site.ts";

let lab: Lab;
beforeAll(async () => {
  lab = await openLab();
});
afterAll(() => lab.close());

const still = { reducedMotion: "reduce" } as const;
const examples = resolve(import.meta.dirname, "../../../examples/data");
const program = resolve(import.meta.dirname, "../../../dist/cli.mjs");

/** What a button gives as a file: its name and its bytes. */
const taken = async (page: Page, button: string): Promise<readonly [name: string, bytes: Buffer]> => {
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: button, exact: true }).click(),
  ]);
  return [download.suggestedFilename(), readFileSync(await download.path())];
};

test.each(Object.keys(listedSystems))("%s: a picture as SVG, PNG and CSV, and its numbers as a table", async name => {
  const { page, context, faults } = await lab.open(`${name}.html`, still);
  await page.getByRole("tab", { name: "Take away" }).click();
  const [svgName, svg] = await taken(page, "SVG");
  expect(svgName).toMatch(/^[\w-]+\.svg$/);
  expect(svg.toString()).toMatch(/^<svg [\s\S]*<\/svg>\s*$/);
  const [, png] = await taken(page, "PNG");
  expect(png.subarray(1, 4).toString()).toBe("PNG");
  const [, csv] = await taken(page, "CSV");
  const rows = csv.toString().split("\r\n");
  expect(rows.length).toBeGreaterThan(1);
  expect(new Set(rows.map(row => row.split(",").length > 1))).toEqual(new Set([true]));
  expect(await page.locator(".downloads table tbody tr").count()).toBeGreaterThan(0);
  const [bib, entry] = await taken(page, "BibTeX");
  expect(bib).toBe(`${name}.bib`);
  expect(entry.toString()).toMatch(/^@misc\{[\w-]+,\n {2}author = /);
  expect(faults).toEqual([]);
  await context.close();
});

test("the config of a run gives in the terminal the content hash that the page shows", async () => {
  const { page, context, faults } = await lab.open(
    "index.html#/mirror-symmetry/live?v=1&seed=3&weightDecay=0.35",
    still,
  );
  await page.getByRole("tab", { name: "Share" }).click();
  await page.getByRole("button", { name: "Content hash" }).first().click();
  const shown = page.locator('[data-content-hash="live"]');
  await expect.poll(() => shown.textContent(), { timeout: 120_000 }).toMatch(/^[0-9a-f]{64}$/);
  const hash = await shown.textContent();
  await page.getByRole("tab", { name: "Take away" }).click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Config of this run" }).click(),
  ]);
  const folder = emptyFolder();
  const file = join(folder, download.suggestedFilename());
  await download.saveAs(file);
  const said = execFileSync(process.execPath, [program, "run", file, "--json", "--runs", folder], { encoding: "utf8" });
  expect(JSON.parse(said).contentHash).toBe(hash);
  expect(faults).toEqual([]);
  await context.close();
});

/** Opens the numbers below the first chart; how many rows they have. */
const rowsOfFirstChart = async (page: Page): Promise<number> => {
  await page.locator(".chart summary").first().click();
  const rows = page.locator(".chart tbody tr");
  await rows.first().waitFor();
  return rows.count();
};

test("closed forms, other runs, own data and an own model have their numbers below each chart", async () => {
  const { page, context, faults } = await lab.open("mirror-symmetry.html", still);
  await page.getByRole("tab", { name: "Closed forms" }).click();
  expect(await rowsOfFirstChart(page)).toBeGreaterThan(5);
  await page.getByRole("tab", { name: "Other runs" }).click();
  await page.getByLabel("Protocol").selectOption("train");
  await page.getByRole("button", { name: "Run small" }).click();
  await page.locator(".runs figure .plot > svg").first().waitFor({ timeout: 120_000 });
  expect(await rowsOfFirstChart(page)).toBeGreaterThan(1);
  await page.goto(`${lab.origin}data.html`);
  await page.locator("#files").setInputFiles(resolve(examples, "grokking.csv"));
  await page.locator(".said .plot > svg").first().waitFor({ timeout: 120_000 });
  expect(await rowsOfFirstChart(page)).toBeGreaterThan(5);
  await page.goto(`${lab.origin}model.html`);
  await page.getByRole("button", { name: "Train" }).click();
  await page.locator(".chart .plot > svg").waitFor({ timeout: 120_000 });
  expect(await rowsOfFirstChart(page)).toBeGreaterThan(5);
  expect(faults).toEqual([]);
  await context.close();
});
