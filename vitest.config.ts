import { readdirSync, readFileSync } from "node:fs";
import { configDefaults, defineConfig } from "vitest/config";
import { localBindings } from "./test/support/local-bindings.ts";

/**
 * Tests that go without counters, which make loops up to four times slower: those of layers whose coverage has no floor, and long ones whose lines shorter tests
 * count too.
 */
const long = [
  "test/{charts,coefficient,engine,exhibits,formats,report,sampling,transitions}/**/*.test.ts",
  // The golden logs count: stores in files are read in lab/node.
  "test/logs/!(golden-training).test.ts",
  "test/{determinism,browser,docs}/**/*.test.ts",
  "test/{docs,examples,package}.test.ts",
  "test/numerics/quadrature.test.ts",
  "test/systems/superposition/theory/free-energy.test.ts",
];
/** What replaces modules, or looks at the fast modes that a thread has in use: each in a worker of its own. */
const alone = [
  ...readdirSync(new URL("test", import.meta.url), { recursive: true, encoding: "utf8" })
    .map(path => `test/${path}`)
    .filter(path => path.endsWith(".test.ts") && readFileSync(path, "utf8").includes("\nvi.mock(")),
  "test/**/fast-modes.test.ts",
];

export default defineConfig({
  plugins: [localBindings],
  test: {
    reporters: ["default", "./test/support/closing-line.ts"],
    // All cores; what looks at the clock takes the best of several tries.
    maxWorkers: "100%",
    globalSetup: "./test/support/scratch.ts",
    // Tests of native code ask for it: no other one compiles, or writes to the user's cache.
    env: { LANDAU_NATIVE: "0" },
    testTimeout: 60_000,
    // Drawing and bundling in hooks take seconds on a busy machine.
    hookTimeout: 60_000,
    // A worker imports each module once for all of its files: nothing here keeps a state between tests.
    isolate: false,
    projects: [
      {
        extends: true,
        test: {
          name: "short",
          include: ["test/**/*.test.ts"],
          exclude: [...configDefaults.exclude, ...long, ...alone],
        },
      },
      {
        extends: true,
        test: {
          name: "long",
          include: long,
          exclude: [...configDefaults.exclude, ...alone],
          env: { LANDAU_UNCOUNTED: "1", LANDAU_NATIVE: "0" },
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: { name: "alone", include: alone, isolate: true, sequence: { groupOrder: 2 } },
      },
    ],
    coverage: {
      provider: "custom",
      customProviderModule: "./test/support/coverage.ts",
      // A failing test must not hide what is not covered.
      reportOnFailure: true,
      include: ["src/**/*.ts"],
      // Another language, which only looks like this one.
      exclude: ["src/*/kernels/assembly/**"],
      reporter: ["text-summary", "json-summary"],
      thresholds: {
        ...Object.fromEntries(["numerics", "learning", "lab"].map(layer => [`src/${layer}/**`, { lines: 90 }])),
        // What draws posteriors at full length runs in `npm run test:full`.
        "src/systems/**": { lines: 85 },
      },
    },
  },
});
