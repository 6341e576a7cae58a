#!/usr/bin/env node
/**
 * Builds the browser lab into dist/lab: static files with relative addresses. Every page is drawn once at build time, so that its opening state stands in the
 * HTML.
 */
import { createHash } from "node:crypto";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "vite";

const root = resolve(import.meta.dirname, "..");
const configFile = join(root, "page/vite.config.ts");
const out = join(root, "dist/lab");

await build({ configFile });

// The same page as a module of Node.
const drawing = join(root, "dist/lab-opening");
await build({
  configFile,
  build: {
    ...{ ssr: join(root, "page/prerender.tsx"), outDir: drawing, emptyOutDir: true, manifest: false },
    rolldownOptions: { input: join(root, "page/prerender.tsx"), output: { entryFileNames: "[name].mjs" } },
  },
});
const { openingPages } = await import(pathToFileURL(join(drawing, "prerender.mjs")).href);

const escaped = text => text.replace(/[&<>"]/g, character => `&#${character.charCodeAt(0)};`);
const manifest = JSON.parse(readFileSync(join(out, "manifest.json"), "utf8"));
const { file: worker } = Object.values(manifest).find(({ name, isEntry }) => isEntry && name === "worker");
const written = readFileSync(join(out, "index.html"), "utf8");
// The one script in the page itself is allowed by its hash.
const [, inline] = written.match(/<script>([\s\S]*?)<\/script>/);
const hash = `sha256-${createHash("sha256").update(inline).digest("base64")}`;
const template = written.replace("sha256-of-the-inline-script", hash);
for (const { name, title, description, markup } of await openingPages()) {
  const holes = {
    title: escaped(title),
    description: escaped(description),
    system: name === "index" ? "" : name,
    worker,
    opening: markup,
  };
  const page = template.replace(/<!--(title|description|system|worker|opening)-->/g, (_, hole) => holes[hole]);
  writeFileSync(join(out, `${name}.html`), page);
}
rmSync(drawing, { recursive: true });
rmSync(join(out, "manifest.json"));
