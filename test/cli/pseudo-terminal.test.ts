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
        expect(samples).toBeGreaterThan(10);
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
    let changes = 0;
    let widest = 0;
    const terminal = open(
      ["train", "superposition", "--set", "n=1000", "epochs=2500", "--seeds", "6"],
      { columns: 100, rows: 24 },
      ({ screen, resize }) => {
        const rows = screen();
        if (!rows.join("\n").includes("study train")) return;
        changes++;
        if (changes === 3) resize(45, 20);
        if (changes === 9) resize(70, 30);
        if (changes <= 5 || changes >= 9) return;
        const progress = rows.filter(row => /[█░]|study train|ended in/.test(row));
        expect(progress.length).toBeLessThanOrEqual(3);
        widest = Math.max(widest, ...progress.map(row => row.length));
      },
    );
    expect(await terminal.ended).toBe(0);
    expect(changes).toBeGreaterThan(7);
    expect(widest).toBeLessThan(45);
    expect(terminal.all().join("\n")).not.toMatch(/[█░]|study train/);
  });
});
