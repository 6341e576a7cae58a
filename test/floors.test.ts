import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { expect, test } from "vitest";

const src = resolve(import.meta.dirname, "../src");

/** From the ground up; a room imports only from itself and from below. */
const floors = [
  "errors.ts",
  "numerics",
  "contracts",
  "charts",
  "engine",
  "learning",
  "sampling",
  "coefficient",
  "transitions",
  "models",
  "systems",
  "lab",
  "logs",
  "report",
  "cli",
];
/** The doors of the package: they may import from every floor. */
const doors = ["index.ts", "node.ts"];
/** Where Node may be touched. */
const nodeAllowed = (path: string) => /^(lab\/node\/|report\/|cli\/|node\.ts$)/.test(path);

const files = readdirSync(src, { recursive: true, encoding: "utf8" })
  .filter(path => path.endsWith(".ts"))
  // Another language, which only looks like this one.
  .filter(path => !path.includes("assembly"))
  .map(path => path.split(sep).join("/"));

const importsOf = (path: string): string[] =>
  [...readFileSync(join(src, path), "utf8").matchAll(/(?:from|import)\s*\(?\s*"([^"]+)"/g)].map(match => match[1]);

const floorOf = (path: string): number => floors.indexOf(path.split("/")[0]);

test("every file stands on a floor or is a door", () => {
  expect(files.length).toBeGreaterThan(30);
  expect(files.filter(path => floorOf(path) < 0 && !doors.includes(path))).toEqual([]);
});

test("rooms import only from floors below", () => {
  const wrong: string[] = [];
  for (const path of files.filter(file => !doors.includes(file)))
    for (const target of importsOf(path).filter(name => name.startsWith("."))) {
      const below = relative(src, resolve(src, path, "..", target))
        .split(sep)
        .join("/");
      if (floorOf(below) < 0 || floorOf(below) > floorOf(path)) wrong.push(`${path} -> ${below}`);
    }
  expect(wrong).toEqual([]);
});

test("no modules import each other in a circle, types aside", () => {
  const targets = (path: string): string[] =>
    [...readFileSync(join(src, path), "utf8").matchAll(/^(?:import|export) (?!type )([^;"]*) from "(\.[^"]+)";/gm)]
      .filter(([, names]) => !/^\{(\s*type [^,}]+,?)+\s*\}$/.test(names))
      .map(([, , name]) => join(dirname(path), name).split(sep).join("/"));
  const visited = new Set<string>();
  const visit = (path: string, above: readonly string[]): void => {
    expect(above).not.toContain(path);
    if (visited.has(path)) return;
    visited.add(path);
    for (const target of targets(path)) visit(target, [...above, path]);
  };
  for (const path of files) visit(path, []);
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
        /^(numerics|contracts|engine|learning|sampling|coefficient|transitions|models|systems|lab)\//.test(path) &&
        !path.includes("figures"),
    )
    .filter(path => importsOf(path).some(name => /charts\//.test(name) || name === "@observablehq/plot"));
  expect(drawing).toEqual([]);
});

test("no file of the core imports Node or names its globals", () => {
  const touching = files.filter(path => {
    if (nodeAllowed(path)) return false;
    const text = readFileSync(join(src, path), "utf8").replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "");
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
        /^(numerics|engine|learning|sampling|coefficient|transitions|models|systems)\//.test(path) &&
        !path.includes("figures"),
    )
    .filter(path => forbidden.test(readFileSync(join(src, path), "utf8").replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "")));
  expect(wrong).toEqual([]);
});
