import { resolve } from "node:path";
import { defineConfig } from "vite";

const root = import.meta.dirname;

/** Static files with hashed names and relative addresses: they work from any folder of any web server. */
export default defineConfig({
  root,
  base: "./",
  publicDir: false,
  logLevel: "warn",
  oxc: { jsx: { runtime: "automatic", importSource: "preact" } },
  resolve: { alias: { landau: resolve(root, "../src/index.ts") } },
  define: { "import.meta.filename": '"part of the page"' },
  build: {
    outDir: resolve(root, "../dist/lab"),
    emptyOutDir: true,
    target: "es2022",
    // The worker is part of the same build, so that it shares its chunks with the page; what asks for modules in advance needs a document.
    modulePreload: false,
    rolldownOptions: {
      input: { page: resolve(root, "index.html"), worker: resolve(root, "workers/worker.ts") },
      // What many systems share comes in one piece: a hundred small files take longer than their bytes. Audits of emergence are for pages that make some. Checking of specs brings a library, and waits for the first one.
      output: {
        codeSplitting: {
          groups: [
            {
              name: "core",
              test: /\/src\/(?!systems\/.*\/|engine\/|transitions\/emergence\/|lab\/(complete-)?spec\.ts)/,
              minShareCount: 4,
            },
          ],
        },
      },
    },
    manifest: "manifest.json",
    assetsInlineLimit: 0,
    reportCompressedSize: false,
  },
});
