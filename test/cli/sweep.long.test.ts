import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { emptyFolder } from "../support/scratch.ts";
import { call } from "./call.ts";

const root = emptyFolder();
afterAll(() => rmSync(root, { recursive: true }));

const sweep = ["sweep", "deep-linear", "--width", "2", "--dx", "1", "--steps", "200", "--every", "20"];
const axes = ["--x", "weightDecay=lin(0.1,0.9,5)", "--y", "strength=lin(0.2,1.8,5)"];
const common = (runs: string) => ["--runs", runs, "--no-report", "--workers", "1"];
const folder = (name: string) => join(root, name);
const pathOf = (runs: string) => join(runs, readdirSync(runs)[0]);

const ran = async (words: readonly string[]) => {
  const called = await call(words);
  expect(called.code, called.stderr).toBe(0);
  return called;
};
const refused = async (words: readonly string[]): Promise<string> => {
  const { code, stdout, stderr } = await call(words);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toMatch(/^landau: [^\n]*\n$/);
  return stderr;
};

describe("a sweep", () => {
  const runs = folder("whole");

  test("ends with its phases and their shares, the map, what could be missed, and the critical values", async () => {
    const { stdout, stderr } = await ran([...sweep, ...axes, ...common(runs)]);
    expect(stderr).toContain("a map of 25 cells\n");
    expect(stderr).toContain("25 of 25 runs, 25 of 25 cells in ");
    expect(stdout).toContain("sweep: a map of phases\n  25 runs at 25 of 25 cells\n");
    expect(stdout).toMatch(/L learned: \d+ % of the map\n {2}T trivial: \d+ % of the map\n/);
    const map = stdout.split("\n").flatMap(line => /┤(.*)$/.exec(line)?.[1] ?? []);
    expect(map).toHaveLength(5);
    for (const row of map) expect(row).toMatch(/^L*T*$/);
    // Stronger targets are learned under more decay.
    const learned = map.map(row => row.lastIndexOf("L") + 1);
    expect(learned).toEqual([...learned].sort((a, b) => b - a));
    expect(learned[0]).toBeGreaterThan(learned[4]);
    expect(stdout).toContain("Every cell was run: no island is left out.");
    expect(stdout).toMatch(/Theory: critical weightDecay [\d.]+/);
    expect(stdout).toMatch(/sweep deep-linear --into deep-linear-sweep-\S+ --seeds 2\n/);
  });

  test("as JSON has the same map", async () => {
    const { stdout } = await ran([...sweep, ...axes, ...common(folder("json")), "--json"]);
    const { maps, phases } = JSON.parse(stdout);
    expect(maps.sweep).toMatchObject({ runs: 25, cells: 25, largestMissed: 0 });
    expect(maps.sweep.labels).toHaveLength(5);
    expect(maps.sweep.x.values).toEqual([0.1, 0.3, 0.5, 0.7, 0.9]);
    expect(phases.sweep.learned + phases.sweep.trivial).toBe(25);
    expect(maps.sweep.shares.learned + maps.sweep.shares.trivial).toBeCloseTo(1, 12);
  });

  test("goes on with more seeds and a wider axis in its folder, and ends as if it had been so at once", async () => {
    const more = await ran(["sweep", "deep-linear", "--into", "last", "--seeds", "2", ...common(runs)]);
    expect(more.stderr).toContain("25 of 50 runs already done\n");
    const wide = ["--x", "weightDecay=lin(0.1,1.3,7)", "--y", "strength=lin(0.2,1.8,5)", "--seeds", "2"];
    const wider = await ran(["sweep", "deep-linear", "--into", "last", ...wide, ...common(runs), "--json"]);
    expect(wider.stderr).toContain("50 of 70 runs already done\n");
    const once = folder("once");
    const { stdout } = await ran([...sweep, ...wide, ...common(once), "--json"]);
    expect(JSON.parse(wider.stdout).contentHash).toBe(JSON.parse(stdout).contentHash);
    const files = (path: string) =>
      readdirSync(join(path, "tasks")).map(name => [name, readFileSync(join(path, "tasks", name), "utf8")]);
    expect(files(pathOf(runs))).toEqual(files(pathOf(once)));
  });

  test("refuses other settings with what differs, and a map that would lose what is done", async () => {
    const into = (...words: readonly string[]) =>
      refused(["sweep", "deep-linear", "--into", "last", ...words, ...common(runs)]);
    const [id] = readdirSync(runs);
    expect(await into("--seeds", "4", "--width", "3", "--set", "steps=300")).toBe(
      `landau: run ${id} was made with other settings: steps is 200 there and 300 here, width is 2 there and 3 here. Leave them as they are there, or begin a run of its own\n`,
    );
    expect(await into("--seeds", "1")).toContain("seeds is 1: needs at least the 2 that are done");
    expect(await into("--x", "weightDecay=lin(0.1,1.3,8)", "--y", "strength=lin(0.2,1.8,5)")).toContain(
      "the 8 values of weightDecay leave out 0.3, which is done",
    );
    expect(await into("--x", "weightDecay=lin(0.1,1.3,7)")).toContain('the control along y is "none": needs strength');
    expect(await into("--seed", "3")).toContain("--seed is 3: needs 0, as in ");
    expect(await refused(["sweep", "embedding", "--into", "last", "--runs", runs])).toContain(
      '--into is "last": needs a sweep of embedding',
    );
  });

  test("an adaptive one makes fewer runs, and a random one as many as its budget", async () => {
    const large = ["--x", "weightDecay=lin(0.1,0.9,9)", "--y", "strength=lin(0.2,1.8,9)", "--seeds", "3"];
    const adaptive = await ran([...sweep, ...large, "--adaptive", ...common(folder("adaptive")), "--json"]);
    expect(JSON.parse(adaptive.stdout).maps.sweep.runs).toBeLessThan(150);
    const random = await ran([...sweep, ...large, "--random", "--budget", "40", ...common(folder("random")), "--json"]);
    expect(JSON.parse(random.stdout).maps.sweep.runs).toBe(40);
    expect(random.stderr).toContain("40 of 40 runs, ");
  });
});

test("an adaptive sweep that is widened keeps every run, and makes fewer than a new one", async () => {
  const runs = folder("adaptive-wider");
  const of = (path: string): string[] => readdirSync(join(path, "tasks")).sort();
  const adaptive = [...axes.slice(2), "--adaptive", "--seeds", "3", ...common(runs), "--json"];
  await ran([...sweep, "--x", "weightDecay=lin(0.1,0.9,9)", ...adaptive]);
  const path = pathOf(runs);
  const before = of(path);
  const wide = ["--into", "last", "--x", "weightDecay=lin(0.1,1.3,13)", ...axes.slice(2), ...common(runs), "--json"];
  const { stdout, stderr } = await ran(["sweep", "deep-linear", ...wide]);
  const after = of(path);
  expect(after).toEqual(expect.arrayContaining(before));
  expect(stderr).toMatch(new RegExp(`\\n${before.length} of \\d+ runs so far already done\\n`));
  const { runs: made, cells } = JSON.parse(stdout).maps.sweep;
  expect(made).toBe(after.length);
  expect(cells).toBeGreaterThan(13);
  expect(after.length).toBeLessThan(3 * 13 * 5);
  // Nothing is left to do.
  const again = await ran(["resume", "last", ...common(runs), "--json"]);
  expect(JSON.parse(again.stdout).contentHash).toBe(JSON.parse(stdout).contentHash);
});

describe("is refused in one line, and makes no folder", () => {
  const runs = folder("refused");
  test.each<[string, readonly string[], string]>([
    ["no axis", [], "--x is missing: needs a control and its values, such as 'weightDecay=lin(0.02,0.6,9)'"],
    ["nonsense", ["--x", "weightDecay"], '--x is "weightDecay": needs a control and its values, such as '],
    [
      "no such control",
      ["--x", "weightDecai=lin(0,1,3)"],
      '--x: unknown setting "weightDecai": did you mean weightDecay?',
    ],
    [
      "a negative logarithm",
      ["--x", "weightDecay=log(-1,1,3)"],
      "--x weightDecay is -1: needs a number between 0 and 1000",
    ],
    [
      "a logarithm from zero",
      ["--x", "weightDecay=log(0,1,3)"],
      "needs positive ends where values are spaced by equal factors",
    ],
    [
      "the same twice",
      [...axes.slice(0, 2), "--y", "weightDecay=lin(0,1,3)"],
      '--y is "weightDecay=lin(0,1,3)": needs another control than --x',
    ],
    ["y alone", axes.slice(2), "--y is given without --x"],
    ["no seeds", [...axes, "--seeds", "0"], 'seeds is "0": needs a whole number between 1 and 100000'],
    ["half a neuron", ["--x", "dx=lin(1,2,3)"], "dx on an axis is 1.5: needs a whole number between 1 and 64"],
    [
      "swept and set",
      [...axes, "--weightDecay", "0.2"],
      "weightDecay is 0.2: needs no value of its own, as it is swept",
    ],
    ["a budget for all", [...axes, "--budget", "3"], "--budget is for a map that leaves out runs"],
    ["both designs", [...axes, "--adaptive", "--random"], "'--adaptive' cannot be used with option '--random'"],
    ["no such run", ["--into", "nothing"], "there are no runs"],
  ])("%s", async (_, words, message) => {
    expect(await refused([...["sweep", "deep-linear"], ...words, "--runs", runs])).toContain(message);
    expect(existsSync(runs)).toBe(false);
  });
});

test("a corrupt result is named with its line and the way out, and nothing else is lost", async () => {
  const runs = folder("corrupt");
  const whole = await ran([...sweep, ...axes, ...common(runs), "--json"]);
  const tasks = join(pathOf(runs), "tasks");
  const broken = join(tasks, readdirSync(tasks)[7]);
  const [line, end] = readFileSync(broken, "utf8").split("\n");
  const recovers = async () => {
    rmSync(broken);
    const again = await ran(["resume", "last", ...common(runs), "--json"]);
    expect(again.stderr).toContain("24 of 25 runs already done\n");
    expect(JSON.parse(again.stdout).contentHash).toBe(JSON.parse(whole.stdout).contentHash);
  };
  for (const text of [`${line.slice(0, -1)},\n${end}\n`, `${line.replace('"x":0.', '"x":9.')}\n${end}\n`]) {
    writeFileSync(broken, text);
    const { code, stderr } = await call(["show", "last", "--runs", runs]);
    expect(code).toBe(2);
    expect(stderr).toBe(
      `landau: ${broken} was changed after the run finished: restore it, or delete it and resume: its task runs again\n`,
    );
    await recovers();
    // The same in a run that is not finished.
    writeFileSync(broken, text);
    rmSync(join(pathOf(runs), "finished.json"));
    const message = await refused(["resume", "last", ...common(runs)]);
    expect(message).toContain(`${broken}:`);
    expect(message).toContain("the line is corrupt: ");
    expect(message).toContain("or delete it and resume: its task runs again");
    await recovers();
  }
});

test("Ctrl-C leaves a run that says how to go on, and goes on", async () => {
  const runs = folder("stopped");
  const control = new AbortController();
  const calling = call([...sweep, ...axes, "--seeds", "40", ...common(runs)], { signal: control.signal });
  // Once there is something to keep, and long before the end.
  const begun = () => existsSync(runs) && readdirSync(runs).length > 0 && existsSync(join(pathOf(runs), "tasks"));
  while (!begun() || readdirSync(join(pathOf(runs), "tasks")).length === 0)
    await new Promise(done => setTimeout(done, 5));
  control.abort();
  const { code, stderr } = await calling;
  expect(code).toBe(130);
  expect(stderr).toMatch(/was stopped; to go on: landau resume \S+\n$/);
  const { stderr: resumed } = await ran(["resume", "last", ...common(runs)]);
  expect(resumed).toContain("1000 of 1000 runs, 25 of 25 cells");
});

test("help names the options, and lists the settings of a system but those that are axes", async () => {
  const { stdout } = await ran(["sweep", "deep-linear", "--help"]);
  for (const text of ["--x <axis>", "--adaptive", "--into <run>", "Settings of deep-linear:", "--weightDecay <value>"])
    expect(stdout).toContain(text);
  for (const text of ["--xControl", "--columns", "--design"]) expect(stdout).not.toContain(text);
  expect((await ran(["--help"])).stdout).toMatch(/ {2}sweep .*map the phases/);
});
