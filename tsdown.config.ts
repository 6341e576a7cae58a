import { existsSync, readdirSync } from "node:fs";
import { defineConfig } from "tsdown";
import { printer } from "./scripts/printer.mjs";

/** An entry for each system and for its pictures, so that a page carries only those it shows. */
const systems = Object.fromEntries(
  readdirSync("src/systems").flatMap(name =>
    [
      [`systems/${name}`, `src/systems/${name}/index.ts`],
      [`systems/${name}/figures`, `src/systems/${name}/figures.ts`],
      [`systems/${name}/figures`, `src/systems/${name}/figures/index.ts`],
    ].filter(([, path]) => existsSync(path)),
  ),
);

/** Library and command line in one build, so that they share chunks; the browser's worker apart, whole in one file. */
export default defineConfig([
  {
    entry: {
      index: "src/index.ts",
      node: "src/node.ts",
      charts: "src/public/charts.ts",
      formats: "src/public/formats.ts",
      ...systems,
      cli: "src/cli/main.ts",
      "worker-node": "src/lab/node/worker.ts",
    },
    platform: "node",
    target: "node20",
    define: printer(),
    dts: true,
    clean: true,
  },
  {
    entry: { "worker-web": "src/lab/web/worker.ts" },
    outputOptions: { codeSplitting: false },
    platform: "browser",
    target: "es2022",
    deps: { alwaysBundle: [/.*/] },
    outExtensions: () => ({ js: ".mjs" }),
    // It exports nothing; this says that it is a module all the same.
    footer: "export {};",
    dts: false,
    clean: false,
  },
]);
