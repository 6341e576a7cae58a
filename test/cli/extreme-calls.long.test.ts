import { join, resolve } from "node:path";
import { expect, test } from "vitest";
import { extremeCalls } from "../support/extreme-calls.ts";
import { full } from "../support/full.ts";
import { emptyFolder } from "../support/scratch.ts";
import { call } from "./call.ts";

/** What is asked of these takes from minutes to years, in little memory: Ctrl-C ends it. */
const LONG = [
  ["coefficient", "--chains", "1000"],
  ["coefficient", "--budget", "9007199254740991"],
  ["susceptibility", "--draws", "1000000"],
  ["compare-theory", "--seeds", "1000"],
  ["sampled-fraction", "--draws", "1000000"],
];
const isLong = (words: readonly string[]): boolean =>
  LONG.some(([what, ...extreme]) => words.includes(what) && words.slice(-2).join(" ") === extreme.join(" "));

/** Megabytes that the process may take beyond what it had taken before: other tests may have run in it. */
const MOST_MEMORY = 1500;

const all = await extremeCalls(resolve(import.meta.dirname, "../.."), join(emptyFolder(), "inputs"));
const faulty = ["variant", "spectrum", "fluctuations", "families", "sample-size"];
const calls = all.filter(words => !isLong(words) && (full || words.some(word => faulty.includes(word))));

test("there are calls of every kind", () => {
  expect(all.length).toBeGreaterThan(1000);
  expect(all.filter(isLong)).toHaveLength(5);
});

test("a call with numbers at the ends of what its options allow answers or refuses", {
  timeout: 1_800_000,
}, async () => {
  const count = { answered: 0, refused: 0 };
  const peak = () => process.resourceUsage().maxRSS / 1024;
  const before = peak();
  for (const words of calls) {
    const { code, stderr } = await call(words);
    const said = `landau ${words.join(" ")}: ${stderr}`;
    expect([0, 1, 2], said).toContain(code);
    expect(said).not.toMatch(/fault of the program|\n {4}at /);
    if (code === 2) expect(stderr, said).toMatch(/^(?:[^\n]*\n){0,3}landau: [^\n]{4,2000}\n$/);
    count[code === 2 ? "refused" : "answered"]++;
    expect(peak() - before, said).toBeLessThan(MOST_MEMORY);
  }
  if (full) console.log(`${count.answered} calls answered, ${count.refused} refused`);
  expect(count.refused).toBeGreaterThan(0);
});
