import { existsSync } from "node:fs";
import { resolve } from "node:path";
import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { System } from "../../src/contracts/system.ts";
import { type SystemName, systems } from "../../src/systems/index.ts";
import { type Bundle, bundleForBrowser } from "../support/bundle.ts";

const WHOLE = 130_000;
const TABLE = 15_000;

const root = resolve(import.meta.dirname, "../..");
const names = Object.keys(systems);
const sizeOf = ({ code }: Bundle): number => gzipSync(code, { level: 9 }).length;

/** The systems of which a bundle has modules. The table of all shows their cards, and relatives share closed forms: `theory` of one in another. */
const systemsIn = ({ modules }: Bundle): string[] => {
  const owners = modules.flatMap(path => /src\/systems\/([^/]+)\/(?!card\.ts|theory)/.exec(path)?.[1] ?? []);
  return [...new Set(owners)].sort();
};

describe.each(names)("the entries of %s", name => {
  const folder = `src/systems/${name}`;
  const drawing = ["figures.ts", "figures/index.ts"].filter(path => existsSync(resolve(root, folder, path)));
  const entries = ["index.ts", ...drawing].map(path => `${folder}/${path}`);
  const bundle = bundleForBrowser(entries, { format: "esm", minify: true });

  test(`are, the system with its pictures, at most ${WHOLE} bytes, minified and compressed`, async () => {
    expect(sizeOf(await bundle)).toBeLessThanOrEqual(WHOLE);
  });

  test("bring no other system", async () => {
    expect(systemsIn(await bundle)).toEqual([name]);
  });

  test("import nothing, and nothing later", async () => {
    expect((await bundle).imports).toEqual([]);
  });

  test("export the system, its learner where it has one, and its pictures", async () => {
    const exported: { readonly [name: string]: unknown } = await import(resolve(root, folder, "index.ts"));
    const system: System = await systems[name as SystemName].load();
    expect(Object.values(exported)).toEqual(
      expect.arrayContaining([system, ...(system.learner ? [system.learner] : [])]),
    );
    expect((await bundle).exports).toEqual(expect.arrayContaining([...Object.keys(exported), "figures"]));
  });
});

describe("the table of systems", () => {
  const bundle = bundleForBrowser("src/systems/index.ts", { format: "esm", minify: true, dynamic: "external" });

  test(`alone is at most ${TABLE} bytes, minified and compressed`, async () => {
    expect(sizeOf(await bundle)).toBeLessThanOrEqual(TABLE);
  });

  test("holds none of them, and loads each with its pictures when asked", async () => {
    expect(systemsIn(await bundle)).toEqual([]);
    const later = [...(await bundle).code.matchAll(/import\(["'`]\.\/([^/]+)\//g)].map(([, name]) => name);
    expect(later).toEqual(names.flatMap(name => [name, name]));
  });
});
