import { expect, test } from "vitest";
import { liveRows } from "../../../src/cli/progress/live-rows.ts";
import { emulatedTerminal } from "../../support/emulated-terminal.ts";

const ROWS = ["the first of three rows", "the second of three rows", "the third of three rows"];

test("rows are written over in place, and fewer of them leave nothing behind", async () => {
  const { output, screen } = emulatedTerminal(40, 10);
  output.write("before\n");
  const live = liveRows(output);
  live.draw(ROWS);
  live.draw(["only one"]);
  expect((await screen()).slice(0, 4)).toEqual(["before", "only one", "", ""]);
  live.draw(ROWS);
  live.clear();
  output.write("after\n");
  expect((await screen()).slice(0, 4)).toEqual(["before", "after", "", ""]);
});

test("at the foot of a full screen what stood there moves up once, and is kept", async () => {
  const { output, screen, all, scrolled } = emulatedTerminal(40, 5);
  const before = Array.from({ length: 8 }, (_, i) => `line ${i}`);
  output.write(`${before.join("\n")}\n`);
  const live = liveRows(output);
  for (let i = 0; i < 50; i++) live.draw(ROWS.map(row => `${row} ${i}`));
  expect((await screen()).slice(2)).toEqual(ROWS.map(row => `${row} 49`));
  expect(scrolled()).toBe(6);
  live.clear();
  expect(await all()).toEqual(before);
});

test("a narrower terminal wraps the rows, and the next ones still stand in their place", async () => {
  const { output, screen, all, resize } = emulatedTerminal(60, 12);
  output.write("before\n");
  const live = liveRows(output);
  live.draw(ROWS.map(row => `${row}, ${"long ".repeat(6)}`));
  for (const columns of [45, 30, 20, 50, 15]) {
    await screen();
    resize(columns, 12);
    live.draw(ROWS.map(row => `${row}, ${"long ".repeat(6)}`));
    const shown = await screen();
    expect(shown[0]).toBe("before");
    expect(shown.slice(1, 4)).toEqual([
      expect.stringMatching(/^the first.*…$/),
      expect.stringMatching(/^the second.*…$/),
      expect.stringMatching(/^the third.*…$/),
    ]);
    expect(shown.slice(4).join("")).toBe("");
  }
  live.clear();
  expect(await all()).toEqual(["before"]);
});

test("the echo of Ctrl-C is taken away with the rows", async () => {
  const { output, all } = emulatedTerminal(30, 6);
  output.write("before\n");
  const live = liveRows(output);
  live.draw(ROWS);
  output.write("^C");
  live.clear();
  expect(await all()).toEqual(["before"]);
});

test("characters of two columns are counted as two, and control characters do nothing", async () => {
  const { output, screen } = emulatedTerminal(20, 6);
  const live = liveRows(output);
  live.draw(["学習の相転移の学習の相転移", "a\u001b[2Jb\nc", "last"]);
  expect((await screen()).slice(0, 4)).toEqual(["学習の相転移の学習…", "a [2Jb c", "last", ""]);
});
