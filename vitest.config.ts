import { readdirSync, readFileSync } from "node:fs";
import { configDefaults, defineConfig } from "vitest/config";
import { localBindings } from "./test/support/local-bindings.ts";

/** What takes seconds, or runs the built program: `npm run test:long`. Everything else is `npm test`, from the source. */
const long = ["test/**/*.long.test.ts", "test/{browser,determinism,docs}/**/*.test.ts"];
/** What measures seconds, which other tests beside it would stretch. */
const speed = ["test/engine/kernels/gemm-speed.test.ts"];
/** Layers whose coverage has no floor go without counters, which make loops up to four times slower. */
const uncounted = [
  "test/{charts,coefficient,engine,exhibits,formats,report,sampling,transitions}/**/*.test.ts",
  // The golden logs count: stores in files are read in lab/node.
  "test/logs/!(golden-training).test.ts",
  "test/numerics/quadrature.test.ts",
];
/** What replaces modules, or looks at the fast modes that a thread has in use: each in a worker of its own. */
const alone = [
  ...readdirSync(new URL("test", import.meta.url), { recursive: true, encoding: "utf8" })
    .map(path => `test/${path}`)
    .filter(path => path.endsWith(".test.ts") && readFileSync(path, "utf8").includes("\nvi.mock(")),
  "test/**/fast-modes.test.ts",
];

const project = (name: string, include: readonly string[], besides: readonly string[], groupOrder: number) => ({
  extends: true as const,
  test: {
    name,
    include: [...include],
    exclude: [...configDefaults.exclude, ...besides],
    // Tests of native code ask for it: no other one compiles, or writes to the user's cache.
    env: { LANDAU_NATIVE: "0", ...(name === "counted" || name === "alone" ? {} : { LANDAU_UNCOUNTED: "1" }) },
    isolate: name.startsWith("alone"),
    sequence: { groupOrder },
  },
});

export default defineConfig({
  plugins: [localBindings],
  test: {
    reporters: ["default", "./test/support/closing-line.ts"],
    // All cores; what looks at the clock takes the best of several tries.
    maxWorkers: "100%",
    globalSetup: "./test/support/scratch.ts",
    // Only what hangs is to fail: a loaded machine may take twenty times as long as an idle one.
    testTimeout: 240_000,
    hookTimeout: 240_000,
    // Except for tests that go alone, a worker imports each module once for all of its files: nothing here keeps a state between tests.
    projects: [
      project("counted", ["test/**/*.test.ts"], [...long, ...speed, ...uncounted, ...alone], 0),
      project("uncounted", uncounted, [...long, ...speed, ...alone], 1),
      project("alone", alone, long, 2),
      project("long", long, [...speed, ...alone], 3),
      project(
        "alone-long",
        alone.filter(path => path.endsWith(".long.test.ts")),
        speed,
        4,
      ),
      project("speed", speed, [], 5),
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
