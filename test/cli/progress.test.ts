import { expect, test } from "vitest";
import { showProgress } from "../../src/cli/progress.ts";

const studies = [
  { name: "scheme-A", protocol: "train", chains: 4, settings: {} },
  { name: "census", protocol: "census", chains: 2, settings: {} },
];

const watch = (over: object = {}) => {
  let text = "";
  let time = 0;
  const output = {
    write: (part: string) => {
      text += part;
    },
    ...over,
  };
  return {
    progress: showProgress(studies, output, () => time),
    pass: (seconds: number) => {
      time += seconds;
    },
    lines: () => text.split("\n").slice(0, -1),
    text: () => text,
  };
};

/** After what is reported at the very start. */
const begun = () => Promise.resolve();

test("without a terminal the first line comes at once", () => {
  expect(watch().lines()).toEqual(["6 chains in 2 studies"]);
});

test("without a terminal there is a line every few seconds, with rate, time left and the phases so far", async () => {
  const { progress, pass, lines } = watch();
  await begun();
  progress.update("scheme-A", 0);
  pass(2);
  progress.update("scheme-A", 1);
  progress.ended("scheme-A", "4+");
  expect(lines()).toHaveLength(1);
  pass(4);
  progress.ended("scheme-A", "4");
  progress.update("scheme-A", 2.5);
  expect(lines().slice(1)).toEqual(["scheme-A 1/4  0.17/s  18 s left  4: 1  4+: 1"]);
});

test("a finished study gets one line when all its phases are counted", async () => {
  const { progress, pass, lines } = watch();
  await begun();
  progress.update("census", 0);
  pass(1);
  progress.ended("census", "5");
  progress.update("census", 2 - 1e-12);
  expect(lines()).toHaveLength(1);
  progress.ended("census", null);
  progress.update("census", 2 - 1e-12);
  progress.stop();
  expect(lines().slice(1)).toEqual(["census 2/2  2.0/s  1 s  5: 1  none: 1"]);
});

test("a resumed study counts its rate from where it was taken up", async () => {
  const { progress, pass, lines } = watch();
  for (const done of [1, 2, 3]) progress.update("scheme-A", done);
  await begun();
  pass(10);
  progress.update("scheme-A", 3.5);
  expect(lines()[1]).toBe("scheme-A 3/4  0.050/s  10 s left");
});

test("a study that waited for others counts its rate from its own beginning", async () => {
  const { progress, pass, lines } = watch();
  progress.update("census", 0);
  await begun();
  pass(100);
  progress.update("census", 0);
  pass(6);
  progress.update("census", 1);
  expect(lines().at(-1)).toBe("census 1/2  0.17/s  6 s left");
});

test("an interrupted run leaves its last state", async () => {
  const { progress, pass, lines } = watch();
  await begun();
  progress.update("scheme-A", 0);
  pass(1);
  progress.update("scheme-A", 1);
  progress.stop();
  expect(lines().slice(1)).toEqual(["scheme-A 1/4  1.0/s  3 s left"]);
});

test("a study that was not announced changes nothing", () => {
  const { progress, lines } = watch();
  progress.update("other", 1);
  progress.ended("other", "5");
  expect(lines()).toHaveLength(1);
});

test("on a terminal each study has a bar, and the cursor comes back at the end", () => {
  const { progress, text } = watch({
    isTTY: true,
    columns: 100,
    on: () => {},
    removeListener: () => {},
    getWindowSize: () => [100, 40],
  });
  progress.update("scheme-A", 2);
  progress.ended("scheme-A", "5+");
  progress.update("scheme-A", 2);
  progress.stop();
  expect(text()).toContain("scheme-A ████████░░░░░░░░ 2/4");
  expect(text()).toContain("5+: 1");
  expect(text()).toContain("census   ░░░░░░░░░░░░░░░░ 0/2");
  expect(text()).toContain("\u001b[?25h");
});
