import { readdirSync, readFileSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import { expect, test } from "vitest";

const src = resolve(import.meta.dirname, "../src");

/** From the lowest; a module imports only from its own layer and from those below. Some are still to come. */
const layers = [
  "errors.ts",
  "call-text.ts",
  "numerics",
  "contracts",
  "formats",
  "charts",
  "engine",
  "learning",
  "sampling",
  "coefficient",
  "transitions",
  "logs",
  "experiments",
  "protocols",
  "exhibits",
  "systems",
  "lab",
  "report",
  "cli",
  // Families of names that the entries export together.
  "public",
];
/** The entries of the package may import from every layer. */
const entries = ["index.ts", "node.ts"];
/** Where Node may be touched. */
const nodeAllowed = (path: string) => /^(lab\/node\/|report\/|cli\/|node\.ts$)/.test(path);

const files = readdirSync(src, { recursive: true, encoding: "utf8" })
  .filter(path => path.endsWith(".ts"))
  // Another language, which only looks like this one.
  .filter(path => !path.includes("assembly"))
  .map(path => path.split(sep).join("/"));

const importsOf = (path: string): string[] =>
  [...readFileSync(join(src, path), "utf8").matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)].map(match => match[1]);

/** The same without what is imported for its type alone. */
const valuesOf = (path: string): string[] =>
  [...readFileSync(join(src, path), "utf8").matchAll(/^(?:import|export)(?! type)[^;]*?from\s*"([^"]+)"/gm)].map(
    match => match[1],
  );

/** The files of the package that a file imports. */
const modulesOf = (path: string): string[] =>
  importsOf(path)
    .filter(name => name.startsWith("."))
    .map(name =>
      relative(src, resolve(src, path, "..", name))
        .split(sep)
        .join("/"),
    )
    .filter(name => name.endsWith(".ts"));

const layerOf = (path: string): number => layers.indexOf(path.split("/")[0]);

test("every file is in a layer or is an entry", () => {
  expect(files.length).toBeGreaterThan(30);
  expect(files.filter(path => layerOf(path) < 0 && !entries.includes(path))).toEqual([]);
});

test("modules import only from their own layer and those below", () => {
  const wrong: string[] = [];
  for (const path of files.filter(file => !entries.includes(file)))
    for (const below of modulesOf(path))
      if (layerOf(below) < 0 || layerOf(below) > layerOf(path)) wrong.push(`${path} -> ${below}`);
  expect(wrong).toEqual([]);
});

test("no imports run in a circle, those of types included", () => {
  const known = new Set<string>();
  const circles: string[] = [];
  const follow = (path: string, above: readonly string[]) => {
    if (above.includes(path)) circles.push([...above.slice(above.indexOf(path)), path].join(" -> "));
    if (known.has(path)) return;
    known.add(path);
    for (const below of modulesOf(path)) follow(below, [...above, path]);
  };
  for (const path of files) follow(path, []);
  expect(circles).toEqual([]);
});

test("engine, learning and sampling know nothing of each other", () => {
  const crossing = files
    .filter(path => /^(engine|learning|sampling)\//.test(path))
    .filter(path => importsOf(path).some(name => /\/(engine|learning|sampling)\//.test(name)));
  expect(crossing).toEqual([]);
});

test("the core draws nothing: figures are reached through their own table", () => {
  const drawing = files
    .filter(
      path =>
        /^(numerics|contracts|formats|engine|learning|sampling|coefficient|transitions|logs|experiments|protocols|systems|lab)\//.test(
          path,
        ) && !path.includes("figures"),
    )
    // The table of systems names the type of what it loads.
    .filter(path => valuesOf(path).some(name => /charts\//.test(name) || name === "@observablehq/plot"));
  expect(drawing).toEqual([]);
});

test("no file of the core imports Node or names its globals", () => {
  const touching = files.filter(path => {
    if (nodeAllowed(path)) return false;
    // Neither comments nor the names of our own files, which may be about another process.
    const text = readFileSync(join(src, path), "utf8").replace(/\/\*[\s\S]*?\*\/|\/\/.*$|"\.[^"]*"/gm, "");
    return (
      importsOf(path).some(name => name.startsWith("node:")) ||
      /\b(process|Buffer|__dirname|require)\s*[.([]/.test(text)
    );
  });
  expect(touching).toEqual([]);
});

test("reproducible paths use no elementary function that differs between JavaScript engines", () => {
  const forbidden =
    /Math\.(exp|expm1|log|log1p|log2|log10|sin|cos|tan|tanh|sinh|cosh|asinh|acosh|atanh|asin|acos|atan|atan2|pow|cbrt|hypot|random)\b|\*\*/;
  const wrong = files
    .filter(
      path =>
        /^(numerics|contracts|formats|engine|learning|sampling|coefficient|transitions|logs|experiments|protocols|systems)\//.test(
          path,
        ) && !path.includes("figures"),
    )
    .filter(path => forbidden.test(readFileSync(join(src, path), "utf8").replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "")));
  expect(wrong).toEqual([]);
});
