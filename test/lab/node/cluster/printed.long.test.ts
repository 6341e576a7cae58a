import { spawn, spawnSync } from "node:child_process";
import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { delimiter, join, resolve } from "node:path";
import { beforeAll, expect, test } from "vitest";
import { cli, execute } from "../../../cli/executable.ts";
import { full } from "../../../support/full.ts";
import { emptyFolder } from "../../../support/scratch.ts";

/*
 * Long: what `landau plan --print` prints is run by the programs that it is for, where they are; the results are those of one process. HyperQueue and the schemas of
 * Kubernetes are in the Python environment that `npm run bench -- cluster` makes; HyperQueue's program `hq`, where it is not installed, is played by that package.
 */

const TIMEOUT = 600_000;
const TASKS = 24;
const root = resolve(import.meta.dirname, "../../../..");
const environment = join(root, "bench/cluster/.venv/bin");
const home = { path: "", spec: "", hash: "" };

const has = (name: string, path = process.env.PATH ?? ""): boolean =>
  path.split(delimiter).some(place => existsSync(join(place, name)));

/** Where an npx is first that starts this build, as one does where Landau is installed. */
const withNpx = (): string => {
  const place = emptyFolder();
  writeFileSync(join(place, "npx"), `#!/bin/bash\nshift\nexec ${process.execPath} ${cli} "$@"\n`, { mode: 0o755 });
  return place;
};

beforeAll(async () => {
  if (!full) return;
  home.path = emptyFolder();
  home.spec = join(home.path, "spec.toml");
  writeFileSync(
    home.spec,
    `system = "deep-linear"\nseed = 3\n[[studies]]\nname = "map"\nprotocol = "train"\nchains = ${TASKS}\nsettings = { steps = 50 }\n`,
  );
  const { stdout } = await execute(["run", home.spec, "--json", "--no-report", "--runs", join(home.path, "plain")]);
  home.hash = JSON.parse(stdout).contentHash;
}, TIMEOUT);

/** Plans a run, and gives its folder and what is printed for a program. */
const printedFor = async (program: string): Promise<{ readonly folder: string; readonly text: string }> => {
  const runs = join(home.path, program);
  await execute(["plan", home.spec, "--runs", runs]);
  const folder = join(runs, readdirSync(runs)[0]);
  const { stdout } = await execute(["plan", folder, "--print", program, "--shards", "5"]);
  return { folder, text: stdout };
};

const shell = (command: string, path: string) =>
  new Promise<{ readonly code: number | null; readonly output: string }>(done => {
    const child = spawn("bash", ["-c", command], {
      cwd: home.path,
      env: { ...process.env, PATH: `${path}${delimiter}${process.env.PATH}` },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", text => {
        output += text;
      });
    child.on("close", code => done({ code, output }));
  });

/** The line or file gathers by itself; what it left is the run. */
const expectWhole = async (
  folder: string,
  { code, output }: { readonly code: number | null; readonly output: string },
) => {
  expect({ code, output }).toMatchObject({ code: 0 });
  const { stdout } = await execute(["gather", folder, "--json", "--no-report"]);
  expect(JSON.parse(stdout)).toMatchObject({ known: TASKS, done: TASKS, contentHash: home.hash });
};

test.runIf(full && has("parallel"))(
  "GNU parallel runs its line",
  async () => {
    const { folder, text } = await printedFor("parallel");
    await expectWhole(folder, await shell(text, withNpx()));
  },
  TIMEOUT,
);

test.runIf(full && has("make"))(
  "make runs its file",
  async () => {
    const { folder, text } = await printedFor("make");
    writeFileSync(join(home.path, "landau.mk"), text);
    await expectWhole(folder, await shell("make -k -j 2 -f landau.mk", withNpx()));
  },
  TIMEOUT,
);

const hasHq = has("hq");
const hasPackage =
  existsSync(environment) && spawnSync(join(environment, "python"), ["-c", "import hyperqueue"]).status === 0;

test.runIf(full && (hasHq || hasPackage))(
  "HyperQueue runs its line",
  async () => {
    const { folder, text } = await printedFor("hyperqueue");
    const hq = hasHq ? [] : [join(root, "test/support/hyperqueue"), environment];
    await expectWhole(folder, await shell(text, [withNpx(), ...hq].join(delimiter)));
  },
  TIMEOUT,
);

test.runIf(full && existsSync(join(environment, "kubernetes-validate")))(
  "the manifest is one by the schema of Kubernetes, in which nothing is unknown",
  async () => {
    const { text } = await printedFor("kubernetes");
    const file = join(home.path, "job.yaml");
    writeFileSync(file, text);
    const { code, output } = await shell(
      `kubernetes-validate --strict -k 1.29.0 ${file} && kubernetes-validate --strict ${file}`,
      environment,
    );
    expect({ code, output }).toMatchObject({ code: 0 });
    // The check is one: a word that Kubernetes does not know is told.
    writeFileSync(file, text.replace("backoffLimitPerIndex", "backOffLimitPerIndex"));
    expect((await shell(`kubernetes-validate --strict ${file}`, environment)).code).not.toBe(0);
  },
  TIMEOUT,
);
