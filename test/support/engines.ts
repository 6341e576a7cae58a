import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, mkdtempSync, rmdirSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, chromium } from "playwright-core";

/**
 * The engines besides the running Node in which the same bits are asked for. They come from npm at pinned versions, into
 * test/engines, the first time a test wants one; the product itself needs none of them.
 */
const engines = resolve(import.meta.dirname, "../engines");
const fromEngines = createRequire(join(engines, "package.json"));

/** Files of tests run side by side: the first installs, the others wait for it. */
const install = (folder: string = engines): void => {
  const isInstalled = () => existsSync(join(folder, "node_modules/.package-lock.json"));
  const lock = join(tmpdir(), `landau-engines-${createHash("sha256").update(folder).digest("hex").slice(0, 12)}`);
  const end = Date.now() + 120_000;
  while (!isInstalled()) {
    try {
      mkdirSync(lock);
    } catch {
      if (Date.now() > end) throw new Error(`another test holds ${lock}: remove it when none is running`);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
      continue;
    }
    try {
      if (!isInstalled())
        execFileSync("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: folder, stdio: "pipe" });
    } finally {
      rmdirSync(lock);
    }
  }
};

/** Path of a Node 24 executable. */
export const node24 = (): string => {
  install();
  return fromEngines.resolve(`node-${process.platform}-${process.arch}/bin/node`);
};

/** Path of an executable of Node 22 or 26, for long checks. */
export const furtherNode = (version: 22 | 26): string => {
  const folder = join(engines, "further");
  install(folder);
  return createRequire(join(folder, "package.json")).resolve(
    `node${version}-${process.platform}-${process.arch}/bin/node`,
  );
};

/** A headless Chromium: the system's own when there is one, else the build that npm carries. */
export const launchChromium = async (): Promise<Browser> => {
  const system = ["chromium", "chromium-browser", "google-chrome"]
    .flatMap(name => (process.env.PATH ?? "").split(delimiter).map(path => join(path, name)))
    .find(existsSync);
  const { executablePath, env } = system ? { executablePath: system, env: process.env } : await packagedChromium();
  return chromium.launch({
    executablePath,
    env: env as { [name: string]: string },
    args: [
      "--headless",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
};

/** The package brings the shared libraries that a bare Debian lacks, but unpacks them only where this variable is set. */
const packagedChromium = async () => {
  install();
  process.env.AWS_EXECUTION_ENV ??= "AWS_Lambda_nodejs20.x";
  const { default: packaged } = await import(pathToFileURL(fromEngines.resolve("@sparticuz/chromium")).href);
  const executablePath: string = await packaged.executablePath();
  const libraries = join(tmpdir(), "al2023", "lib");
  return {
    executablePath,
    env: { ...process.env, HOME: mkdtempSync(join(tmpdir(), "landau-chromium-")), LD_LIBRARY_PATH: libraries },
  };
};
