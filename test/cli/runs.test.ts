import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { opener } from "../../src/cli/browser.ts";
import { resultText, sizeText } from "../../src/cli/run-text.ts";
import { call } from "./call.ts";

const root = mkdtempSync(join(tmpdir(), "landau-runs-"));
afterAll(() => rmSync(root, { recursive: true }));

const brief = ["train", "mirror-symmetry", "--steps", "40", "--workers", "1"];
const runs = join(root, "runs");
/** Two runs of one kind that differ in a setting, and one of another. */
beforeAll(async () => {
  for (const words of [brief, [...brief, "--weightDecay", "0.2"], ["train", "law-of-balance", "--steps", "40"]])
    expect(await call([...words, "--runs", runs])).toMatchObject({ code: 0 });
});

const copyOf = async (name: string): Promise<string> => {
  const folder = join(root, name);
  for (const words of [brief, brief, ["train", "law-of-balance", "--steps", "40", "--workers", "1"]])
    expect(await call([...words, "--runs", folder])).toMatchObject({ code: 0 });
  return folder;
};

test("runs: one line a run, with its date, result, duration, size and command", async () => {
  const { code, stdout } = await call(["runs", "--runs", runs]);
  expect(code).toBe(0);
  const [header, ...lines] = stdout.trimEnd().split("\n");
  expect(header).toMatch(/^run +result +time +size +command$/);
  expect(lines).toHaveLength(3);
  for (const line of lines)
    expect(line).toMatch(/^\d{8}-\d{6}(-\d+)? +done +\d+ s +\d+(\.\d)? [kM]B {2}landau train \S+ --steps 40 /);
  expect(lines[1]).toContain("--weightDecay 0.2");
  const listed = JSON.parse((await call(["runs", "--runs", runs, "--json"])).stdout);
  expect(listed.map(({ system, bytes }: { system: string; bytes: number }) => [system, bytes > 1000])).toEqual([
    ["mirror-symmetry", true],
    ["mirror-symmetry", true],
    ["law-of-balance", true],
  ]);
});

test("runs: none, with a command that makes one", async () => {
  expect((await call(["runs", "--runs", join(root, "none")])).stdout).toBe(
    `no runs in ${join(root, "none")}: landau reproduce superposition makes one\n`,
  );
});

test("show: the latest run of a system, results before what was run", async () => {
  const { stdout } = await call(["show", "mirror-symmetry", "--runs", runs]);
  const lines = stdout.split("\n");
  expect(lines[0]).toMatch(/^mirror-symmetry-train-\d/);
  expect(lines[2]).toMatch(/^train ends at {2}\w+: 1$/);
  expect(stdout.indexOf("train ends at")).toBeLessThan(stdout.indexOf("content hash"));
  expect(stdout).toMatch(/^command +landau train mirror-symmetry .*--weightDecay 0\.2/m);
  expect(stdout).toMatch(/^studies +train: 1 chain of train$/m);
});

describe("compare", () => {
  test("settings that differ, by name, and whether the hashes are equal", async () => {
    const [first, second] = readdirSync(runs).filter(name => name.startsWith("mirror"));
    const { code, stdout } = await call(["compare", first, second, "--runs", runs]);
    expect(code).toBe(0);
    expect(stdout).toContain("content hashes differ");
    expect(stdout).toMatch(/^weightDecay +\S+ +0\.2$/m);
    expect(stdout).not.toMatch(/^steps /m);
    const found = JSON.parse((await call(["compare", first, second, "--runs", runs, "--json"])).stdout);
    expect(found).toMatchObject({ sameHash: false, settings: [{ name: "weightDecay" }] });
    expect((await call(["compare", first, first, "--runs", runs])).stdout).toMatch(
      /hashes are equal[\s\S]*no setting differs/,
    );
  });

  test("verdicts side by side", async () => {
    const folder = join(root, "judged");
    for (const seed of ["0", "1"])
      expect(
        await call(["reproduce", "mirror-symmetry", "--quick", "--seed", seed, "--runs", folder, "--workers", "1"]),
      ).toMatchObject({ code: 0 });
    const [first, second] = readdirSync(folder).sort();
    const { stdout } = await call(["compare", first, second, "--runs", folder]);
    expect(stdout).toMatch(/^seed +0 +1$/m);
    expect(stdout).toMatch(/^claim +A +B$/m);
    expect(stdout).toMatch(/^mirror-thresholds +holds +\S.* holds /m);
    const { stdout: shown } = await call(["show", second, "--runs", folder]);
    expect(shown.indexOf("mirror-thresholds")).toBeLessThan(shown.indexOf("content hash"));
    const { stdout: list } = await call(["runs", "--runs", folder]);
    expect(list).toMatch(/ 1 holds? /);
  });
});

describe("open", () => {
  test("without a terminal: the path, and that it is to be opened by hand", async () => {
    const { code, stdout, stderr } = await call(["open", "mirror-symmetry", "--runs", runs]);
    expect(code).toBe(0);
    expect(existsSync(stdout.trim())).toBe(true);
    expect(stdout).toMatch(/report\.html\n$/);
    expect(stderr).toBe("no browser to open it with here: copy the file, or open it by its path\n");
  });

  test("what opens a page, by system; nothing without a screen", () => {
    expect(opener("darwin", {})).toEqual(["open"]);
    expect(opener("win32", {})).toEqual(["cmd", "/c", "start", ""]);
    expect(opener("linux", { DISPLAY: ":0" })).toEqual(["xdg-open"]);
    expect(opener("linux", { WAYLAND_DISPLAY: "wayland-0" })).toEqual(["xdg-open"]);
    expect(opener("linux", {})).toBeUndefined();
    expect(opener("linux", { BROWSER: "firefox" })).toEqual(["firefox"]);
  });

  test("a run without a report says how to write it", async () => {
    const folder = await copyOf("unwritten");
    const [name] = readdirSync(folder).filter(each => each.startsWith("law"));
    rmSync(join(folder, name, "report.html"));
    const { code, stderr } = await call(["open", name, "--runs", folder]);
    expect(code).toBe(2);
    expect(stderr).toContain(`has no report: landau resume ${join(folder, name)}`);
  });
});

describe("prune", () => {
  test("says which runs would go, and deletes them only with --yes; the latest of each kind stays", async () => {
    const folder = await copyOf("pruned");
    const before = readdirSync(folder);
    const [older] = before.filter(name => name.startsWith("mirror")).sort();
    const { code, stdout } = await call(["prune", "--runs", folder]);
    expect(code).toBe(0);
    expect(stdout).toMatch(new RegExp(`^${older} .*done\n\n1 run, \\d+.* would be deleted: add --yes to do it\n$`));
    expect(readdirSync(folder)).toEqual(before);
    expect((await call(["prune", "--runs", folder, "--older", "1", "--yes"])).stdout).toBe("nothing to delete\n");
    expect((await call(["prune", "--runs", folder, "--yes"])).stdout).toMatch(/1 run, .* deleted\n$/);
    expect(readdirSync(folder).sort()).toEqual(before.filter(name => name !== older).sort());
    expect((await call(["prune", "--runs", folder, "--keep", "0", "--yes"])).stdout).toMatch(/2 runs, .* deleted\n$/);
    expect(readdirSync(folder)).toEqual([]);
  });

  test("what is not finished stays unless asked for, and what is no run stays always", async () => {
    const folder = await copyOf("guarded");
    const names = readdirSync(folder).sort();
    const [half] = names.filter(name => name.startsWith("mirror"));
    rmSync(join(folder, half, "finished.json"));
    mkdirSync(join(folder, "my-notes"));
    writeFileSync(join(folder, "my-notes", "notes.txt"), "mine");
    expect((await call(["prune", "--runs", folder, "--yes"])).stdout).toBe("nothing to delete\n");
    const named = await call(["prune", half, "--runs", folder, "--yes"]);
    expect(named.code).toBe(2);
    expect(named.stderr).toContain(`${half} is interrupted, and could be resumed or looked at: add --unfinished`);
    const foreign = await call(["prune", "my-notes", "--unfinished", "--runs", folder, "--yes"]);
    expect(foreign.code).toBe(2);
    expect((await call(["prune", "--unfinished", "--keep", "0", "--runs", folder, "--yes"])).stdout).toMatch(/3 runs/);
    expect(readdirSync(folder)).toEqual(["my-notes"]);
    expect(readFileSync(join(folder, "my-notes", "notes.txt"), "utf8")).toBe("mine");
  });
});

test("results and sizes in words", () => {
  const line = { id: "a", path: "a", bytes: 0 };
  const verdicts = (holds: number, fails: number, undecided: number) => ({ holds, fails, undecided });
  expect(resultText({ ...line, status: "finished", verdicts: verdicts(23, 0, 0) })).toBe("23 hold");
  expect(resultText({ ...line, status: "finished", verdicts: verdicts(1, 1, 2) })).toBe(
    "1 holds, 1 fails, 2 undecided",
  );
  expect(resultText({ ...line, status: "finished", verdicts: verdicts(0, 0, 0) })).toBe("done");
  expect(resultText({ ...line, status: "interrupted" })).toBe("interrupted");
  expect([0, 999, 1000, 9_940, 9_960, 999_400, 999_600, 7.2e6, 3e15].map(sizeText)).toEqual([
    "0 B",
    "999 B",
    "1.0 kB",
    "9.9 kB",
    "10 kB",
    "999 kB",
    "1.0 MB",
    "7.2 MB",
    "3000 TB",
  ]);
});
