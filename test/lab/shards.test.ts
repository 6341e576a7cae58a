import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { cutShards } from "../../src/lab/shards.ts";

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, i) => i);

/** When the last of `workers` workers ends who take shards in order; the first of them needs `slowness` times as long as the others. */
const endOf = (shards: readonly (readonly unknown[])[], seconds: number, workers: number, slowness: number): number => {
  const free = numbers(workers).map(() => 0);
  for (const shard of shards) {
    const next = free.indexOf(Math.min(...free));
    free[next] += shard.length * seconds * (next === 0 ? slowness : 1);
  }
  return Math.max(...free);
};

/** All workers end at the same time. */
const ideal = (tasks: number, seconds: number, workers: number, slowness: number): number =>
  (tasks * seconds) / (workers - 1 + 1 / slowness);

test("every task is in exactly one shard, whatever the limits", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 3000 }),
      fc.double({ min: 1e-4, max: 1e5, noNaN: true }),
      fc.integer({ min: 1, max: 1200 }),
      fc.option(fc.integer({ min: 1, max: 50 }), { nil: undefined }),
      (count, seconds, atMost, exactly) => {
        const shards = cutShards(numbers(count), seconds, { atMost, exactly });
        expect(shards.flat().sort((a, b) => a - b)).toEqual(numbers(count));
        expect(shards.every(shard => shard.length > 0)).toBe(true);
        expect(shards.length).toBeLessThanOrEqual(exactly ?? atMost);
      },
    ),
    { numRuns: 200 },
  );
});

test("shards take at least ten minutes, but for the last tenth, which is cut to single tasks", () => {
  const shards = cutShards(numbers(2000), 60, { atMost: 1000 });
  const lengths = shards.map(({ length }) => length);
  expect(lengths.slice(0, 180)).toEqual(numbers(180).map(() => 10));
  expect(lengths.slice(180)).toEqual(numbers(200).map(() => 1));
  expect(shards.slice(180).flat()).toEqual(numbers(200).map(i => 1800 + i));
});

test("tasks that take less than half a minute are bundled in the last tenth too", () => {
  const lengths = cutShards(numbers(100_000), 1, { atMost: 1000 }).map(({ length }) => length);
  expect(Math.min(...lengths.slice(0, 150))).toBeGreaterThanOrEqual(600);
  expect(lengths.at(-1)).toBeLessThanOrEqual(30);
  expect(lengths.filter(length => length === 30).length).toBe(333);
});

test("where few jobs are allowed, shards are larger and half of them are for the end", () => {
  const lengths = cutShards(numbers(5000), 3600, { atMost: 300 }).map(({ length }) => length);
  expect(lengths.length).toBe(300);
  expect(lengths.slice(150)).toEqual(numbers(150).map(() => 1));
  expect(lengths.reduce((sum, length) => sum + length, 0)).toBe(5000);
  const one = cutShards(numbers(5000), 60, { atMost: 300 }).map(({ length }) => length);
  expect(one.length).toBe(300);
  expect(one.slice(150).every(length => length === 1)).toBe(true);
});

describe("one worker of 8 is 5 times slower", () => {
  const [tasks, seconds, workers, slowness] = [2000, 60, 8, 5];
  const limit = ideal(tasks, seconds, workers, slowness);

  test("shards end within 1.3 times the ideal", () => {
    expect(
      endOf(cutShards(numbers(tasks), seconds, { atMost: 1000 }), seconds, workers, slowness) / limit,
    ).toBeLessThan(1.3);
  });

  test("one shard a worker does not", () => {
    const shards = cutShards(numbers(tasks), seconds, { atMost: 1000, exactly: workers });
    expect(endOf(shards, seconds, workers, slowness) / limit).toBeGreaterThan(4);
  });

  test("nor do shards of ten minutes to the end where each worker has an hour, which the last tenth mends", () => {
    const [few, least] = [480, 600];
    const best = ideal(few, seconds, workers, slowness);
    const even = cutShards(numbers(few), seconds, { atMost: 1000, exactly: (few * seconds) / least });
    expect(endOf(even, seconds, workers, slowness) / best).toBeGreaterThan(1.3);
  });

  test("single tasks, as a queue hands them out, end within 1.02 times the ideal", () => {
    const single = numbers(tasks).map(task => [task]);
    expect(endOf(single, seconds, workers, slowness) / limit).toBeLessThan(1.02);
  });
});
