import { expect, test } from "vitest";
import { showRunProgress } from "../../../src/cli/progress/run-progress.ts";
import { emulatedTerminal } from "../../support/emulated-terminal.ts";

const studies = [
  { name: "scheme-A", protocol: "train", chains: 4, settings: {} },
  { name: "census", protocol: "census", chains: 2, settings: {} },
];

const clockOf = () => {
  let time = 0;
  return {
    now: () => time,
    pass: (seconds: number) => {
      time += seconds;
    },
  };
};

/** After what is reported at the very start. */
const begun = () => Promise.resolve();

const watchLines = () => {
  let text = "";
  const stderr = {
    write: (part: string) => {
      text += part;
    },
  };
  const { now, pass } = clockOf();
  return {
    progress: showRunProgress(studies, { stderr, env: {} }, now),
    pass,
    lines: () => text.split("\n").slice(0, -1),
  };
};

test("without a terminal the first line comes at once", () => {
  expect(watchLines().lines()).toEqual(["6 chains in 2 studies"]);
});

test("without a terminal a finished study gets one line when all its phases are counted", async () => {
  const { progress, pass, lines } = watchLines();
  await begun();
  progress.update("census", 0);
  pass(1);
  progress.ended("census", "5");
  progress.update("census", 2 - 1e-12);
  expect(lines()).toHaveLength(1);
  progress.ended("census", null);
  progress.update("census", 2 - 1e-12);
  progress.update("census", 2);
  expect(lines().slice(1)).toEqual(["census 2/2  1 s  5: 1  none: 1"]);
});

test("without a terminal a study without phases has its line before what comes after, which has one line too", async () => {
  const { progress, lines } = watchLines();
  await begun();
  progress.update("census", 2);
  progress.after("judging 2 claims", { done: 0, total: 2, name: "a" });
  progress.after("judging 2 claims", { done: 1, total: 2, name: "b" });
  expect(lines().slice(1)).toEqual(["census 2/2  1 s", "judging 2 claims"]);
});

test("without a terminal a minute without a finished study gets a line with the time left", async () => {
  const { progress, pass, lines } = watchLines();
  await begun();
  progress.update("scheme-A", 0);
  pass(30);
  progress.update("scheme-A", 1);
  expect(lines()).toHaveLength(1);
  pass(30);
  progress.update("scheme-A", 2);
  expect(lines().slice(1)).toEqual(["2 of 6 chains, 0 of 2 studies  about 2 min left"]);
});

test("without a terminal an interrupted run leaves its last state", async () => {
  const { progress, pass, lines } = watchLines();
  await begun();
  progress.update("scheme-A", 0);
  pass(1);
  progress.update("scheme-A", 1);
  progress.stop();
  expect(lines().slice(1)).toEqual(["1 of 6 chains, 0 of 2 studies in 1 s"]);
});

test("a study that was not announced changes nothing", () => {
  const { progress, lines } = watchLines();
  progress.update("other", 1);
  progress.ended("other", "5");
  expect(lines()).toHaveLength(1);
});

const watchRows = (columns = 80, rows = 24, list = studies) => {
  const terminal = emulatedTerminal(columns, rows);
  terminal.output.write("what stood there\n");
  const { now, pass } = clockOf();
  return { progress: showRunProgress(list, { stderr: terminal.output, env: {} }, now), pass, terminal };
};

test("on a terminal three rows: the whole with its time left, the study under way, its phases", async () => {
  const { progress, pass, terminal } = watchRows();
  expect((await terminal.screen()).slice(0, 3)).toEqual([
    "what stood there",
    "░░░░░░░░░░░░░░░░   0 % time left not known yet  0 of 6 chains, 0 of 2 studies",
    "study 1 of 2: scheme-A  0 of 4 chains",
  ]);
  progress.ended("scheme-A", "4+");
  progress.ended("scheme-A", "4");
  pass(3);
  progress.update("scheme-A", 2);
  expect((await terminal.screen()).slice(0, 5)).toEqual([
    "what stood there",
    "█████░░░░░░░░░░░  33 % about 6 s left  2 of 6 chains, 0 of 2 studies",
    "study 1 of 2: scheme-A  2 of 4 chains",
    "ended in  4: 1  4+: 1",
    "",
  ]);
  expect(terminal.isCursorVisible()).toBe(false);
  progress.update("scheme-A", 4);
  pass(1);
  progress.update("census", 0.5);
  expect((await terminal.screen()).slice(1, 4)).toEqual([
    "████████████░░░░  75 % about 3 s left  4 of 6 chains, 1 of 2 studies",
    "study 2 of 2: census  0 of 2 chains",
    "",
  ]);
  progress.stop();
  expect((await terminal.screen()).slice(0, 3)).toEqual([
    "what stood there",
    "4 of 6 chains, 1 of 2 studies in 4 s",
    "",
  ]);
  expect(terminal.isCursorVisible()).toBe(true);
});

test("chains that cost more count for more of the time left", async () => {
  const { progress, pass, terminal } = watchRows();
  await begun();
  pass(2);
  progress.update("scheme-A", 4);
  pass(10);
  progress.update("census", 1);
  expect((await terminal.screen())[1]).toContain("about 10 s left");
});

test("a resumed study counts from where it was taken up", async () => {
  const { progress, pass, terminal } = watchRows();
  progress.update("census", 2);
  for (const done of [1, 2, 3]) progress.update("scheme-A", done);
  await begun();
  pass(10);
  progress.update("scheme-A", 3.5);
  expect((await terminal.screen())[1]).toBe("██████████████░░  91 % about 10 s left  5 of 6 chains, 1 of 2 studies");
});

test("a plan that may go on says so", async () => {
  const { progress, pass, terminal } = watchRows(80, 24, studies.slice(1));
  await begun();
  pass(1);
  progress.update("census", 0.5, { round: 1, known: 24, done: 18, isOpen: true });
  expect((await terminal.screen()).slice(1, 3)).toEqual([
    "████░░░░░░░░░░░░  25 % at least 3 s left  0 of 2 chains",
    "study census  0 of 2 chains  round 2, 18 of 24 tasks so far",
  ]);
});

test("what comes after the studies: judging with its time left, then the report", async () => {
  const { progress, pass, terminal } = watchRows();
  await begun();
  pass(1);
  progress.update("scheme-A", 4);
  progress.update("census", 2);
  progress.after("judging 4 claims", { done: 0, total: 4, name: "first" });
  pass(2);
  progress.after("judging 4 claims", { done: 1, total: 4, name: "second" });
  expect((await terminal.screen()).slice(1, 4)).toEqual([
    "████████████████ 100 % about 6 s left  6 of 6 chains, 2 of 2 studies",
    "judging 4 claims: 2 of 4, second",
    "",
  ]);
  progress.after("writing the report");
  expect((await terminal.screen())[2]).toBe("writing the report");
});

test("a note stays above the rows", async () => {
  const { progress, terminal } = watchRows();
  progress.note("a torn last line was cut off");
  expect((await terminal.screen()).slice(0, 3)).toEqual([
    "what stood there",
    "a torn last line was cut off",
    "░░░░░░░░░░░░░░░░   0 % time left not known yet  0 of 6 chains, 0 of 2 studies",
  ]);
});

test("many studies on a small screen: rows are cut with an ellipsis, and nothing scrolls but for the rows themselves", async () => {
  const many = Array.from({ length: 200 }, (_, i) => ({ ...studies[0], name: `a-study-of-a-long-name-number-${i}` }));
  const { progress, pass, terminal } = watchRows(40, 4, many);
  await begun();
  for (const { name } of many) {
    for (const phase of ["one", "two", "three", "four"]) progress.ended(name, `${phase} of a long name`);
    pass(1);
    progress.update(name, 2);
    const screen = await terminal.screen();
    for (const row of screen) expect(row.length).toBeLessThan(40);
    expect(screen.at(-1)).toMatch(/^ended in {2}.*…$/);
    pass(1);
    progress.update(name, 4);
  }
  expect(terminal.scrolled()).toBeLessThanOrEqual(2);
  expect((await terminal.all())[0]).toBe("what stood there");
});

test("a run of claims alone has rows too", async () => {
  const { progress, terminal } = watchRows(80, 24, []);
  progress.after("judging 1 claim", { done: 0, total: 1, name: "one" });
  expect((await terminal.screen()).slice(1, 3)).toEqual([
    "████████████████ 100 % little time left",
    "judging 1 claim: 1 of 1, one",
  ]);
  progress.stop();
  expect((await terminal.screen())[1]).toBe("");
});
