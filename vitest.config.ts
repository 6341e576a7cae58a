import { defineConfig } from "vitest/config";

// Never `globals: true`: Plot shifts every mark by half a pixel when a global `it` exists.
export default defineConfig({
  test: {
    include: ["test/**/*.test.ts"],
    reporters: ["default", "./test/support/closing-line.ts"],
    // All cores; what looks at the clock takes the best of several tries.
    maxWorkers: "100%",
    testTimeout: 60_000,
    // Drawing and bundling in hooks take seconds on a busy machine.
    hookTimeout: 60_000,
    coverage: {
      provider: "v8",
      // A failing test must not hide what is not covered.
      reportOnFailure: true,
      include: ["src/**/*.ts"],
      // Another language, which only looks like this one.
      exclude: ["src/engine/kernels/assembly/**"],
      reporter: ["text-summary", "json-summary"],
      thresholds: {
        ...Object.fromEntries(["numerics", "learning", "lab"].map(layer => [`src/${layer}/**`, { lines: 90 }])),
        // What draws posteriors at full length runs in `npm run test:full`.
        "src/systems/**": { lines: 85 },
      },
    },
  },
});
