import { expect, test } from "vitest";
import { showMapProgress } from "../../../src/cli/progress/map-progress.ts";
import { safeTerminal } from "../../../src/cli/safe-output.ts";
import { emulatedTerminal } from "../../support/emulated-terminal.ts";

const layout = {
  ...{ xControl: "rate", xScale: "log", xFrom: 1e-3, xTo: 1e-1, columns: 4 },
  ...{ yControl: "decay", yScale: "linear", yFrom: 0, yTo: 2, rows: 3 },
  ...{ seeds: 2, design: "grid", budget: 0 },
};
const rates = [1e-3, 4.641588834e-3, 2.15443469e-2, 1e-1];
const cell = (column: number, row: number, label: string) => ({
  ...{ kind: "cell", chain: 0, x: rates[column], y: row, seed: 0, label },
});

const begun = () => Promise.resolve();
const signal = new AbortController().signal;

const clockOf = () => {
  let time = 0;
  return {
    now: () => time,
    pass: (seconds: number) => {
      time += seconds;
    },
  };
};

const watch = ({
  settings = layout,
  columns = 80,
  rows = 24,
  env = { NO_COLOR: "1" } as { [name: string]: string },
} = {}) => {
  const terminal = emulatedTerminal(columns, rows);
  let written = "";
  const stderr = {
    isTTY: true,
    get columns() {
      return terminal.output.columns;
    },
    get rows() {
      return terminal.output.rows;
    },
    write(text: string) {
      written += text;
      terminal.output.write(text);
    },
  };
  const { now, pass } = clockOf();
  const study = { name: "sweep", protocol: "sweep", chains: 1, settings };
  const progress = showMapProgress(study, safeTerminal({ stdout: stderr, stderr, env, signal }), now);
  const done = (count: number, known = 24, isOpen = false) =>
    progress.update("sweep", 0, { round: 0, known, done: count, isOpen });
  return { progress, pass, terminal, done, written: () => written };
};

test("a row with what is done and the time left, the map so far with its first row below, and the key", async () => {
  const { progress, pass, terminal, done } = watch();
  done(0);
  await begun();
  for (const [column, row, label] of [
    [0, 0, "slow"],
    [1, 0, "slow"],
    [3, 2, "fast"],
  ] as const)
    progress.cell!(cell(column, row, label));
  pass(6);
  done(3);
  expect((await terminal.screen()).slice(0, 6)).toEqual([
    "██░░░░░░░░░░░░░░  12 % about 42 s left  3 of 24 runs, 3 of 12 cells",
    "···F",
    "····",
    "SS··",
    "S slow 67 %  F fast 33 %",
    "",
  ]);
  progress.stop();
  expect((await terminal.screen()).slice(0, 2)).toEqual(["3 of 24 runs, 3 of 12 cells in 6 s", ""]);
  expect(terminal.isCursorVisible()).toBe(true);
});

test("what was done before is said once, and does not count for the time left", async () => {
  const { progress, pass, terminal, done } = watch();
  progress.cell!(cell(0, 0, "slow"));
  done(12);
  await begun();
  pass(10);
  done(14);
  const screen = await terminal.screen();
  expect(screen[0]).toBe("12 of 24 runs already done");
  expect(screen[1]).toContain("58 % about 50 s left  14 of 24 runs");
});

test("an adaptive map says that more may come, and goes by its budget", async () => {
  const { pass, terminal, done } = watch({ settings: { ...layout, design: "adaptive", budget: 20 } });
  done(0, 4, true);
  await begun();
  pass(5);
  done(5, 8, true);
  expect((await terminal.screen())[0]).toContain("25 % at least 15 s left  5 of 8 runs so far");
});

test("letters are coloured where there are colours, and the rows stay in their place", async () => {
  const { progress, pass, terminal, done, written } = watch({ env: { FORCE_COLOR: "3", COLORTERM: "truecolor" } });
  done(0);
  await begun();
  progress.cell!(cell(0, 0, "slow"));
  pass(1);
  done(1);
  pass(1);
  done(2);
  expect(written()).toContain(`${String.fromCharCode(27)}[38;2;`);
  expect((await terminal.screen()).slice(3, 5)).toEqual(["S···", "S slow 100 %"]);
  expect(terminal.scrolled()).toBe(0);
});

test("NO_COLOR leaves them out", async () => {
  const { progress, pass, done, written } = watch({ env: { NO_COLOR: "1", COLORTERM: "truecolor" } });
  await begun();
  progress.cell!(cell(0, 0, "slow"));
  pass(1);
  done(1);
  expect(written()).not.toContain("[38;");
});

test.each([
  [80, 24],
  [40, 10],
  [20, 6],
])("a map of 100 x 90 cells fits into %i x %i", async (columns, rows) => {
  const settings = { ...layout, columns: 100, rows: 90 };
  const { progress, pass, terminal, done } = watch({ settings, columns, rows });
  await begun();
  progress.cell!(cell(3, 0, "slow"));
  for (let i = 1; i < 4; i++) {
    pass(1);
    done(i);
  }
  const screen = await terminal.screen();
  expect(terminal.scrolled()).toBe(0);
  expect(screen.filter(line => /^[·S]+$/.test(line)).length).toBeGreaterThanOrEqual(1);
  for (const line of screen) expect(line.length).toBeLessThan(columns);
});

test("without a terminal: one line at once, one a minute, one at the end", async () => {
  let text = "";
  const stderr = {
    write: (part: string) => {
      text += part;
    },
  };
  const { now, pass } = clockOf();
  const study = { name: "sweep", protocol: "sweep", chains: 1, settings: layout };
  const progress = showMapProgress(study, { stdout: stderr, stderr, env: {}, signal }, now);
  const done = (count: number) => progress.update("sweep", 0, { round: 0, known: 24, done: count, isOpen: false });
  expect(text).toBe("a map of 12 cells\n");
  done(0);
  await begun();
  pass(59);
  progress.cell!(cell(0, 0, "slow"));
  done(1);
  expect(text.split("\n").length).toBe(2);
  pass(1);
  done(2);
  progress.after("writing the report");
  progress.stop();
  expect(text.split("\n").slice(1)).toEqual([
    "2 of 24 runs, 1 of 12 cells  about 11 min left",
    "writing the report",
    "2 of 24 runs, 1 of 12 cells in 60 s",
    "",
  ]);
});
