import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { expect, test } from "vitest";
import { systems } from "../src/systems/index.ts";
import { emptyFolder } from "./support/scratch.ts";

const root = resolve(import.meta.dirname, "..");
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));

test("dependencies are pinned exactly and bring no install scripts", () => {
  for (const [name, version] of Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }))
    expect(version, name).toMatch(/^(npm:[\w/@-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/);
  const { packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  const scripted = Object.entries<{ dev?: boolean; hasInstallScript?: boolean }>(packages)
    .filter(([, { dev, hasInstallScript }]) => hasInstallScript && !dev)
    .map(([name]) => name);
  expect(scripted).toEqual([]);
});

/** Whether an `engines` range of npm lets Node 20.19 in. */
const allowsOldest = (range: string): boolean =>
  range.split("||").some(part => {
    const [, sign, major, minor = "0"] = /^\s*(\^|>=)?\s*v?(\d+)(?:\.(\d+))?/.exec(part) ?? [];
    const atMost = Number(major) < 20 || (Number(major) === 20 && Number(minor) <= 19);
    return sign === ">=" ? atMost : atMost && Number(major) === 20;
  });

test("no dependency asks for a newer Node than Landau does, so that `npm ci` warns of nothing", () => {
  const { packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  const asked = Object.entries<{ engines?: { node?: string } }>(packages)
    .filter(([name]) => name !== "")
    .map(([name, { engines }]) => `${name} ${engines?.node ?? ">=0"}`)
    .filter(text => !allowsOldest(text.slice(text.indexOf(" "))));
  expect(asked).toEqual([]);
});

/** Targets of links in Markdown that lie inside the project. */
const linksIn = (page: string): string[] =>
  [
    ...readFileSync(join(root, page), "utf8")
      .replace(/```[\s\S]*?```/g, "")
      .matchAll(/\]\(([^)\s]+)\)/g),
  ]
    .map(([, target]) => target.split("#")[0])
    .filter(target => target !== "" && !/^https?:/.test(target))
    .map(target => join(dirname(page), target));

test("publint finds nothing wrong", async () => {
  const { messages } = await publint({ pkgDir: root, strict: true });
  expect(messages.map(message => formatMessage(message, manifest))).toEqual([]);
});

test("the packed package, installed elsewhere, gives a command, a library and its types", () => {
  const home = emptyFolder();
  const packed = execFileSync("npm", ["pack", "--silent", "--pack-destination", home], {
    cwd: root,
    encoding: "utf8",
  }).trim();
  execFileSync("tar", ["-xzf", join(home, packed), "-C", home]);
  const pages = readdirSync(join(home, "package"), { recursive: true, encoding: "utf8" }).filter(path =>
    /^(README|CONTRIBUTING|CHANGELOG|docs\/.*|src\/.*)\.md$/.test(path),
  );
  expect(pages).toContain("docs/glossary.md");
  const dead = pages.flatMap(page => linksIn(page).filter(target => !existsSync(join(home, "package", target))));
  expect(dead).toEqual([]);
  // The dependencies are those already here: what is tested is what the tarball holds.
  const modules = join(home, "node_modules");
  mkdirSync(modules);
  for (const name of readdirSync(join(root, "node_modules")))
    if (!name.startsWith(".")) symlinkSync(join(root, "node_modules", name), join(modules, name));
  cpSync(join(home, "package"), join(modules, "landau"), { recursive: true });

  const cli = join(modules, "landau", manifest.bin.landau);
  expect(execFileSync(process.execPath, [cli, "--version"], { encoding: "utf8" }).trim()).toBe(manifest.version);
  const kgon = execFileSync(
    process.execPath,
    [cli, "theory", "superposition", "kgon", "--k", "5", "--c", "6", "--json"],
    {
      cwd: home,
      encoding: "utf8",
    },
  );
  expect(JSON.parse(kgon).l).toBeCloseTo(1.170459639097829, 14);

  writeFileSync(
    join(home, "use.ts"),
    'import { optimisers, systems, type System } from "landau";\nimport { lineChart } from "landau/charts";\n' +
      'import { readCsv } from "landau/formats";\nimport { readRun } from "landau/node";\n' +
      'import { mirrorLearner, mirrorSymmetry } from "landau/systems/mirror-symmetry";\n' +
      'import { figures } from "landau/systems/mirror-symmetry/figures";\n' +
      "const names: readonly string[] = Object.keys(systems);\n" +
      'const one: Promise<System> = systems["mirror-symmetry"].load();\n' +
      "const same: System = mirrorSymmetry;\nconst size: number = mirrorLearner.controls.strength.default;\n" +
      "export { figures, lineChart, names, one, optimisers, readCsv, readRun, same, size };\n",
  );
  writeFileSync(join(home, "package.json"), '{ "type": "module" }');
  const tsc = join(root, "node_modules/typescript-7/bin/tsc");
  const options = [
    "--noEmit",
    "--strict",
    "--module",
    "nodenext",
    "--target",
    "es2022",
    "--skipLibCheck",
    "--types",
    "node",
  ];
  execFileSync(process.execPath, [tsc, ...options, "use.ts"], { cwd: home, stdio: "pipe" });
  const script = 'import { systems } from "landau"; console.log(Object.keys(systems).join())';
  expect(execFileSync(process.execPath, ["--input-type=module", "-e", script], { cwd: home, encoding: "utf8" })).toBe(
    `${Object.keys(systems).join()}\n`,
  );
});
