import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { hashLines, readTaskLog, resumePointOf, runContentHash, type TaskLog } from "../../src/lab/task-log.ts";
import type { Task } from "../../src/lab/tasks.ts";

const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
const line = (chain: number, value: number): string => JSON.stringify({ kind: "step", chain, value });
const bytes = (...lines: readonly string[]): Uint8Array =>
  new TextEncoder().encode(lines.map(each => `${each}\n`).join(""));
const task = { from: 1, to: 3 } as Task;
const done = (...lines: readonly string[]): string =>
  JSON.stringify({ kind: "done", sha256: sha256(lines.map(each => `${each}\n`).join("")) });

describe("the log of a task", () => {
  test("holds records of its own chains alone", () => {
    const own = [line(1, 5), line(2, 6)];
    expect(readTaskLog(bytes(...own), "t.jsonl", task).records.map(({ chain }) => chain)).toEqual([1, 2]);
    for (const chain of [0, 3])
      expect(() => readTaskLog(bytes(...own, line(chain, 7)), "t.jsonl", task)).toThrow(
        "t.jsonl:3: the line is corrupt: it is no record of this task",
      );
  });

  test("is done at a line with the hash of those before, which nothing follows", () => {
    const own = [line(1, 5), line(2, 6)];
    expect(readTaskLog(bytes(...own, done(...own)), "t.jsonl", task)).toMatchObject({ lines: own, isDone: true });
    for (const lines of [
      [...own, done(own[0])],
      [...own, done(...own), own[0]],
    ])
      expect(() => readTaskLog(bytes(...lines), "t.jsonl", task)).toThrow(/corrupt: its hash is not that of the lines/);
  });
});

describe("an interrupted task goes on", () => {
  const lines = [line(1, 5), line(1, 6), line(2, 7)];
  const log: TaskLog = { ...readTaskLog(bytes(...lines), "t.jsonl", task) };
  const saved = (chain: number, count: number, of = lines) => ({
    chain,
    lines: count,
    log: hashLines(of.slice(0, count)),
  });
  const at = (point: ReturnType<typeof saved> | undefined, isTogether = false) =>
    resumePointOf(log, task, { isTogether, ...(point && { saved: point }) } as never);

  test("at the state that was saved last, within a chain or before its first record", () => {
    expect(at(saved(2, 3))).toEqual({ chain: 2, lines: 3 });
    expect(at(saved(2, 2))).toEqual({ chain: 2, lines: 2 });
  });

  test("at the start of the last chain that the log knows, where the state is of another log, of an earlier chain, or ahead", () => {
    const start = { chain: 2, lines: 2 };
    expect(at(undefined)).toEqual(start);
    expect(at(saved(2, 3, [line(1, 5), line(1, 6), line(2, 8)]))).toEqual(start);
    expect(at(saved(1, 1))).toEqual(start);
    expect(at(saved(2, 4, [...lines, line(2, 8)]))).toEqual(start);
  });

  test("from the beginning, where chains are driven together", () => {
    expect(at(undefined, true)).toEqual({ chain: 1, lines: 0 });
    expect(at(saved(1, 3), true)).toEqual({ chain: 1, lines: 3 });
  });
});

test("the content hash is that of all lines by study and chain, however they were cut into tasks", () => {
  const part = (study: string, ...lines: readonly string[]) => ({
    study,
    lines,
    records: lines.map(each => JSON.parse(each)),
  });
  const expected = sha256([line(0, 1), line(1, 2), line(2, 3), line(0, 9)].map(each => `${each}\n`).join(""));
  const other = part("b", line(0, 9));
  expect(runContentHash([part("a", line(0, 1), line(1, 2)), part("a", line(2, 3)), other])).toBe(expected);
  expect(runContentHash([part("a", line(2, 3)), part("a", line(0, 1)), part("a", line(1, 2)), other])).toBe(expected);
});
