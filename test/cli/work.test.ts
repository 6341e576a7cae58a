import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { beforeAll, describe, expect, test } from "vitest";
import { emptyFolder } from "../support/scratch.ts";
import { call } from "./call.ts";

const spec = resolve(import.meta.dirname, "../../examples/map.toml");
const home = { runs: "", folder: "" };
beforeAll(async () => {
  home.runs = join(emptyFolder(), "runs");
  const { stdout } = await call(["plan", spec, "--runs", home.runs, "--json"]);
  home.folder = JSON.parse(stdout).folder;
});

describe("plan, work and gather", () => {
  test("refuse what they cannot use, with code 2", async () => {
    const tasks = join(emptyFolder(), "some.txt");
    writeFileSync(tasks, `${readFileSync(join(home.folder, "tasks.txt"), "utf8").slice(0, 20)}\n000-12\n`);
    const wrong: readonly (readonly [readonly string[], string])[] = [
      [["work", home.folder, "--shard", "0/3"], '--shard is "0/3": needs i/n with i from 1 to n, such as 3/8'],
      [["work", home.folder, "--shard", "4/3"], "needs i/n"],
      [["work", home.folder, "--tasks", "nowhere.txt"], "cannot read nowhere.txt"],
      [["work", home.folder, "--tasks", tasks], `${tasks}:2: the run has no task "000-12"`],
      [["work", home.folder, "--shard", "1/2", "--tasks", tasks], "cannot be used with"],
      [["work", home.folder, "--on", "moon"], "--on is moon: needs the address of a queue"],
      [["work", "nothing", "--runs", home.runs], 'no run "nothing"'],
      [["plan", "nowhere.toml"], "cannot read nowhere.toml"],
      [["plan", spec, "--print", "moon"], "moon"],
      [["gather", home.folder, "--audit", "0"], "audit"],
    ];
    for (const [words, message] of wrong) {
      const { code, stderr } = await call(words);
      expect([words, code], stderr).toEqual([words, 2]);
      expect(stderr).toContain(message);
    }
  });

  test("print what runs the tasks elsewhere", async () => {
    const printed = async (what: string) =>
      (await call(["plan", home.folder, "--print", what, "--shards", "4"])).stdout;
    const { folder } = home;
    expect(await printed("parallel")).toBe(
      `parallel --pipe -N 4 'landau work ${folder} --workers 1 --tasks -' < ${folder}/tasks.txt && landau gather ${folder}\n`,
    );
    expect(await printed("hyperqueue")).toBe(
      `hq submit --wait --array=1-4 --cpus=1 -- bash -c 'exec landau work ${folder} --workers 1 --shard "$HQ_TASK_ID/4"' && landau gather ${folder}\n`,
    );
    expect(await printed("make")).toContain(`\tlandau work ${folder} --workers 1 --shard $*/4\n`);
    expect(await printed("kubernetes")).toContain("  completions: 4\n");
  });

  test("do a run in parts, say how far it is, and end it", async () => {
    expect(await call(["gather", home.folder])).toMatchObject({ code: 1 });
    expect((await call(["work", home.folder, "--shard", "1/4"])).stdout).toContain("made 4 tasks, found 0 done\n");
    const { code, stdout } = await call(["gather", home.folder]);
    expect([code, stdout.split("\n")[0]]).toEqual([1, "4 of 16 tasks done, 0 failed"]);
    expect((await call(["work", home.folder])).stdout).toContain("made 12 tasks, found 4 done\n");
    const ended = await call(["gather", home.folder, "--audit", "2", "--no-report"]);
    expect(ended.code).toBe(0);
    expect(ended.stdout).toContain("16 of 16 tasks done, 0 failed\naudit: 2 of 2 tasks gave the same bytes here\n");
    const plain = join(emptyFolder(), "plain");
    const { contentHash } = JSON.parse((await call(["run", spec, "--json", "--no-report", "--runs", plain])).stdout);
    const again = JSON.parse((await call(["gather", home.folder, "--json", "--no-report"])).stdout);
    expect(again).toMatchObject({ contentHash, done: 16, known: 16, failed: [] });
    expect(readdirSync(join(home.folder, "workers")).length).toBeGreaterThan(1);
  });
});
