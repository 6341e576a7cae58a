import { rmSync } from "node:fs";
import { afterAll, describe, expect, test } from "vitest";
import { full } from "../support/full.ts";
import { hasPseudoTerminals, openPseudoTerminal, type PseudoTerminal } from "../support/pseudo-terminal.ts";
import { emptyFolder } from "../support/scratch.ts";
import { cli } from "./executable.ts";

const cwd = emptyFolder();
afterAll(() => rmSync(cwd, { recursive: true }));

interface Size {
  readonly columns: number;
  readonly rows: number;
}
const sizes: readonly Size[] = [
  { columns: 80, rows: 24 },
  { columns: 80, rows: 50 },
];

const open = (words: readonly string[], size: Size, onChange?: (terminal: PseudoTerminal) => void): PseudoTerminal =>
  openPseudoTerminal([process.execPath, cli, ...words], { ...size, cwd, onChange });

/** Runs to the end. All instants at which the screen was without a line of progress and the time left, from the first such line to the last. */
const watch = async (words: readonly string[], size: Size) => {
  const instants: { readonly screen: readonly string[]; readonly shows: boolean }[] = [];
  let widest = 0;
  const terminal = open(words, size, ({ screen }) => {
    const rows = screen();
    const shows = rows.some(row => /^[█░]+ +\d+ % .*\bleft\b/.test(row));
    widest = Math.max(widest, ...rows.map(row => row.length));
    instants.push({ screen: rows, shows });
  });
  const code = await terminal.ended;
  const shown = instants.map(({ shows }) => shows);
  const under = instants.slice(shown.indexOf(true), shown.lastIndexOf(true) + 1);
  return {
    code,
    terminal,
    widest,
    samples: under.length,
    blank: under.filter(({ shows }) => !shows).map(({ screen }) => screen.join("\n")),
  };
};

describe.skipIf(!hasPseudoTerminals)("in a pseudo-terminal", () => {
  const reproductions: readonly (readonly string[])[] = full
    ? [
        ["reproduce", "superposition", "--quick"],
        ["reproduce", "deep-linear", "--quick"],
      ]
    : [["reproduce", "deep-linear", "--quick", "--only", "scaling-collapse", "latent-heat"]];
  describe.each(sizes)("of $columns x $rows", size => {
    test.each(reproductions.map(words => [words]))(
      "landau %j shows progress and the time left at every instant",
      async words => {
        const { code, terminal, widest, samples, blank } = await watch(words, size);
        expect(code).toBe(0);
        // A fast machine is done within a second, of which ten looks are drawn.
        expect(samples).toBeGreaterThan(3);
        expect(blank).toEqual([]);
        expect(widest).toBeLessThanOrEqual(size.columns);
        expect(terminal.scrolled()).toBeLessThan(40);
        expect(terminal.isCursorVisible()).toBe(true);
        expect(terminal.all().join("\n")).not.toContain("█");
      },
      600_000,
    );
  });

  test("Ctrl-C leaves a clean screen with the way to go on", async () => {
    let typed = false;
    const terminal = open(
      ["train", "superposition", "--set", "n=1000", "epochs=30000", "--seeds", "4"],
      { columns: 80, rows: 24 },
      ({ screen, type }) => {
        if (typed || !screen().join("\n").includes("study train")) return;
        typed = true;
        setTimeout(() => type("\u0003"), 500);
      },
    );
    expect(await terminal.ended).toBe(130);
    expect(terminal.isCursorVisible()).toBe(true);
    const rows = terminal.all();
    expect(rows[0]).toMatch(/^run superposition-train-/);
    expect(rows[1]).toMatch(/^\d of 4 chains in \d+ s$/);
    expect(rows.slice(2).join("")).toMatch(
      /^landau: run superposition-train-\S+ was stopped; to go on: .*landau resume \S+$/,
    );
  });

  test("a terminal that changes its size keeps three whole rows of progress", async () => {
    const narrow = { columns: 45, rows: 20 };
    const wide = { columns: 70, rows: 30 };
    const frames = { before: 0, narrow: 0, wide: 0 };
    const torn: string[] = [];
    const terminal = open(
      ["train", "superposition", "--set", "n=1000", "epochs=5000", "--seeds", "6"],
      { columns: 100, rows: 24 },
      ({ screen, announceSize, resize }) => {
        const progress = screen().filter(row => /[█░]|study train|ended in/.test(row));
        if (!progress.some(row => row.includes("study train"))) return;
        const isWhole = (columns: number) => progress.length <= 3 && progress.every(row => row.length < columns);
        if (frames.narrow === 0) {
          if (++frames.before === 3) announceSize(narrow.columns, narrow.rows);
          // A row of the old width that comes after the screen has become narrower would be torn in any terminal: the program hears of the change first.
          if (frames.before < 3 || !isWhole(narrow.columns)) return;
          resize(narrow.columns, narrow.rows);
          frames.narrow = 1;
        } else if (frames.narrow < 5) {
          frames.narrow++;
          if (!isWhole(narrow.columns)) torn.push(progress.join("\n"));
          if (frames.narrow < 5) return;
          resize(wide.columns, wide.rows);
          announceSize(wide.columns, wide.rows);
        } else {
          frames.wide++;
          if (!isWhole(wide.columns)) torn.push(progress.join("\n"));
        }
      },
    );
    expect(await terminal.ended).toBe(0);
    expect(frames.narrow).toBe(5);
    expect(frames.wide).toBeGreaterThan(0);
    expect(torn).toEqual([]);
    expect(terminal.all().join("\n")).not.toMatch(/[█░]|study train/);
  });
});
