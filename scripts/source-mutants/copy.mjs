/** Copies of the tree in temporary folders, and vitest in them: the tree itself is never written to. */
import { execFileSync, spawn } from "node:child_process";
import { cpSync, existsSync, lstatSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";

/** Ten files of tests that run longer than this, in milliseconds, have met something that does not end. */
const LONGEST = 600_000;

const copies = new Set();
const running = new Set();

/** All files that git knows or would take up, and the compiled kernels. */
const filesOf = root => {
  const list = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: root,
    encoding: "utf8",
    maxBuffer: 1 << 26,
  });
  return [...new Set(list.split("\0")), ...KERNELS].filter(
    file => file !== "" && existsSync(join(root, file)) && !lstatSync(join(root, file)).isSymbolicLink(),
  );
};

const KERNELS = ["engine", "numerics"].map(layer => `src/${layer}/kernels/bytes.ts`);

/** A new folder that holds the tree `root`, with a link to its packages. */
export const makeCopy = root => {
  const copy = realpathSync(mkdtempSync(join(tmpdir(), "landau-mutants-")));
  copies.add(copy);
  for (const file of filesOf(root)) cpSync(join(root, file), join(copy, file));
  symlinkSync(realpathSync(join(root, "node_modules")), join(copy, "node_modules"), "dir");
  return copy;
};

export const removeCopies = () => {
  for (const copy of copies) rmSync(copy, { recursive: true, force: true });
  copies.clear();
};

/** Ends what still runs, with its workers. */
export const stopTests = () => {
  for (const child of running) {
    try {
      process.kill(-child.pid, "SIGKILL");
    } catch {
      // It has ended.
    }
  }
};

/** The first test that failed, and why nothing ran where none did. */
const failureOf = (copy, report, output) => {
  if (!existsSync(report)) return output.trim().split("\n").at(-1) ?? "no report";
  const { testResults } = JSON.parse(readFileSync(report, "utf8"));
  for (const { name, assertionResults, message, status } of testResults) {
    const failed = assertionResults.find(({ status }) => status === "failed");
    if (failed) return `${relative(copy, name)}: ${failed.fullName.trim()}`;
    if (status === "failed") return `${relative(copy, name)}: ${message.split("\n")[0] || "does not load"}`;
  }
  return "an error outside the tests";
};

/**
 * Runs the named files of tests in a copy until one fails.
 * @returns whether one failed, the first one that did, and the seconds that it took
 */
export const runTests = (copy, tests, workers = 1) =>
  new Promise(resolve => {
    const start = performance.now();
    const report = join(copy, "report.json");
    rmSync(report, { force: true });
    const child = spawn(
      process.execPath,
      [
        join(copy, "node_modules/vitest/vitest.mjs"),
        ...["run", "--bail=1", `--maxWorkers=${workers}`, "--reporter=json", `--outputFile=${report}`],
        ...tests,
      ],
      // A group of its own, so that workers end with it.
      { cwd: copy, detached: true, stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, CI: "1" } },
    );
    running.add(child);
    let output = "";
    const keep = data => {
      output = (output + data).slice(-2000);
    };
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    let late = false;
    const timer = setTimeout(
      () => {
        late = true;
        process.kill(-child.pid, "SIGKILL");
      },
      LONGEST * Math.max(1, tests.length / 10),
    );
    child.on("close", code => {
      clearTimeout(timer);
      running.delete(child);
      const failed = late || code !== 0;
      resolve({
        failed,
        by: !failed ? "" : late ? "it does not end" : failureOf(copy, report, output),
        seconds: Math.round((performance.now() - start) / 100) / 10,
      });
    });
  });
