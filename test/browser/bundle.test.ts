import { builtinModules } from "node:module";
import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import * as core from "../../src/index.ts";
import { bundleForBrowser } from "../support/bundle.ts";
import { launchChromium } from "../support/engines.ts";
import { serve } from "../support/serve.ts";

const LIMIT = 60_000;

const engine = await bundleForBrowser("test/browser/engine.ts", { format: "esm", minify: true });
const size = gzipSync(engine.code, { level: 9 }).length;

test(`the engine with its kernels and \`train\` is a bundle of ${size} bytes, minified and compressed: at most ${LIMIT}`, () => {
  expect(size).toBeLessThanOrEqual(LIMIT);
});

test("it imports nothing, least of all from Node", () => {
  expect(engine.imports).toEqual([]);
  expect(builtinsIn(engine.code)).toEqual([]);
});

test("these tests would see what Node is needed for", async () => {
  const { imports, code } = await bundleForBrowser("src/lab/node/files.ts", { format: "esm", minify: true });
  expect(imports).toEqual(["node:fs", "node:path"]);
  expect(builtinsIn(code)).toEqual(["node:fs", "node:path"]);
});

test("all of landau, as built, loads and trains in Chromium as a script without imports", async () => {
  const { code, imports } = await bundleForBrowser("test/browser/package.ts", {
    format: "esm",
    minify: true,
    landau: "dist/index.mjs",
  });
  expect(imports).toEqual([]);
  expect(builtinsIn(code)).toEqual([]);
  const site = await serve({ "package.js": code });
  const browser = await launchChromium();
  try {
    const page = await browser.newPage();
    const errors: Error[] = [];
    page.on("pageerror", error => errors.push(error));
    await page.goto(site.origin);
    await page.addScriptTag({ url: "package.js", type: "module" });
    const [names, slope] = await page.evaluate(() => {
      const { landau } = globalThis as unknown as { landau: typeof core };
      const line = landau.model((m, { x, y }) => m.squaredError(m.mul(m.parameter("slope", []), x), y));
      const experiment = {
        data: { x: [-1, 1], y: [-3, 3] },
        optimiser: landau.optimisers.gradientDescent({ stepSize: 0.25 }),
      };
      const { parameters } = landau.train({ ...experiment, model: line, steps: 50 });
      return [Object.keys(landau), parameters.slope.data[0]] as const;
    });
    expect(errors).toEqual([]);
    expect([...names].sort()).toEqual(Object.keys(core).sort());
    expect(slope).toBe(3);
  } finally {
    await browser.close();
    site.close();
  }
});

/** Modules of Node that code imports or requires, with `node:` before their names or without. */
const builtinsIn = (code: string): string[] =>
  [...code.matchAll(/(?:from|import|require)\s*\(?\s*["'`]([^"'`]+)["'`]/g)]
    .map(([, name]) => name)
    .filter(name => name.startsWith("node:") || builtinModules.includes(name));
